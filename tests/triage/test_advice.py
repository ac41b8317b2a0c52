"""Safe by construction: properties of every combination of answers, not just of examples."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.conftest import CODES, QUESTIONS, Everything
from twitchlib import guide, triage
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.triage.rules import conditions, readings, rules

WHEN = conditions("triage_rules")

SEVERE_IN_THE_GUIDE = ("weakness", "control", "sensations")
VISIT_IN_THE_GUIDE = ("weeks", "weakness", "pain")
MINUTES_COUNT = ("speech", "sudden", "emergency")
NOT_ALONE = ("at_risk",)

Advices = Mapping[tuple[str, ...], triage.Advice]


def urgency(advice: triage.Advice) -> int:
    return -1 if advice.action is None else advice.action.urgency


def test_every_combination_is_covered(everything: Everything) -> None:
    assert everything.urgency.shape == (4,) * 10
    assert everything.urgency.size == 4**10 == 1_048_576
    for name, codes in everything.answers.items():
        assert np.bincount(codes.ravel()).tolist() == [4**9] * 4, name


def test_another_warning_sign_never_lowers_the_urgency(everything: Everything) -> None:
    """Neither the row nor, within the most urgent row, its reading."""
    level = 2 * everything.urgency + np.maximum(everything.reading, 0)
    steps = 0
    for axis in range(len(QUESTIONS)):
        no, unsure, yes = (level.take(CODES[a], axis) for a in ("no", "unsure", "yes"))
        assert (no <= unsure).all(), QUESTIONS[axis]
        assert (unsure <= yes).all(), QUESTIONS[axis]
        assert (no <= yes).all(), QUESTIONS[axis]
        steps += 3 * no.size
    assert steps == 10 * 3 * 4**9 == 7_864_320


def test_answering_an_open_question_never_leads_to_a_calmer_row(everything: Everything) -> None:
    for axis in range(len(QUESTIONS)):
        without = everything.urgency.take(CODES["open"], axis)
        for answer in ("yes", "no", "unsure"):
            assert (without <= everything.urgency.take(CODES[answer], axis)).all(), QUESTIONS[axis]


def test_normal_requires_a_no_to_every_question(everything: Everything) -> None:
    (calm,) = np.argwhere(everything.urgency == 0).tolist()
    assert calm == [CODES["no"]] * len(QUESTIONS)


def test_nothing_urgent_with_something_open_gives_no_row(everything: Everything) -> None:
    quiet = everything.all_are(QUESTIONS, "no", "open")
    some_open = everything.any_is(QUESTIONS, "open")
    assert np.array_equal(everything.urgency == -1, quiet & some_open)


def test_the_guides_table_is_never_softened(everything: Everything) -> None:
    assert (everything.urgency[everything.any_is(SEVERE_IN_THE_GUIDE, "yes")] == 2).all()
    assert (everything.urgency[everything.any_is(VISIT_IN_THE_GUIDE, "yes")] >= 1).all()


def test_where_minutes_count_being_unsure_is_enough_to_call_now(everything: Everything) -> None:
    pressing = everything.any_is(MINUTES_COUNT, "yes", "unsure")
    assert (everything.urgency[pressing] == 2).all()
    assert (everything.reading[pressing] == 1).all()


def test_only_a_no_where_minutes_count_turns_now_into_today(everything: Everything) -> None:
    severe = everything.urgency == 2
    today = severe & everything.all_are(MINUTES_COUNT, "no")
    assert np.array_equal(everything.reading == 0, today)
    assert np.array_equal(everything.reading == 1, severe & ~today)
    assert today.any()


def test_who_should_not_wait_alone_is_sent_to_a_doctor(everything: Everything) -> None:
    assert (everything.urgency[everything.any_is(NOT_ALONE, "yes", "unsure")] >= 1).all()


def test_being_unsure_of_a_warning_sign_is_at_least_a_visit(everything: Everything) -> None:
    assert (everything.urgency[everything.any_is(QUESTIONS, "unsure")] >= 1).all()


def test_the_row_is_the_most_urgent_rule_and_every_rule_is_listed(advices: Advices) -> None:
    for advice in advices.values():
        assert urgency(advice) == max((rule.action.urgency for rule in advice.rules), default=-1)
        assert [rule.action.urgency for rule in advice.rules] == sorted(
            (rule.action.urgency for rule in advice.rules), reverse=True
        )
        warned = {c.question for rule in advice.rules if rule.action.urgency for c in WHEN[rule.id]}
        given = dataclasses.asdict(advice.answers)
        assert warned == {name for name, answer in given.items() if answer in ("yes", "unsure")}


def test_all_advice_says_it_is_not_a_diagnosis_and_what_to_do_in_doubt(advices: Advices) -> None:
    texts = {name: row["text"] for name, row in guide.rows("safety_net").items()}
    for advice in advices.values():
        assert advice.safety_net[-2:] == (texts["no-diagnosis"], texts["in-doubt"])
        opening = advice.safety_net[:-2]
        if not advice.open:
            assert opening == ()
        else:
            assert opening == (texts["no-row" if advice.action is None else "open"],)


def test_the_most_urgent_row_has_a_reading_and_no_other_has(advices: Advices) -> None:
    for advice in advices.values():
        assert (advice.reading is not None) == (urgency(advice) == 2)


def test_a_calming_remark_appears_with_no_warning_sign_but_its_own() -> None:
    warning = set(QUESTIONS) - {"pain", "weeks"}
    calming = [row for row in guide.rows("nuances").values() if row["calms"]]
    assert calming
    for row in calming:
        asked = dict(condition.split("=") for condition in row["when"])
        its_own = {name for name, answers in asked.items() if answers != "no"}
        assert {name for name, answers in asked.items() if answers == "no"} >= warning - its_own, (
            row["id"]
        )


def test_the_way_reaches_the_row(advices: Advices) -> None:
    for advice in advices.values():
        assert list(advice.way) == QUESTIONS
        top = max(-1 if action is None else action.urgency for action in advice.way.values())
        assert top == urgency(advice) or (top, urgency(advice)) == (-1, 0)


def all_words() -> list[str]:
    """Return every sentence that any advice can contain."""
    words = [row["text"] for row in guide.rows("safety_net").values()]
    words += [remark["text"] for remark in guide.rows("nuances").values()]
    words += [rule.reason for rule in rules().values()]
    words += [case["why"] for case in guide.rows("vignettes").values()]
    words += [
        text
        for row in triage.actions().values()
        for text in (row.symptoms, row.action, row.studies_add)
    ]
    words += [q.question + " " + q.help for q in triage.questions().values()]
    words += [f"{s['sign']}. {s['because']}" for q in triage.questions().values() for s in q.signs]
    words += [f"{reading.action} {reading.reason}" for reading in readings()]
    return words


def test_no_advice_names_a_disease_as_the_persons_own() -> None:
    diseases = r"\b(als|ms|sclerosis|motor neurone?|tumou?r|cancer|parkinson\w*|epilep\w*)\b"
    for sentence in all_words():
        assert not re.search(diseases, sentence, re.IGNORECASE), sentence
        assert not re.search(r"\byou (are|have) (ill|sick|healthy|fine|nothing)", sentence.lower())
        for naming in re.findall(r"[^.]*\bstroke\b[^.]*", sentence):
            assert re.search(r"can be (a|the warning before a) stroke", naming), sentence


def test_help_can_be_called_anywhere_in_the_world() -> None:
    for sentence in all_words():
        assert not re.search(r"\b(911|999|112|111|000)\b|\bER\b|\bA&E\b|\bGP\b", sentence)
    assert all("local emergency number" in reading.action for reading in readings())


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.none(), st.booleans(), st.text())))
def test_whatever_is_given_is_an_answer_or_refused(raw: dict[str, object]) -> None:
    try:
        advice = triage.advise(raw)
    except UnknownNameError as error:
        assert error.value in raw
    except NotAllowedError as error:
        assert error.field in raw
    else:
        assert set(raw) <= set(QUESTIONS)
        assert urgency(advice) != 0


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("odd", [None, True, False, 0, 1, "", "No", "YES", "nope", ["no"]])
def test_a_wrong_type_or_word_is_refused_by_name(name: str, odd: Any) -> None:
    with pytest.raises(NotAllowedError) as caught:
        triage.Answers.all_no(**{name: odd})
    assert (caught.value.field, caught.value.allowed) == (name, "one of yes, no, unsure, open")


def test_without_answers_there_is_no_row() -> None:
    assert triage.advise().action is None
    assert triage.advise({}).action is None
    assert len(triage.advise().open) == len(QUESTIONS)
    assert triage.advise().rules == ()


def test_what_if_changes_one_answer_at_a_time() -> None:
    start = triage.Answers.all_no(weeks="yes")
    found = triage.what_if(start)
    assert len(found) == 3 * len(QUESTIONS)
    for (question, answer), other in found.items():
        assert other == triage.advise(dataclasses.replace(start, **{question: answer}))
        assert answer != getattr(start, question)


def test_an_advice_is_a_tidy_table_too() -> None:
    frame = triage.advise(triage.Answers.all_no(pain="yes")).to_frame()
    assert list(frame.index) == QUESTIONS
    assert frame.loc["pain", "action"] == "persistent"
    assert frame["so_far"].iloc[-1] == "persistent"
    assert frame["so_far"].isna().sum() == QUESTIONS.index("pain")
