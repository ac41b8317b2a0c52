"""What axe-core finds on the real pages, and whether the keyboard alone suffices."""

import itertools
import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Visit
from twitchlib import guide
from twitchlib.places import folder

pytestmark = pytest.mark.browser

AXE = folder("notebooks").parent / "node_modules/axe-core/axe.min.js"
PAGES = ["", *(f"voila/render/{name}.ipynb" for name in guide.rows("lessons"))]


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the source of axe-core; without it skip, or fail if browser tests are required."""
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    missing = "axe-core is not there: run npm ci"
    if os.environ.get("TWITCHLIB_BROWSER_TESTS") == "required":
        pytest.fail(missing)
    pytest.skip(missing)


# What a finger on a phone would miss. A choice can also be tapped on its label.
SMALL = """() => [...document.querySelectorAll(
    "button, summary, select, textarea, input, label:has(input)"
  )]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }))
  .filter((part) => !(part.matches("input") && part.closest("label")))
  .filter((part) => part.getBoundingClientRect().height < 39.5)
  .map((part) => part.outerHTML)"""


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core objects to, one line for each place."""
    # Halfway from light to dark a colour may have too little contrast.
    page.wait_for_function("document.getAnimations().every((a) => a.playState !== 'running')")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['html']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def unfold(page: Page) -> None:
    """Open everything that is folded, since axe ignores hidden content."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_the_page_fits_at_200_percent_and_on_a_phone(
    course: str, page_at: Callable[..., Visit], axe: str, path: str
) -> None:
    visit = page_at(course + path)
    page = visit.page
    assert violations(page, axe) == []
    unfold(page)
    assert violations(page, axe) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    assert violations(page, axe) == []
    # At 200 % a window of 1280 pixels has room for 640; a phone has about 390.
    for width in (640, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert not visit.scrolls_sideways
    assert page.evaluate(SMALL) == []


FOCUSED = """
() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const { top } = element.getBoundingClientRect();
  const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  return {
    name: name ?? element.textContent,
    tag: element.tagName,
    // A slider shows its focus around its thumb, whose style no script can read.
    outlined: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.getPropertyValue("--tw-ring") !== "",
    top: top + scrollY,
  };
}
"""


def tab_to(page: Page, words: str, tag: str) -> list[dict[str, Any]]:
    """Press Tab until an element with this name and tag has the focus; return every stop."""
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        if stops[-1]["tag"] == tag and words in stops[-1]["name"]:
            return stops
    pytest.fail(f"{words} cannot be reached by keyboard, only {[stop['name'] for stop in stops]}")


def test_a_lesson_works_by_keyboard_alone(lesson: Callable[..., Page]) -> None:
    page = lesson("03_triggers")
    walked = tab_to(page, "Skip to the lesson", "A")
    assert len(walked) == 1, "the skip link comes first"
    page.keyboard.press("Enter")

    stops = tab_to(page, "Exam week", "BUTTON")
    page.keyboard.press("Enter")
    caffeine = page.get_by_role("slider", name="Caffeine").first
    expect(caffeine).to_have_value("520")

    stops += tab_to(page, "Caffeine", "INPUT")
    while stops[-1]["name"] and page.evaluate("document.activeElement.type") != "range":
        stops += tab_to(page, "Caffeine", "INPUT")
    page.keyboard.press("Home")
    expect(caffeine).to_have_value("0")

    stops += tab_to(page, "Keep this week to compare", "BUTTON")
    page.keyboard.press("Space")
    expect(page.get_by_text("The same as the week you kept.")).to_be_visible()

    assert [stop for stop in stops if not stop["outlined"] and stop["tag"] != "BODY"] == []
    tops = [stop["top"] for stop in stops]
    # The panel is beside the figure, so the focus moves down the panel and then up once.
    assert sum(later < earlier - 40 for earlier, later in itertools.pairwise(tops)) <= 3
