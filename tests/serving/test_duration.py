"""How long a lesson takes: counted again from its notebook, and stated in its text."""

import re
from datetime import date
from pathlib import Path

import nbformat
import nbformat.v4 as nb
import pytest

from twitchlib import guide, quiz
from twitchlib.places import folder
from twitchlib.quiz.recall import PAUSES_DAYS
from twitchlib.serving import duration
from twitchlib.serving.duration import Minutes, minutes, more

LESSONS = sorted(folder("notebooks").glob("*.ipynb"))
PERIOD_MIN = 45


def written(path: Path, *cells: tuple[str, ...]) -> Path:
    """Write a notebook of cells, each a text, or code and its tags."""
    made = [
        nb.new_markdown_cell(text)
        if text.startswith(("#", "word"))
        else nb.new_code_cell(text, metadata={"tags": list(tags)})
        for text, *tags in cells
    ]
    nbformat.write(nb.new_notebook(cells=made), path)
    return path


def headings(path: Path) -> list[str]:
    """Return the second-level headings of a notebook, found independently."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_step_of_a_lesson_is_in_the_table_and_nothing_else(lesson: Path) -> None:
    rows = [row for row in guide.rows("steps").values() if row["lesson"] == lesson.stem]
    assert [row["step"] for row in rows] == headings(lesson)
    for row in rows:
        words = re.sub("[^a-z0-9]+", "-", row["step"].lower()).strip("-")
        assert row["id"] == f"{lesson.stem[:2]}-{words}"


@pytest.mark.parametrize("lesson", LESSONS[1:3], ids=lambda path: path.stem)
def test_the_core_of_the_first_lessons_fits_a_period(lesson: Path) -> None:
    assert minutes(lesson).core <= PERIOD_MIN


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_core_keeps_what_every_lesson_has(lesson: Path) -> None:
    always = {"In this lesson", "Check yourself", "Take away"} & set(headings(lesson))
    assert not more(lesson.stem) & always
    assert minutes(lesson).core <= minutes(lesson).whole


@pytest.mark.parametrize("lesson", LESSONS[1:], ids=lambda path: path.stem)
def test_a_lesson_says_how_long_it_takes(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8")
    assert f"*{minutes(lesson).sentence}* After this lesson you can" in text


def test_words_count_by_the_reading_speed_and_markup_not_at_all(tmp_path: Path) -> None:
    words = "word " * 10 * duration.WORDS_PER_MIN
    plain = written(tmp_path / "a.ipynb", (words,))
    marked = written(tmp_path / "b.ipynb", ("# <b>\n\n[](https://a.b/c) | -- | " + words,))
    assert minutes(plain) == minutes(marked) == Minutes(10, 10)


@pytest.mark.parametrize(
    ("cell", "each"),
    [
        (("Dashboard()",), duration.TRY_MIN),
        (('predict("path-order")',), duration.QUESTION_MIN),
        (("1 + 1", "show-code"), duration.CODE_MIN),
        (('exercises.check("a", 1)', "show-code"), duration.TRY_MIN),
        (('evidence("G01")', "aside"), 0),
        (('expectations("03_triggers")',), 0),
        (('additions("worry")', "text"), 0),
    ],
)
def test_each_kind_of_cell_has_its_time(tmp_path: Path, cell: tuple[str, ...], each: float) -> None:
    counted = minutes(written(tmp_path / "a.ipynb", ("## Try",), *(20 * [cell])))
    assert 0 <= counted.whole - 20 * each <= 5
    assert counted.whole >= 20 * each


def test_what_opens_a_lesson_takes_less_than_what_is_tried(tmp_path: Path) -> None:
    cells = 10 * [("eyelid()",)]
    assert minutes(written(tmp_path / "a.ipynb", *cells)).whole == 10 * duration.OPENER_MIN


def test_questions_that_come_back_count_as_the_most_there_can_be(tmp_path: Path) -> None:
    missed = quiz.Progress()
    for question in quiz.lessons()["01_nervous_system"]:
        wrong = next((o.id for o in question.options if not o.right), None)
        if question.kind == "choice" and question.comes_back and wrong:
            missed = missed.after(question, wrong, date(2026, 11, 30))
    asked = quiz.due(missed, "02_twitch_types", date(2026, 12, 1))
    assert len(asked) == duration.COMING_BACK
    cell = ('Review("02_twitch_types")', "text")
    counted = minutes(written(tmp_path / "a.ipynb", *(4 * [cell])))
    assert counted.whole == 4 * duration.COMING_BACK * duration.QUESTION_MIN


def test_a_quiz_takes_as_long_as_its_questions(tmp_path: Path) -> None:
    name = "02_twitch_types"
    rows = guide.rows("questions").values()
    asked = sum(row["lesson"] == name and not row["form"] for row in rows)
    counted = minutes(written(tmp_path / "a.ipynb", (f'Quiz("{name}")',)))
    assert 0 <= counted.whole - asked * duration.QUESTION_MIN < 5
    tested = minutes(written(tmp_path / "b.ipynb", ("BeforeAndAfter()",)))
    both_forms = sum(bool(row["form"]) for row in rows)
    assert 0 <= tested.whole - both_forms * duration.QUESTION_MIN < 5


def test_what_is_beyond_the_core_counts_only_for_the_whole(tmp_path: Path) -> None:
    cells = ("## Predict", "d()", "## Try: three muscles under the needle", "d()", "## Observe")
    lesson = written(tmp_path / "07_emg_lab.ipynb", *((cell,) for cell in cells), ("d()",))
    assert minutes(lesson) == Minutes(15, 5)
    assert minutes(lesson).sentence == "About 15 minutes, or 5 for the core."
    assert Minutes(5, 5).sentence == "About 5 minutes."


def test_the_first_lesson_says_what_is_assumed() -> None:
    cells = nbformat.read(LESSONS[0], as_version=4).cells
    text = " ".join(" ".join(cell.source for cell in cells).split())
    for words in (
        f"{duration.WORDS_PER_MIN} words a minute",
        "10.1016/j.jml.2019.104047",
        f"{duration.TRY_MIN:g} minutes for whatever can be tried",
    ):
        assert words in text
    assert (duration.QUESTION_MIN, duration.CODE_MIN) == (0.5, 1)  # half a minute, one minute
    assert duration.OPENER_MIN == 1
    assert "half a minute for a question" in text
    assert "one for what opens a lesson" in text
    assert "counting five from earlier lessons" in text
    assert "a minute for a cell of code" in text
    *pauses, longest = map(str, PAUSES_DAYS[1:])
    assert f"after {', '.join(pauses)} and {longest} days" in text
