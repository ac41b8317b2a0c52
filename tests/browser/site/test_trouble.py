"""What a page says if its Python fails, and what it keeps from others."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_page_whose_python_ends_says_so_and_begins_again(
    site: str, page_at: Callable[..., Visit]
) -> None:
    page = page_at(f"{site}03_triggers.html", covered=True).page
    (worker,) = page.workers
    worker.evaluate("() => self.close()")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Python has stopped on this page")
    trouble.get_by_role("button", name="Start again").click()
    page.locator("html[data-state=ready]").wait_for(state="attached")
    expect(trouble).to_be_hidden()


def test_a_page_whose_python_does_not_arrive_says_so(
    site: str, page_at: Callable[..., Visit], browser: Browser
) -> None:
    context = browser.new_context()
    context.route("**/memory.bin", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{site}03_triggers.html")
    expect(page.locator("#trouble")).to_contain_text("Python has stopped on this page")
    context.close()


def test_a_page_loads_nothing_from_elsewhere_and_runs_only_its_own_scripts(
    site: str, page_at: Callable[..., Visit]
) -> None:
    visit = page_at(f"{site}00_start_here.html")
    refused = visit.page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "globalThis.intruded = true";
          document.head.append(script);
          const asked = await fetch("https://elsewhere.example/").then(() => true, () => false);
          return [Boolean(globalThis.intruded), asked];
        }"""
    )
    assert refused == [False, False]
    assert visit.hosts <= {urlsplit(site).netloc, ""}


def test_the_worker_obeys_the_pages_policy(site: str, page_at: Callable[..., Visit]) -> None:
    visit = page_at(f"{site}00_start_here.html")
    (worker,) = visit.page.workers
    asked = "() => fetch('https://elsewhere.example/').then(() => true, () => false)"
    assert worker.evaluate(asked) is False
    assert visit.hosts <= {urlsplit(site).netloc, ""}
