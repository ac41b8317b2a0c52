"""Lessons without a server: restored, computed, linked and downloaded."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import expect_same
from tests.browser.site.conftest import Open, opening
from tests.conftest import Visit
from twitchlib.quantity import describe
from twitchlib.snapshot.qr import qr_svg
from twitchlib.widgets import NervousSystem

pytestmark = pytest.mark.browser

BOARD = ".tw-dashboard:has(.tw-stage)"


@pytest.fixture(scope="module")
def linked(site: str, reader: BrowserContext) -> Iterator[Page]:
    """Return a lesson that was opened by a link to one of its states."""
    with opening(site, reader) as open_:
        yield open_("01_nervous_system", "?effort_percent=40").page


@pytest.fixture(scope="module")
def tour() -> NervousSystem:
    """Return the tour of that lesson, in this Python."""
    return NervousSystem()


def test_what_is_done_before_python_is_ready_takes_effect_later(lesson: Open) -> None:
    page = lesson("03_triggers", ready=False).page
    page.locator("html[data-state=seen]").wait_for(state="attached")
    page.locator(".tw-observed").first.get_by_role("button", name="Show me anyway").click()
    expect(page.locator("html")).not_to_have_attribute("data-state", "ready")
    expect(page.get_by_role("slider", name=re.compile("^Caffeine")).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-state", "ready")


def test_a_link_restores_a_state(linked: Page, tour: NervousSystem) -> None:
    tour.movement.controls.set(effort_percent=40)
    expect_same(linked.locator(BOARD).nth(tour.stops.index("movement")), tour.movement)


def test_numbers_are_those_of_cpython(linked: Page, tour: NervousSystem) -> None:
    stop = tour.axon
    field, known = next(iter(describe(type(stop.controls.value)).items()))
    board = linked.locator(BOARD).first
    board.get_by_role("slider", name=re.compile(f"^{re.escape(known.label)}(,|$)")).press("End")
    stop.controls.set(**{field: known.high})
    expect_same(board, stop)
    drawn = board.locator(".js-plotly-plot").first.evaluate(
        "(plot) => plot.data.map(({ y }) => Array.from(y ?? []))"
    )
    leaves = stop.views[0]._leaves
    for number, heights in enumerate(drawn):
        leaf = leaves.get(f"data.{number}.y")
        if isinstance(leaf, dict):
            expected = np.frombuffer(leaf["bdata"], dtype=leaf["dtype"])
            np.testing.assert_allclose(heights, expected, rtol=1e-9, atol=1e-9)


def test_answers_go_from_page_to_page(lesson: Open) -> None:
    page = lesson("03_triggers", covered=True).page
    page.get_by_label("Only Mina").check()
    page.get_by_role("button", name="I predict this").first.click()
    expect(page.locator(".tw-observed").first).to_contain_text("You predicted")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-state", "ready")
    expect(page.locator(".tw-observed").first).to_contain_text("You predicted")
    page.get_by_role("link", name="Previous").first.click()
    page.wait_for_url("**/02_twitch_types.html")


def test_without_scripts_the_text_is_there(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}01_nervous_system.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for text in page.locator("#lesson .prose > p").all():
        expect(text).to_be_visible()
    context.close()


@pytest.mark.parametrize("name", ["index", "instructor", "notes_03_triggers"])
def test_the_links_of_the_other_pages_are_not_broken(
    site: str, page_at: Callable[..., Visit], files: Path, name: str
) -> None:
    visit = page_at(f"{site}{name}.html", ready=False)
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    for link in visit.page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.href)"):
        path = urlsplit(link).path.rpartition("/")[2] or "index.html"
        assert (files / path).is_file(), link
    assert visit.problems == []


def test_the_instructors_page_makes_links_and_their_qr_codes(
    site: str, page_at: Callable[..., Visit]
) -> None:
    visit = page_at(f"{site}instructor.html", ready=False)
    page = visit.page
    step = page.locator("#to option[value*='#']").first.get_attribute("value")
    page.get_by_label("Lesson and step").select_option(step)
    page.get_by_label("State, if you want one").fill(
        "http://there/x.html?preset=exam-week&present#y"
    )
    page.get_by_role("button", name="Make the link").click()
    made = page.locator(".link-made")
    address = made.get_by_role("link").get_attribute("href")
    assert address == f"{site}{step}".replace("#", "?preset=exam-week&present#")
    expect(made.locator("svg")).to_have_count(1)
    drawn = made.locator("svg path").last.get_attribute("d")
    assert drawn is not None
    assert drawn in qr_svg(address)
    assert visit.problems == []


def test_a_lesson_can_be_downloaded_as_a_notebook(lesson: Open) -> None:
    page = lesson("00_start_here", ready=False).page
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this lesson as a notebook").click()
    assert download.value.suggested_filename == "00_start_here.ipynb"
    assert json.loads(download.value.path().read_text(encoding="utf-8"))["cells"]
