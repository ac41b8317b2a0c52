"""The questions of lesson 04, driven as a reader drives them, without a browser."""

import html
import re
from typing import TypeAlias

import pytest

from tests.widgets.parts import address
from twitchlib import guide, triage
from twitchlib.triage.rules import readings
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.warning_signs import WarningSigns, action_table

Signs: TypeAlias = Dashboard[triage.Answers, triage.Advice]

QUESTIONS = list(triage.questions())


@pytest.fixture(scope="module")
def dashboard() -> Signs:
    return WarningSigns()


def shown(dashboard: Signs) -> str:
    markup = dashboard.words.html + dashboard.details.html + dashboard.code.html
    return html.unescape(re.sub("<[^>]*>", "", markup))


def lit(dashboard: Signs) -> list[str]:
    rows = re.findall(
        r'<tr class="tw-lit" aria-current="true"><th[^>]*>. ([^<]*)<p>', dashboard.words.html
    )
    return [html.unescape(row) for row in rows]


def test_no_row_is_highlighted_before_anything_is_answered(dashboard: Signs) -> None:
    dashboard.controls.reset()
    assert lit(dashboard) == []
    assert guide.rows("safety_net")["no-row"]["text"] in shown(dashboard)
    assert action_table().html.count("tw-lit") == 0


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("answer", triage.answers.ANSWERS)
def test_every_question_with_every_answer(dashboard: Signs, name: str, answer: str) -> None:
    dashboard.controls.value = triage.Answers.all_no(**{name: answer})
    expected = triage.advise(triage.Answers.all_no(**{name: answer}))
    assert dashboard.result == expected
    assert lit(dashboard) == ([expected.action.name] if expected.action else [])
    said = shown(dashboard)
    for words in (
        *(rule.reason for rule in expected.rules),
        *expected.remarks,
        *expected.safety_net,
    ):
        assert words in said
    figure = dashboard.views[0].get_state()["layout.title"]
    assert (expected.action is None) == figure["text"].startswith("No row applies yet")


@pytest.mark.parametrize("name", triage.vignettes())
def test_a_link_opens_a_case(dashboard: Signs, name: str) -> None:
    address(dashboard).take_query(f"?preset={name}")
    assert dashboard.result == triage.advise(triage.vignettes()[name])
    assert address(dashboard).problems.html == ""


def test_a_bad_link_is_explained_and_calls_nothing_normal(dashboard: Signs) -> None:
    address(dashboard).take_query("?weakness=<b>maybe</b>&naps=2")
    assert dashboard.result.action is None
    assert "it has to be one of yes, no, unsure, open" in address(dashboard).problems.html
    assert "<b>" not in address(dashboard).problems.html


def test_answers_never_go_into_the_address(dashboard: Signs) -> None:
    dashboard.controls.value = triage.Answers.all_no(weakness="yes")
    assert address(dashboard).link._written == ""
    assert address(dashboard).link.layout.display == "none"


def test_what_if_names_the_answers_that_would_change_the_row(dashboard: Signs) -> None:
    dashboard.controls.value = triage.Answers.all_no(weeks="yes")
    said = shown(dashboard)
    assert "with “no”: ○ keep an eye on it; with “no answer”: no row yet." in said
    assert "Weakness: with “yes”: ● get help at once: be seen today." in said
    assert "A sudden change: with “yes” and “not sure”: ● get help at once: call the" in said


def test_the_shown_code_reproduces_the_output(dashboard: Signs) -> None:
    dashboard.controls.value = triage.Answers(weakness="unsure")
    assert 'triage.advise(triage.Answers(weakness="unsure")).to_frame()' in shown(dashboard)


def test_every_question_has_its_control() -> None:
    spec = WarningSigns().controls._spec
    assert [field["name"] for group in spec["groups"] for field in group["fields"]] == QUESTIONS


def test_the_most_urgent_row_is_read_in_one_of_two_ways(dashboard: Signs) -> None:
    now, today = (reading for reading in reversed(readings()))
    for answers, reading in (
        (triage.Answers(weakness="yes"), now),
        (triage.Answers.all_no(emergency="unsure"), now),
        (triage.Answers.all_no(weakness="yes"), today),
    ):
        dashboard.controls.value = answers
        said = shown(dashboard)
        assert reading.action in said
        assert reading.reason in said
        assert f"The course reads it as: {reading.word}." in said
    dashboard.controls.value = triage.Answers.all_no(weeks="yes")
    assert "The course reads it as" not in shown(dashboard)
    table = html.unescape(action_table().html)
    assert now.reason in table
    assert today.reason in table


def test_signs_that_count_as_a_yes_are_listed_with_their_sources(dashboard: Signs) -> None:
    folded = html.unescape(dashboard.children[-1].html)
    for question in triage.questions().values():
        for sign in question.signs:
            assert sign["because"] in folded
            assert all(guide.references()[key].short in folded for key in sign["references"])


def test_a_question_that_is_a_list_shows_its_signs_before_the_answers() -> None:
    fields = {
        field["name"]: field
        for group in WarningSigns().controls._spec["groups"]
        for field in group["fields"]
    }
    for name, question in triage.questions().items():
        signs = [sign["sign"] for sign in question.signs]
        assert (fields[name]["hint"] == signs) == question.listed
