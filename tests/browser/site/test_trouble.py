"""What a page says if its Python fails, and what its policy blocks."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def alive(site: str, reader: BrowserContext) -> Iterator[Page]:
    """Return a lesson that these tests share, without the check that nothing went wrong."""
    page = visit(reader.new_page(), f"{site}00_start_here.html").page
    yield page
    page.close()


def test_a_page_loads_nothing_from_elsewhere_and_runs_only_its_own_scripts(alive: Page) -> None:
    refused = alive.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "globalThis.intruded = true";
          document.head.append(script);
          const asked = await fetch("https://elsewhere.example/").then(() => true, () => false);
          return [Boolean(globalThis.intruded), asked];
        }"""
    )
    assert refused == [False, False]


def test_the_worker_obeys_the_pages_policy(alive: Page) -> None:
    (worker,) = alive.workers
    asked = "() => fetch('https://elsewhere.example/').then(() => true, () => false)"
    assert worker.evaluate(asked) is False


def test_a_page_whose_python_ends_says_so_and_starts_again(alive: Page) -> None:
    (worker,) = alive.workers
    worker.evaluate("() => self.close()")
    trouble = alive.locator("#trouble")
    expect(trouble).to_contain_text("Python has stopped on this page")
    trouble.get_by_role("button", name="Start again").click()
    alive.locator("html[data-state=ready]").wait_for(state="attached")
    expect(trouble).to_be_hidden()


def missing(route: Route) -> None:
    """Abort the request."""
    route.abort()


def damaged(route: Route) -> None:
    """Send the file with one bit flipped near its end, in the tables."""
    answer = route.fetch()
    content = bytearray(answer.body())
    content[-1000] ^= 1
    route.fulfill(response=answer, body=bytes(content))


@pytest.mark.parametrize("how", [missing, damaged])
def test_a_page_whose_python_does_not_arrive_says_so(
    site: str, browser: Browser, how: Callable[[Route], None]
) -> None:
    context = browser.new_context()
    context.route("**/python.bin", how)
    page = context.new_page()
    page.goto(f"{site}03_triggers.html")
    expect(page.locator("#trouble")).to_contain_text("Python has stopped on this page")
    context.close()
