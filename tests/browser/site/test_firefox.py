"""What a reader needs of a site, in Firefox: tests from other modules, run there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.site.test_editing import (  # noqa: F401 - fixtures, and tests to collect here
    editor,
    opened,
    page,
    test_printed_text_and_the_last_value_are_shown,
)
from tests.browser.site.test_lessons import (  # noqa: F401
    linked,
    test_answers_go_from_page_to_page,
    test_numbers_are_those_of_cpython,
    tour,
)
from tests.conftest import firefox

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run the installed Firefox, which Playwright controls through WebDriver BiDi."""
    executable = firefox()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.firefox.launch(channel="moz-firefox", executable_path=executable)
        yield running
        running.close()
