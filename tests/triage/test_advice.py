"""Safe by construction: what holds for every combination of answers, not for some examples."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.conftest import Everything
from twitchlib import guide, triage
from twitchlib.quantity import OutOfRangeError

QUESTIONS = list(triage.questions())
SEVERE_IN_THE_GUIDE = ("weakness", "control", "sensations")
VISIT_IN_THE_GUIDE = ("weeks", "weakness", "pain")
MINUTES_COUNT = ("speech", "sudden")
MORE_WORRYING = {"no": ("unsure", "yes"), "unsure": ("yes",)}


def urgency(advice: triage.Advice) -> int:
    return -1 if advice.action is None else advice.action.urgency


def test_every_combination_is_there(everything: Everything) -> None:
    assert len(everything) == 4**8 == 65_536


def test_a_warning_sign_more_never_lowers_the_urgency(everything: Everything) -> None:
    steps = 0
    for answers, advice in everything.items():
        for place, answer in enumerate(answers):
            for worse in MORE_WORRYING.get(answer, ()):
                other = everything[(*answers[:place], worse, *answers[place + 1 :])]
                assert urgency(other) >= urgency(advice)
                steps += 1
    assert steps == 8 * 3 * 4**7


def test_answering_an_open_question_never_lowers_the_urgency(everything: Everything) -> None:
    for answers, advice in everything.items():
        for place, answer in enumerate(answers):
            if answer == "open":
                for given_ in ("yes", "no", "unsure"):
                    other = everything[(*answers[:place], given_, *answers[place + 1 :])]
                    assert urgency(other) >= urgency(advice)


def test_normal_takes_a_no_to_every_question(everything: Everything) -> None:
    calm = [answers for answers, advice in everything.items() if urgency(advice) == 0]
    assert calm == [("no",) * len(QUESTIONS)]


def test_nothing_urgent_and_something_open_is_no_row_at_all(everything: Everything) -> None:
    for answers, advice in everything.items():
        without_a_row = advice.action is None
        assert without_a_row == (set(answers) <= {"no", "open"} and "open" in answers)


def test_the_guides_table_is_never_softened(everything: Everything) -> None:
    for advice in everything.values():
        told = dataclasses.asdict(advice.answers)
        if "yes" in {told[name] for name in SEVERE_IN_THE_GUIDE}:
            assert urgency(advice) == 2
        if "yes" in {told[name] for name in VISIT_IN_THE_GUIDE}:
            assert urgency(advice) >= 1


def test_where_minutes_count_being_unsure_is_enough(everything: Everything) -> None:
    for advice in everything.values():
        if {getattr(advice.answers, name) for name in MINUTES_COUNT} & {"yes", "unsure"}:
            assert urgency(advice) == 2


def test_being_unsure_of_a_warning_sign_is_at_least_a_visit(everything: Everything) -> None:
    for answers, advice in everything.items():
        if "unsure" in answers:
            assert urgency(advice) >= 1


def test_the_row_is_the_most_urgent_rule_and_every_rule_is_told(everything: Everything) -> None:
    for advice in everything.values():
        assert urgency(advice) == max((rule.action.urgency for rule in advice.rules), default=-1)
        assert [rule.action.urgency for rule in advice.rules] == sorted(
            (rule.action.urgency for rule in advice.rules), reverse=True
        )
        warned = {c.question for rule in advice.rules if rule.action.urgency for c in rule.when}
        told = dataclasses.asdict(advice.answers)
        assert warned == {name for name, answer in told.items() if answer in ("yes", "unsure")}


def test_every_advice_says_that_it_is_none_and_what_to_do_in_doubt(everything: Everything) -> None:
    said = {name: row["text"] for name, row in guide.rows("safety_net").items()}
    for advice in everything.values():
        assert advice.safety_net[-2:] == (said["no-diagnosis"], said["in-doubt"])
        opening = advice.safety_net[:-2]
        if not advice.open:
            assert opening == ()
        else:
            assert opening == (said["no-row" if advice.action is None else "open"],)


def test_a_remark_that_calms_stands_beside_no_warning_sign_but_its_own(
    everything: Everything,
) -> None:
    warning = {"speech", "sudden", "weakness", "control", "sensations", "wasting"}
    calmed = 0
    for advice in everything.values():
        for remark in advice.remarks:
            if remark.calms:
                its_own = {c.question for c in remark.when if c.answers != {"no"}}
                told = dataclasses.asdict(advice.answers)
                assert {told[name] for name in warning - its_own} == {"no"}, remark.id
                calmed += 1
    assert calmed


def test_the_way_rises_to_the_row(everything: Everything) -> None:
    for advice in everything.values():
        way = [-1 if step.so_far is None else step.so_far.urgency for step in advice.steps]
        assert way == sorted(way)
        assert way[-1] == urgency(advice) or (way[-1], urgency(advice)) == (-1, 0)


def all_words() -> list[str]:
    """Return every sentence that any advice can hold."""
    words = [row["text"] for row in guide.rows("safety_net").values()]
    words += [remark["text"] for remark in guide.rows("nuances").values()]
    words += [rule.reason for rule in triage.rules()]
    words += [v.why for v in triage.vignettes().values()]
    words += [
        text for row in triage.actions() for text in (row.symptoms, row.action, row.studies_add)
    ]
    words += [q.question + " " + q.help for q in triage.questions().values()]
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
    assert "local emergency number" in triage.actions()[2].action


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.none(), st.booleans(), st.text())))
def test_whatever_is_given_is_an_answer_or_refused(raw: dict[str, object]) -> None:
    try:
        advice = triage.advise(raw)
    except OutOfRangeError as error:
        assert error.field in raw
    else:
        assert set(raw) <= set(QUESTIONS)
        assert urgency(advice) != 0


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("odd", [None, True, False, 0, 1, "", "No", "YES", "nope", ["no"]])
def test_a_wrong_type_or_word_is_refused_by_name(name: str, odd: object) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        triage.Answers.all_no(**{name: odd})
    assert (caught.value.field, caught.value.allowed) == (name, "one of yes, no, unsure, open")


def test_nothing_answered_is_no_row() -> None:
    assert triage.advise().action is None
    assert triage.advise({}).action is None
    assert len(triage.advise().open) == len(QUESTIONS)
    assert triage.advise().rules == ()


def test_what_if_changes_one_answer_at_a_time() -> None:
    start = triage.Answers.all_no(weeks="yes")
    found = triage.what_if(start)
    assert len(found) == 3 * len(QUESTIONS)
    for other in found:
        changed = dataclasses.replace(start, **{other.question.id: other.answer})
        assert other.action == triage.advise(changed).action
        assert other.answer != getattr(start, other.question.id)


def test_an_advice_is_a_tidy_table_too() -> None:
    frame = triage.advise(triage.Answers.all_no(pain="yes")).to_frame()
    assert list(frame.index) == QUESTIONS
    assert frame.loc["pain", "action"] == "persistent"
    assert frame["so_far"].iloc[-1] == "persistent"
    assert frame["so_far"].isna().sum() == QUESTIONS.index("pain")
