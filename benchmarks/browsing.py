"""A browser, and the elements it waits for on the compared pages."""

import shutil
import time

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.servers import Server

__all__ = ["FLOOR", "PATIENCE_MS", "READY", "launch", "open_page", "uncover"]

PATIENCE_MS = 30_000

# On the bare page: the element that shows that it is ready, and the slider's handle.
FLOOR = (".widget-vbox > .widget-label", ".noUi-handle")
READY = ':root[data-state="ready"]'

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    return playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    )


def open_page(context: BrowserContext, server: Server, ready: str = READY) -> tuple[Page, float]:
    """Visit a page, and return it with the seconds until it was ready."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url, wait_until="commit")
    page.wait_for_selector(ready, timeout=PATIENCE_MS)
    return page, time.perf_counter() - start


def uncover(page: Page) -> None:
    """Show everything that waits for a prediction, and wait for its figures."""
    page.evaluate("""
        for (const one of document.querySelectorAll(".tw-observed")) {
          if (one.childElementCount < 2) one.querySelector("button").click();
        }
    """)
    page.wait_for_function(
        """
        () => {
          const each = (name, holds) => [...document.querySelectorAll(name)].every(holds);
          return each(".tw-observed", (one) => one.childElementCount > 1)
            && each(".tw-figure-view", (one) =>
              !one.checkVisibility() || one.querySelector(".main-svg"));
        }
        """,
        timeout=PATIENCE_MS,
    )
