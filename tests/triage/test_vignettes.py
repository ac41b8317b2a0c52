"""The made-up cases cover the table, and each is judged by the rules alone.

``python -m tests.triage.test_vignettes`` prints the cases of ``vignettes.csv`` with their rows.
"""

import csv
from pathlib import Path

import pytest

from twitchlib import guide, triage

with (Path(__file__).parent / "vignettes.csv").open(encoding="utf-8", newline="") as _file:
    CASES = {row["id"]: row for row in csv.DictReader(_file)}
QUESTION_OF = {
    sign["id"]: question.id for question in triage.questions().values() for sign in question.signs
}
URGENCY = ["normal", "persistent", "today", "now"]


def advice_of(case: dict[str, str]) -> triage.Advice:
    """Return the advice for the signs in a story: yes, or unsure if they begin with ``?``."""
    answers = {}
    for sign in filter(None, case["signs"].split(";")):
        question = QUESTION_OF[sign.removeprefix("?")]
        answers[question] = "unsure" if sign.startswith("?") else "yes"
    return triage.advise(triage.Answers.all_no(**answers))


def given(case: dict[str, str]) -> str:
    """Return the row that a case gets, and the reading if the row is the most urgent."""
    advice = advice_of(case)
    assert advice.action is not None
    return advice.action.id if advice.reading is None else advice.reading.id


@pytest.mark.parametrize("name", CASES)
def test_no_case_gets_a_calmer_row_than_its_source_allows(name: str) -> None:
    case = CASES[name]
    assert URGENCY.index(given(case)) >= URGENCY.index(case["least"])
    assert all(key in guide.references() for key in case["references"].split(";"))


def test_there_are_enough_cases_and_every_sign_is_in_one() -> None:
    assert len(CASES) >= 40
    named = {
        sign.removeprefix("?")
        for case in CASES.values()
        for sign in filter(None, case["signs"].split(";"))
    }
    assert named == set(QUESTION_OF)
    assert {case["least"] for case in CASES.values()} == set(URGENCY)


def test_every_question_has_signs_and_every_sign_a_source() -> None:
    for question in triage.questions().values():
        assert question.signs, question.id
        for sign in question.signs:
            assert sign["references"] or sign["unchecked"], sign["id"]


def test_a_case_of_everyday_twitching_is_not_made_urgent() -> None:
    for case in CASES.values():
        if case["least"] == "normal":
            assert given(case) == "normal"


def test_nobody_is_told_to_stop_a_medicine() -> None:
    advice = guide.rows("nuances")["ask-today"]["text"]
    assert advice in advice_of(CASES["statin"]).remarks
    assert "do not stop it by yourself" in advice
    assert "prescribed it, or a pharmacist" in advice


def test_there_are_at_least_eight_and_every_row_occurs() -> None:
    found = [triage.advise(answers).action for answers in triage.vignettes().values()]
    assert len(found) >= 8
    assert {action.id if action else None for action in found} == {
        "normal",
        "persistent",
        "severe",
        None,
    }


def test_an_unsure_answer_and_a_sudden_start_occur() -> None:
    cases = triage.vignettes().values()
    assert any("unsure" in vars(answers).values() for answers in cases)
    assert any(answers.sudden == "yes" for answers in cases)


def test_a_story_does_not_give_its_row_away() -> None:
    names = [row["name"].lower() for row in guide.rows("actions").values()]
    for case in guide.rows("vignettes").values():
        assert not any(name in case["story"].lower() for name in names)


def table() -> str:
    """Return the cases with the rows given, as Markdown."""
    lines = ["| case | least urgent row allowed | row given |", "| --- | --- | --- |"]
    lines += [f"| {case['story']} | {case['least']} | {given(case)} |" for case in CASES.values()]
    return "\n".join(lines)


def test_the_table_has_a_line_for_each_case() -> None:
    assert len(table().splitlines()) == len(CASES) + 2


if __name__ == "__main__":
    print(table())  # noqa: T201 - printing the table is the purpose
