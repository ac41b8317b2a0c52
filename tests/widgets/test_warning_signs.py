"""The questions of lesson 04, driven as a reader drives them, without a browser."""

import html
import re

import pytest

from twitchlib import guide, triage
from twitchlib.widgets.warning_signs import WarningSigns, action_table

QUESTIONS = list(triage.questions())


@pytest.fixture(scope="module")
def dashboard() -> WarningSigns:
    return WarningSigns()


def shown(dashboard: WarningSigns) -> str:
    markup = dashboard._rows.html + dashboard._reasons.html
    return html.unescape(re.sub("<[^>]*>", "", markup))


def lit(dashboard: WarningSigns) -> list[str]:
    rows = re.findall(
        r'<tr class="tw-lit" aria-current="true"><th[^>]*>. ([^<]*)<p>', dashboard._rows.html
    )
    return [html.unescape(row) for row in rows]


def test_nothing_is_lit_before_anything_is_answered(dashboard: WarningSigns) -> None:
    dashboard.controls.reset()
    assert lit(dashboard) == []
    assert guide.rows("safety_net")["no-row"]["text"] in shown(dashboard)
    assert action_table().html.count("tw-lit") == 0


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("answer", triage.ANSWERS)
def test_every_question_with_every_answer(dashboard: WarningSigns, name: str, answer: str) -> None:
    dashboard.controls.value = triage.Answers.all_no(**{name: answer})
    expected = triage.advise(triage.Answers.all_no(**{name: answer}))
    assert dashboard.advice == expected
    assert lit(dashboard) == ([expected.action.name] if expected.action else [])
    said = shown(dashboard)
    for words in (
        *(rule.reason for rule in expected.rules),
        *(remark.text for remark in expected.remarks),
        *expected.safety_net,
    ):
        assert words in said
    figure = dashboard._figure.get_state()["layout.title"]
    assert (expected.action is None) == figure["text"].startswith("No row applies yet")


@pytest.mark.parametrize("name", triage.vignettes())
def test_a_link_opens_a_case(dashboard: WarningSigns, name: str) -> None:
    dashboard.take_query(f"?preset={name}")
    assert dashboard.advice == triage.vignettes()[name].advice
    assert dashboard._problems.html == ""


def test_a_bad_link_is_explained_and_calls_nothing_normal(dashboard: WarningSigns) -> None:
    dashboard.take_query("?weakness=<b>maybe</b>&naps=2")
    assert dashboard.advice.action is None
    assert "it has to be one of yes, no, unsure, open" in dashboard._problems.html
    assert "<b>" not in dashboard._problems.html


def test_answers_never_go_into_the_address(dashboard: WarningSigns) -> None:
    dashboard.controls.value = triage.Answers.all_no(weakness="yes")
    assert dashboard.children[0]._written == ""
    assert dashboard.children[0].layout.display == "none"


def test_what_if_names_the_answers_that_would_change_the_row(dashboard: WarningSigns) -> None:
    dashboard.controls.value = triage.Answers.all_no(weeks="yes")
    said = shown(dashboard)
    assert "Weeks or longer: with “no”: ○ keep an eye on it; with “no answer”: no row yet." in said
    assert "Weakness: with “yes”: ● get help at once." in said


def test_the_shown_code_gives_what_is_shown(dashboard: WarningSigns) -> None:
    dashboard.controls.value = triage.Answers(weakness="unsure")
    assert 'triage.advise(triage.Answers(weakness="unsure")).to_frame()' in shown(dashboard)


def test_every_question_has_its_control() -> None:
    spec = WarningSigns().controls._spec
    assert [field["name"] for group in spec["groups"] for field in group["fields"]] == QUESTIONS
