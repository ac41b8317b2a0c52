"""A class at once: twenty visitors moving sliders for a minute, and fifty coming and going."""

import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.browsing import OURS, PATIENCE_MS, launch
from benchmarks.report import Row, spread
from benchmarks.servers import Server, course

CLASS = 20
MOVING_S = 60
STAY = 10
PASS = 50


def rows() -> list[Row]:
    errors: list[str] = []
    with sync_playwright() as playwright, course() as server:
        browser = launch(playwright)
        before_mb = _memory_mb(server)

        def visit() -> Page:
            page = browser.new_context().new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("requestfailed", lambda request: errors.append(request.url))
            page.goto(server.url, wait_until="commit", timeout=4 * PATIENCE_MS)
            page.wait_for_selector(OURS[0], timeout=4 * PATIENCE_MS)
            return page

        pages = [visit() for _ in range(CLASS)]
        each_mb = (_memory_mb(server) - before_mb) / CLASS
        answers = _move(pages, errors)
        for page in pages[STAY:]:
            page.context.close()
        for _ in range(PASS):
            visit().context.close()
        for page in pages[:STAY]:
            page.context.close()
        browser.close()
        left = _wait_for(server, before_mb)
    return [
        Row(f"errors, {CLASS} visitors at once and {PASS} after them", len(errors), "", 0),
        Row("answer to a slider with the whole class moving", answers[0], answers[1], unit="s"),
        Row("memory for each visitor", each_mb, "unique to server and kernels", unit="MB"),
        Row("visitors that a gigabyte holds", 1024 / each_mb, ""),
        Row("memory kept after all have left ÷ before", left, "", 1.25),
    ]


def _move(pages: list[Page], errors: list[str]) -> tuple[float, str]:
    """Move every page's slider in turn, and return how long an answer takes."""
    seconds: list[float] = []
    end = time.monotonic() + MOVING_S
    rounds = 0
    while time.monotonic() < end:
        rounds += 1
        key = "End" if rounds % 2 else "Home"
        wanted = "One habit stands out: caffeine" if rounds % 2 else "No habit stands out"
        start = time.perf_counter()
        for page in pages:
            page.locator(OURS[1]).first.press(key)
        for page in pages:
            shown = page.locator(".tw-figure-title", has_text=wanted).first
            try:
                shown.wait_for(timeout=PATIENCE_MS)
            except Exception as error:  # noqa: BLE001 - any error is counted
                errors.append(str(error))
        seconds.append(time.perf_counter() - start)
    middle = sorted(seconds)[len(seconds) // 2]
    return middle, f"all {len(pages)} pages, {spread(seconds, 's', 2)}"


def _memory_mb(server: Server) -> float:
    processes = [server.process, *server.kernels()]
    return sum(process.memory_full_info().uss for process in processes) / 2**20


def _wait_for(server: Server, before_mb: float) -> float:
    """Return memory in use relative to before, once it has come down or after a minute."""
    end = time.monotonic() + 60
    while True:
        share = _memory_mb(server) / before_mb
        if share <= 1.1 or time.monotonic() > end:
            return share
        time.sleep(2)
