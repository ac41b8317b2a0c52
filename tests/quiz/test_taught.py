"""The quiz covers all aims of its lesson, and nothing that the lesson does not teach.

Each row of the table ``questions`` names an aim of its lesson (`objective`) and the cells that
teach the answer (`cell`). ``python -m tests.quiz.test_taught`` prints which question tests what.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import nbformat
import pytest

from twitchlib import guide, quiz
from twitchlib.places import folder

ROWS = guide.rows("questions")
LESSONS = quiz.lessons()
AIMS = "After this lesson you can"
QUIZ = ("## Check yourself", "Quiz(")
LEDGER = re.compile(r"\b(?:evidence|judge_claims)\(([^)]*)\)")
CLAIMS = re.compile(r"G\d\d")


@cache
def cells(lesson: str) -> tuple[str, ...]:
    path: Path = folder("notebooks") / f"{lesson}.ipynb"
    return tuple(cell.source for cell in nbformat.read(path, as_version=4).cells)


def listing(lesson: str) -> str:
    """Return the cell that lists the aims of a lesson."""
    (one,) = (source for source in cells(lesson) if AIMS in source)
    return one


@cache
def aims(lesson: str) -> tuple[str, ...]:
    """Return the aims that a lesson lists."""
    said = listing(lesson).partition(AIMS)[2]
    lines = re.match(r"\s*((?:- .+\n(?: {2,}\S.*\n)*)+)", said + "\n")
    assert lines, f"{lesson} does not list its aims"
    listed = re.split(r"^- ", lines[1], flags=re.MULTILINE)[1:]
    return tuple(" ".join(aim.split()).rstrip(",.") for aim in listed)


def teaching(lesson: str) -> list[str]:
    """Return the cells that can teach: neither the one with the aims nor the quiz itself.

    A prediction teaches by its explanation, which is shown after the comparison.
    """

    def said(source: str) -> str:
        asked = re.search(r'predict\("(.*?)"\)', source)
        return f"{source} {quiz.predictions()[asked[1]].explanation}" if asked else source

    return [
        " ".join(said(source).split())
        for source in cells(lesson)
        if AIMS not in source and not any(words in source for words in QUIZ)
    ]


def named_for(lesson: str, number: int) -> list[str]:
    """Return the questions that test an aim of a lesson."""
    wanted = (lesson, number)
    return [name for name, row in ROWS.items() if (row["lesson"], row["objective"]) == wanted]


def coverage() -> str:
    """Return the table of lessons, aims and questions, as Markdown."""
    lines = ["| lesson | aim | questions |", "| --- | --- | --- |"]
    for lesson in LESSONS:
        for number, aim in enumerate(aims(lesson), start=1):
            asked = ", ".join(named_for(lesson, number))
            lines.append(f"| {lesson[:2]} | {number}. {aim} | {asked} |")
    return "\n".join(lines)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_aim_has_a_question_and_every_question_an_aim(lesson: str) -> None:
    asked = {row["objective"] for row in ROWS.values() if row["lesson"] == lesson}
    assert asked == set(range(1, len(aims(lesson)) + 1)), aims(lesson)


@pytest.mark.parametrize("name", ROWS)
def test_a_cell_of_the_lesson_teaches_the_answer(name: str) -> None:
    row = ROWS[name]
    for words in row["cell"]:
        holding = [source for source in teaching(row["lesson"]) if words in source]
        assert len(holding) == 1, f"{len(holding)} cells of {row['lesson']} hold {words!r}"
        shown = {claim for call in LEDGER.findall(holding[0]) for claim in CLAIMS.findall(call)}
        claims = set(row["claims"])
        assert not shown or not claims or claims & shown, f"{words!r} does not show {claims}"


def test_the_aims_and_the_quiz_teach_nothing() -> None:
    for lesson in LESSONS:
        left_out = len(cells(lesson)) - len(teaching(lesson))
        assert left_out == 3, lesson  # aims, the words before the quiz, the quiz


def test_the_aims_are_read_as_written() -> None:
    assert [len(aims(lesson)) for lesson in LESSONS] == [
        Counter(line[:2] for line in listing(lesson).splitlines())["- "] for lesson in LESSONS
    ]
    assert aims("05_care_and_prevention")[-1] == "put together a plan of your own on one page"


def test_the_table_has_a_line_for_each_aim() -> None:
    assert len(coverage().splitlines()) == 2 + sum(len(aims(lesson)) for lesson in LESSONS)


if __name__ == "__main__":
    print(coverage())  # noqa: T201 - printing the table is the purpose
