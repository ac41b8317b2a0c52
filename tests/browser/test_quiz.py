"""The quiz as a student uses it: by keyboard, through reloads, from lesson to lesson."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twitchlib import quiz
from twitchlib.quiz.attempts import LARGEST_FILE

pytestmark = pytest.mark.browser

LESSON = "03_triggers"
QUESTIONS = quiz.lessons()[LESSON]
FIRST = QUESTIONS[0]
Open = Callable[..., Page]


def text_of(question: quiz.Question, id_: object) -> str:
    return next(option.text for option in question.options if option.id == id_)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const { ariaLabel, labels, textContent } = document.activeElement;
              return ariaLabel ?? labels?.[0]?.textContent ?? textContent;
            }"""
        )
        if focused == name:
            return
    pytest.fail(f"Tab does not lead to {name!r}")


def choose(page: Page, question: quiz.Question) -> None:
    """Give the right answer with the keyboard alone."""
    key = question.key
    if isinstance(key, float):
        tab_to(page, f"Your answer, in {question.unit}")
        page.keyboard.type(f"{key:g}")
    elif isinstance(key, str):
        pick(page, question.options, key)
    elif question.kind == "two-tier":
        for tier, id_ in enumerate(key, start=1):
            pick(page, question.tier(tier), id_)
    else:
        shown = [option.id for option in question.options]
        for place, id_ in enumerate(key):
            ups = shown.index(id_) - place
            if ups:
                page.get_by_role("group", name=question.prompt).locator("legend").focus()
                tab_to(page, f"Move up: {text_of(question, id_)}")
                for _ in range(ups):
                    page.keyboard.press("Enter")
                shown.insert(place, shown.pop(shown.index(id_)))


def pick(page: Page, options: Sequence[quiz.Option], id_: str) -> None:
    """Choose a radio button with the keyboard alone."""
    tab_to(page, options[0].text)
    page.keyboard.press("Space")
    for option in options:
        if option.id == id_:
            break
        page.keyboard.press("ArrowDown")


def answer(page: Page, text: str) -> None:
    page.get_by_role("radio", name=text).check()
    page.get_by_role("button", name="Check", exact=True).click()


def test_the_whole_quiz_by_keyboard_alone(lesson: Callable[[str], Page]) -> None:
    page = lesson(LESSON)
    page.get_by_role("button", name="Question 1, not answered").focus()
    for number, question in enumerate(QUESTIONS, 1):
        here = page.get_by_role("group", name=question.prompt)
        expect(here).to_be_visible()
        assert question.explanation not in page.content()
        if number > 1:
            expect(here.locator("legend")).to_be_focused()
        choose(page, question)
        if isinstance(question.key, float):
            page.keyboard.press("Enter")
        else:
            tab_to(page, "Check")
            page.keyboard.press("Enter")
        feedback = page.get_by_role("status").filter(has_text=question.explanation)
        expect(feedback).to_contain_text("✓ Right.")
        expect(page.get_by_role("button", name=f"Question {number}, right")).to_be_visible()
        if number < len(QUESTIONS):
            tab_to(page, "Next question")
            page.keyboard.press("Enter")
    n = len(QUESTIONS)
    done = f"In this lesson: {n} of {n} answered, {n} right at first try."
    expect(page.get_by_text(done)).to_be_visible()
    expect(page.get_by_role("button", name="Next question")).to_be_disabled()


def test_a_wrong_answer_gets_feedback_and_can_be_corrected(lesson: Callable[[str], Page]) -> None:
    page = lesson(LESSON)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Choose one of the answers.")).to_be_visible()
    wrong = next(option for option in FIRST.options if not option.right)
    answer(page, wrong.text)
    feedback = page.get_by_role("status").filter(has_text=wrong.feedback)
    expect(feedback).to_contain_text("✗ Not yet.")
    expect(feedback.get_by_role("link").or_(feedback.get_by_text("claim G"))).not_to_have_count(0)
    expect(page.get_by_role("button", name="Question 1, not yet right")).to_be_visible()
    answer(page, text_of(FIRST, FIRST.key))
    expect(page.get_by_role("status").filter(has_text=FIRST.explanation)).to_be_visible()
    expect(
        page.get_by_text(f"1 of {len(QUESTIONS)} answered, 0 right at first try.")
    ).to_be_visible()


