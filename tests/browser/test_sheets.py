"""The worksheets on paper: one page for the class, and the key on the next."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Visit
from twitchlib import guide

pytestmark = pytest.mark.browser

A4_PX = (794 - 2 * 16 * 96 / 25.4, 1123 - 2 * 14 * 96 / 25.4)  # within the margins


@pytest.fixture(params=list(guide.rows("sessions")))
def sheet(request: pytest.FixtureRequest, course: str, page_at: Callable[..., Visit]) -> Page:
    return page_at(f"{course}instructor/sheets/{request.param}").page


def test_a_sheet_prints_on_two_pages_of_which_the_second_is_the_key(sheet: Page) -> None:
    paper = sheet.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
    sheet.set_viewport_size({"width": round(A4_PX[0]), "height": round(A4_PX[1])})
    sheet.emulate_media(media="print")
    heights = sheet.locator(".sheet").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert max(heights) < A4_PX[1]
    expect(sheet.locator(".masthead, .colophon, .sheet-bar").first).to_be_hidden()
    assert sheet.locator(".key").evaluate("key => getComputedStyle(key).breakBefore") == "page"


def test_a_sheet_fits_a_phone(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 390, "height": 800})
    assert sheet.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_link_of_a_plan_opens_its_step_with_the_answer_covered(
    course: str, page_at: Callable[..., Visit]
) -> None:
    page = page_at(f"{course}instructor/sessions/axon-and-salts").page
    page.get_by_role("link", name="Axon: all or nothing").click()
    page.wait_for_url("**/01_nervous_system.ipynb?path=core&present#Axon:-all-or-nothing")
    place = page.locator("#present-place")
    expect(place).to_contain_text("Axon: all or nothing")
    expect(page.locator(".js-plotly-plot:visible")).to_have_count(0)
