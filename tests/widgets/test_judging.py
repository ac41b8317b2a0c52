"""Cases and claims to judge: rules and ledger give the right answer, which is withheld."""

import pytest

from twitchlib import guide, triage
from twitchlib.widgets.judging import judge_cases, judge_claims


def test_each_case_has_the_row_that_the_rules_give() -> None:
    judging = judge_cases()
    assert len(judging.asked.questions) == len(triage.vignettes()) >= 8
    for question, (name, answers) in zip(
        judging.asked.questions, triage.vignettes().items(), strict=True
    ):
        (right,) = (option for option in question.options if option.is_right)
        action, why = triage.advise(answers).action, guide.rows("vignettes")[name]["why"]
        assert right.text == ("cannot be said yet" if action is None else action.word)
        assert right.feedback == why
        assert all(why in option.feedback for option in question.options)


def test_each_claim_has_the_verdict_of_the_ledger() -> None:
    judging = judge_claims(*guide.rows("claims"))
    words = {name: row["word"] for name, row in guide.rows("verdicts").items()}
    for question, claim in zip(judging.asked.questions, guide.rows("claims").values(), strict=True):
        (right,) = (option for option in question.options if option.is_right)
        assert right.text.endswith(words[claim["verdict"]])
        assert all(claim["comment"] in option.feedback for option in question.options)


def test_the_score_counts_what_was_judged() -> None:
    judging = judge_cases("exam-eyelid", "the-cup")
    judging.asked.choose(0, 0)
    judging.asked.choose(1, 0)
    assert "Judged: 2 of 2. In agreement with the course: 1." in judging._score.html


def test_more_caution_is_never_held_against_anybody() -> None:
    (question,) = judge_cases("exam-eyelid").asked.questions
    for option in question.options[1:3]:
        assert "More caution than that is never held against you." in option.feedback


@pytest.mark.parametrize("judge", [judge_cases, judge_claims])
def test_an_unknown_name_is_refused(judge: type) -> None:
    with pytest.raises(KeyError, match="nothing"):
        judge("nothing")