def test_an_answer_needs_a_reason_and_feedback_says_which_of_them_is_wrong(
    lesson: Callable[[str], Page],
) -> None:
    page = lesson(LESSON)
    question = next(question for question in QUESTIONS if question.kind == "two-tier")
    page.get_by_role(
        "button", name=f"Question {QUESTIONS.index(question) + 1}, not answered"
    ).click()
    right = next(option for option in question.tier(1) if option.right)
    wrong = next(option for option in question.tier(2) if not option.right)
    answer(page, right.text)
    alert = page.get_by_role("alert").filter(has_text="Choose an answer and a reason.")
    expect(alert).to_be_visible()
    reasons = page.get_by_role("group", name="Why? Choose the reason as well.")
    reasons.get_by_role("radio", name=wrong.text).check()
    page.get_by_role("button", name="Check", exact=True).click()
    feedback = page.get_by_role("status").filter(has_text=wrong.feedback)
    expect(feedback).to_contain_text("The answer is right, but not the reason.")
    expect(page.get_by_role("radio", name=right.text)).to_be_checked()


def test_two_visitors_get_two_recordings(lesson: Callable[[str], Page]) -> None:
    ids = [question.id for question in quiz.lessons()["07_emg_lab"]]
    number = ids.index("needle-ill-muscle") + 1
    texts = []
    for _ in range(2):
        page = lesson("07_emg_lab")
        page.get_by_role("button", name=f"Question {number}, not answered").click()
        shown = page.locator(".tw-recording")
        expect(shown).to_contain_text("Recording 3: potentials")
        expect(shown).to_be_in_viewport()
        expect(page.get_by_role("radio", name="Recording 1")).to_be_visible()
        texts.append(shown.inner_text())
    assert texts[0] != texts[1]


def test_answers_survive_another_lesson_and_a_reload(
    lesson: Callable[[str], Page],
) -> None:
    page = lesson(LESSON)
    answer(page, text_of(FIRST, FIRST.key))
    message = page.get_by_text(
        f"In this lesson: 1 of {len(QUESTIONS)} answered, 1 right at first try."
    )
    expect(message).to_be_visible()
    page.reload()
    expect(message).to_be_visible()
    expect(page.get_by_role("button", name="Question 1, right")).to_be_visible()
    page.get_by_role("link", name="the map of the course").click()
    line = page.get_by_role("row").filter(has_text="What triggers a twitch?").last
    expect(line).to_contain_text(f"1 of {len(QUESTIONS)}")
    assert page.evaluate("localStorage.getItem('twitchlib-progress')") is None

    page.get_by_role("checkbox", name="Remember my answers").check()
    assert FIRST.id in page.evaluate("localStorage.getItem('twitchlib-progress')")
    page.get_by_role("button", name="Forget my answers").click()
    page.get_by_role("button", name="Yes, forget them").click()
    expect(line).to_contain_text(f"0 of {len(QUESTIONS)}")
    expect(page.get_by_text("Your answers are forgotten.")).to_be_visible()
    assert page.evaluate("[localStorage, sessionStorage].map((s) => s['twitchlib-progress'])") == [
        None,
        None,
    ]


def test_progress_is_saved_to_a_file_and_loaded(
    lesson: Callable[[str], Page], tmp_path: Path
) -> None:
    page = lesson(LESSON)
    answer(page, text_of(FIRST, FIRST.key))
    page.get_by_text("Keep my answers").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "twitchlib-progress.json"
    progress = quiz.Progress.from_json(saved.read_text(encoding="utf-8"))
    assert list(progress.attempts) == [FIRST.id]

    other = lesson("00_start_here")
    picker = other.locator("input[type=file]")
    for bad, message in [
        ("{", "The file is damaged, or not a progress file. Nothing was changed."),
        (json.dumps({"format": "<b>cake</b>"}), "This is not a progress file of this course."),
        ("x" * (LARGEST_FILE + 1), "The file is too large to be a progress file."),
    ]:
        (tmp_path / "bad.json").write_text(bad, encoding="utf-8")
        picker.set_input_files(tmp_path / "bad.json")
        expect(other.get_by_role("status").filter(has_text=message)).to_be_visible()
    picker.set_input_files(saved)
    expect(other.get_by_text("Answers loaded: 1. New here: 1.")).to_be_visible()
    line = other.get_by_role("row").filter(has_text="What triggers a twitch?").last
    expect(line).to_contain_text(f"1 of {len(QUESTIONS)}")


SHOWN = f"""
from twitchlib.widgets import Quiz

Quiz("{LESSON}")
"""


def test_in_a_notebook_answers_survive_the_cell(in_lab: Open) -> None:
    page = in_lab(SHOWN)
    right = page.get_by_role("radio", name=text_of(FIRST, FIRST.key))
    right.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.get_by_text(FIRST.explanation)).to_be_visible()
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    expect(page.get_by_role("button", name="Question 2, not answered")).to_have_attribute(
        "aria-current", "step"
    )
    page.get_by_role("button", name="Question 1, right").click()
    expect(right).to_be_checked()
    expect(page.get_by_text(FIRST.explanation)).to_be_visible()
