"""A browser, and the elements it waits for on the compared pages."""

import shutil
import time

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.servers import Server

__all__ = ["FLOOR", "OURS", "PATIENCE_MS", "launch", "open_page"]

PATIENCE_MS = 30_000

# The element that shows that a page is ready, and its slider.
OURS = (".js-plotly-plot .main-svg", 'input[type="range"]')
FLOOR = (".widget-vbox > .widget-label", ".noUi-handle")

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    return playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    )


def open_page(context: BrowserContext, server: Server, ready: str = OURS[0]) -> tuple[Page, float]:
    """Visit a page, and return it with the seconds until it was ready."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url, wait_until="commit")
    page.wait_for_selector(ready, timeout=PATIENCE_MS)
    return page, time.perf_counter() - start
