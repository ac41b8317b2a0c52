"""Lessons 04 and 05 in a real browser: cases, questions and boxes by keyboard; a saved plan."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from twitchlib import care, guide, triage

pytestmark = pytest.mark.browser

DOCTOR = "04_when_to_see_a_doctor"
CARE = "05_care_and_prevention"


def test_a_case_is_judged_by_keyboard_and_only_then_explained(lesson: Callable[..., Page]) -> None:
    page = lesson(DOCTOR)
    case = guide.rows("vignettes")["the-cup"]
    number = list(triage.vignettes()).index("the-cup") + 1
    page.get_by_role("button", name=f"Question {number}, not answered").first.click()
    group = page.get_by_role("group", name=case["name"])
    assert case["why"] not in page.content()
    calm = group.get_by_role("radio", name="keep an eye on it")
    calm.focus()
    page.keyboard.press("Space")
    expect(group.get_by_text("Not quite.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name="get help at once")).to_be_checked()
    expect(group.get_by_text("✓ Yes.")).to_be_visible()
    expect(group.get_by_text(case["why"])).to_be_visible()
    expect(
        page.get_by_text(
            f"Judged: 1 of {len(triage.vignettes())}. In agreement with the course: 1."
        )
    ).to_be_visible()


def test_answers_highlight_a_row_and_stay_out_of_the_address(lesson: Callable[..., Page]) -> None:
    page = lesson(DOCTOR)
    lit = page.locator("tr.tw-lit")
    expect(page.locator(".tw-figure-title")).to_have_text(
        f"No row applies yet: {len(triage.questions())} questions open"
    )
    expect(lit).to_have_count(0)
    page.get_by_role("button", name="No to all").click()
    expect(lit).to_contain_text("Normal twitching")
    expect(lit).to_contain_text("This row applies.")
    weakness = page.get_by_role("group", name=triage.questions()["weakness"].question)
    weakness.get_by_role("radio", name="No", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(weakness.get_by_role("radio", name="Not sure")).to_be_checked()
    expect(lit).to_contain_text("Persistent twitching")
    weakness.get_by_role("radio", name="Yes").check()
    expect(lit).to_contain_text("Severe symptoms")
    expect(page.get_by_text("be seen today, because of weakness (yes).")).to_be_visible()
    emergency = page.get_by_role("group", name=triage.questions()["emergency"].question)
    for sign in triage.questions()["emergency"].signs:
        expect(emergency.get_by_role("listitem").filter(has_text=sign["sign"])).to_be_visible()
    emergency.get_by_role("radio", name="Not sure").check()
    expect(
        page.get_by_text("The course reads it as: call the emergency number now.")
    ).to_be_visible()
    assert "?" not in page.url


def test_a_link_opens_a_case(lesson: Callable[..., Page]) -> None:
    page = lesson(DOCTOR, "preset=the-stairs")
    expect(page.locator("tr.tw-lit")).to_contain_text("Severe symptoms")


def test_the_ledger_can_be_searched(lesson: Callable[..., Page]) -> None:
    page = lesson(DOCTOR)
    rows = guide.rows("claims").values()
    expect(page.get_by_text(f"7 of {len(rows)} claims.")).to_be_visible()
    topic = page.get_by_role("group", name="Part of the guide")
    topic.get_by_role("radio", name="Any").check()
    expect(page.get_by_text(f"{len(rows)} of {len(rows)} claims.")).to_be_visible()
    verdict = page.get_by_role("group", name="What studies find")
    verdict.get_by_role("radio", name="contradicted").check()
    count = sum(row["verdict"] == "contradicts" for row in rows)
    expect(page.get_by_text(f"{count} of {len(rows)} claims.")).to_be_visible()


def test_a_plan_is_saved_by_the_browser_and_fits_one_sheet(
    lesson: Callable[..., Page], tmp_path: Path
) -> None:
    page = lesson(CARE)
    save = page.get_by_role("button", name="Save the plan to print")
    expect(save).to_be_disabled()
    for cause in care.causes().values():
        page.get_by_role("checkbox", name=cause["name"]).press("Space")
        expect(page.get_by_role("checkbox", name=cause["name"])).to_be_checked()
    expect(page.get_by_role("heading", name="Drink enough water")).to_be_visible()
    expect(page.get_by_text("For ALS (motor neurone disease) no remedy at home")).to_be_visible()
    expect(save).to_be_enabled()
    with page.expect_download() as started:
        save.click()
    assert started.value.suggested_filename == "my-plan.html"
    saved = tmp_path / "plan.html"
    started.value.save_as(saved)
    assert saved.read_text(encoding="utf-8") == care.plan(list(care.causes())).to_html()
    sheet = page.context.new_page()
    sheet.set_content(saved.read_text(encoding="utf-8"))
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.pdf(prefer_css_page_size=True))) == 1


def test_keys_reach_questions_and_ticks_in_jupyterlab(in_lab: Callable[..., Page]) -> None:
    page = in_lab(
        """
import ipywidgets
from twitchlib.widgets.checklist import Checklist, Item
from twitchlib.widgets.question import Choice, Choices, Option

question = Choices(Choice("Which?", [Option("one", "First."), Option("two", "Second.", True)]))
ticks = Checklist("What applies?", [Item("stress", "Stress"), Item("heat", "Heat")])
heard = ipywidgets.Label("nothing yet")
ticks.on_change(lambda ticked: setattr(heard, "value", f"Ticked {' and '.join(ticked)}."))
ipywidgets.VBox([question, ticks, heard])
"""
    )
    page.get_by_role("radio", name="one").press("Space")
    expect(page.get_by_text("✗ Not quite. First.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("✓ Yes. Second.")).to_be_visible()
    page.get_by_role("checkbox", name="Stress").press("Space")
    expect(page.get_by_text("Ticked stress.")).to_be_visible()
    page.get_by_role("checkbox", name="Heat").press("Space")
    expect(page.get_by_text("Ticked stress and heat.")).to_be_visible()


def test_foods_are_compared(lesson: Callable[..., Page]) -> None:
    page = lesson(CARE)
    page.get_by_role("radio", name="Magnesium").check()
    expect(page.get_by_text("Highest: pumpkin seeds")).to_be_visible()
    page.get_by_role("radio", name="100 g of each").check()
    expect(
        page.get_by_text(re.compile(r"Magnesium in 100 g: banana is number \d+"))
    ).to_be_visible()
