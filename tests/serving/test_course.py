"""The lessons, navigation between them, and their addresses."""

from pathlib import Path

import pytest

from twitchlib.places import folder
from twitchlib.serving import instructor
from twitchlib.serving.course import Course
from twitchlib.serving.duration import Minutes

HOME = "/course/"


@pytest.fixture
def lessons(course: Path) -> Course:
    return Course(course, HOME)


def test_the_course_begins_with_the_lesson_marked_as_first(lessons: Course, tmp_path: Path) -> None:
    assert lessons.first_lesson == lessons.lessons[0]
    assert Course(tmp_path, HOME).first_lesson is None


@pytest.mark.parametrize("file", ["9_none.ipynb", "00_start_here", "../notebooks/01_buttons.ipynb"])
def test_a_file_outside_the_folder_is_not_a_lesson(lessons: Course, file: str) -> None:
    assert lessons.has_lesson("01_buttons.ipynb")
    assert not lessons.has_lesson(file)


def test_the_context_of_a_lesson_has_its_neighbours(lessons: Course) -> None:
    context = lessons.context("01_buttons.ipynb")
    assert context["title"] == "Buttons"
    assert context["before"]["url"] == "/course/voila/render/00_start_here.ipynb"
    assert context["after"]["title"] == "Broken"
    assert [entry["current"] for entry in context["lessons"]] == [False, True, False]
    assert context["notes"] == "/course/instructor/notes/01_buttons"
    assert (context["minutes"], context["more"]) == (Minutes(5, 5), False)


def test_a_lesson_of_this_course_has_a_core() -> None:
    lessons = Course(folder("notebooks"), HOME)
    assert lessons.context("01_nervous_system.ipynb")["more"]
    assert not lessons.context("00_start_here.ipynb")["more"]
    assert lessons.context()["minutes"] is None


def test_the_context_of_another_page_has_links_to_the_lessons(lessons: Course) -> None:
    context = lessons.context()
    assert context["before"] is context["after"] is None
    assert [entry["url"] for entry in context["lessons"]] == list(lessons.lesson_urls().values())


def test_a_lesson_missing_from_the_tables_has_steps_but_no_notes(lessons: Course) -> None:
    plan = instructor.plans(lessons)[2]
    assert [step.heading for step in plan["steps"]] == ["Afterwards"]
    assert (plan["minutes"], plan["notes"], plan["planned"]) == (Minutes(10, 10), [], 0)
