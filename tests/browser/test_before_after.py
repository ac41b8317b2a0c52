"""The test before and after the course, and a class's files, on a real page."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.quiz.test_gains import student

pytestmark = pytest.mark.browser

LESSON = "09_before_and_after"


def test_a_student_starts_continues_and_sees_the_gain(lesson: Callable[[str], Page]) -> None:
    page = lesson(LESSON)
    page.get_by_role("button", name="Begin the first half").press("Enter")
    expect(page.get_by_text("Question 1 of 12. Your first answer stands.")).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Your answer is kept.")).to_be_visible()
    expect(page.get_by_role("button", name="Question 1, answered")).to_be_visible()
    kept = page.wait_for_function("sessionStorage.getItem('twitchlib-progress')").json_value()
    assert json.loads(kept)["first_form"]["form"] in "AB"
    page.evaluate(
        "text => sessionStorage.setItem('twitchlib-progress', text)", student(4, 9).to_json()
    )
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Gain: +5 of 12.")).to_be_visible()
    expect(page.get_by_text("4 of 12 before, 9 of 12 after")).to_be_visible()
    expect(page.get_by_role("button", name="Question 24, not yet right")).to_be_visible()


def test_a_teacher_compares_files_and_saves_a_table(
    lesson: Callable[[str], Page], tmp_path: Path
) -> None:
    files = []
    for number, (before, after) in enumerate([(4, 8), (6, 7), (3, 10)]):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(student(before, after).to_json(), encoding="utf-8")
    files.append(tmp_path / "cake.json")
    files[-1].write_text("cake", encoding="utf-8")
    page = lesson(LESSON)
    page.get_by_label("Open the progress files of a class").set_input_files(files)
    expect(page.get_by_text("3 files are compared.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="cake.json")).to_be_visible()
    expect(page.get_by_text("On average +4.0 of 12")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the table (CSV)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.read_text(encoding="utf-8").splitlines()[-1].startswith("mean of the class")
