"""The shown code can be changed and run on the page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.site.conftest import opening

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(site: str, reader: BrowserContext) -> Iterator[Page]:
    """Return a lesson that all these tests share."""
    with opening(site, reader) as open_:
        yield open_("01_nervous_system").page


@pytest.fixture(scope="module")
def opened(page: Page) -> Locator:
    details = page.locator("details:has(> .tw-editor)").first
    details.locator("summary").first.click()
    details.get_by_role("button", name="Edit and run this code").click()
    expect(details.get_by_label("Your code")).to_be_focused()
    assert details.get_by_label("Your code").evaluate("(code) => code.selectionEnd") == 0
    return details


@pytest.fixture
def editor(opened: Locator) -> Locator:
    """Return the code of the first dashboard, open for editing and reset."""
    opened.get_by_role("button", name="Reset the code").click()
    return opened


def _run(editor: Locator, code: str) -> None:
    place = editor.get_by_label("Your code")
    place.fill(code)
    place.press("Control+Enter")


def test_the_shown_code_draws_the_figure(editor: Locator) -> None:
    editor.get_by_role("button", name="Run").click()
    expect(editor.get_by_role("status").first).to_contain_text("Done")
    expect(editor.locator(".js-plotly-plot .main-svg").first).to_be_visible()


def test_printed_text_and_the_last_value_are_shown(editor: Locator) -> None:
    _run(editor, "print('three')\n2 + 2")
    expect(editor.locator(".tw-editor-outputs")).to_have_text(re.compile(r"three\s*4"))


def test_an_error_is_shown_with_its_line_and_names_are_not_kept(editor: Locator) -> None:
    _run(editor, "x = 1\nfrom twitchlib import risk\nrisk.Habits(sleep_h=480)")
    expect(editor.get_by_role("alert")).to_have_text(
        re.compile(r"^Line 3: .*sleep_h = 480: must be")
    )
    _run(editor, "x")
    expect(editor.get_by_role("alert")).to_have_text(re.compile("^Line 1: NameError"))
    _run(editor, "[0] * 2**30")
    expect(editor.get_by_role("alert")).to_have_text("Line 1: MemoryError")
    _run(editor, "1 +")
    expect(editor.get_by_role("alert")).to_have_text(re.compile("^Line 1: SyntaxError"))


def test_an_endless_loop_is_stopped_and_the_lesson_goes_on(page: Page, editor: Locator) -> None:
    _run(editor, "while True: pass")
    expect(editor.get_by_role("status").first).to_have_text("Running …")
    editor.get_by_role("button", name="Stop").click()
    expect(editor.get_by_role("status").first).to_contain_text("The lesson goes on")
    _run(editor, "6 * 7")
    expect(editor.locator(".tw-editor-outputs")).to_contain_text("42")
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_slider_changes_the_code_until_the_reader_does(page: Page, editor: Locator) -> None:
    code = editor.get_by_label("Your code")
    first = code.input_value()
    board = page.locator(".tw-dashboard", has=editor).first
    slider = board.locator(".tw-asked input[type=range]").first
    slider.press("End")
    expect(code).not_to_have_value(first)
    code.fill("mine")
    slider.press("Home")
    expect(editor.locator("pre code").first).not_to_have_text(first)
    expect(code).to_have_value("mine")
    editor.get_by_role("button", name="Reset the code").click()
    expect(code).to_have_value(editor.locator("pre code").first.text_content() or "")


def test_a_module_that_is_rarely_needed_is_fetched(editor: Locator) -> None:
    _run(editor, "import decimal\ndecimal.Decimal(1) / 4")
    expect(editor.locator(".tw-editor-outputs")).to_contain_text("0.25")
