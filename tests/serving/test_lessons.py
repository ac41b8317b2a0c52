from collections.abc import Callable
from pathlib import Path

import pytest

from twitchlib.serving.lessons import Lesson, find_lessons, neighbours


def test_lessons_come_in_order_with_their_first_heading(course: Path) -> None:
    assert find_lessons(course) == (
        Lesson("00_start_here.ipynb", "Start here"),
        Lesson("01_buttons.ipynb", "Buttons"),
        Lesson("02_broken.ipynb", "Broken"),
    )


def test_a_lesson_without_a_heading_is_named_after_its_file(
    tmp_path: Path, write_course: Callable[..., Path]
) -> None:
    write_course(tmp_path, {"07_emg_lab": ["x = 1"]})
    assert find_lessons(tmp_path)[0].title == "Emg lab"


def test_a_file_that_is_not_a_notebook_is_named(tmp_path: Path) -> None:
    (tmp_path / "00_bad.ipynb").write_text("not json", encoding="utf-8")
    with pytest.raises(ValueError, match="00_bad"):
        find_lessons(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere"):
        find_lessons(tmp_path / "nowhere")


def test_neighbours(course: Path) -> None:
    lessons = find_lessons(course)
    assert neighbours(lessons, lessons[0].file) == (None, lessons[1])
    assert neighbours(lessons, lessons[1].file) == (lessons[0], lessons[2])
    assert neighbours(lessons, lessons[2].file) == (lessons[1], None)
    with pytest.raises(KeyError):
        neighbours(lessons, "99_none.ipynb")
