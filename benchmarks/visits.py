"""No visit hangs: the heaviest page again and again, alone and four at a time, fast and slow."""

import time

from playwright.sync_api import TimeoutError as NeverReady
from playwright.sync_api import sync_playwright

from benchmarks.browsing import PATIENCE_MS, launch
from benchmarks.report import Row, spread
from benchmarks.servers import course

LESSON = "01_nervous_system"
VISITS = 200
TOGETHER = 4

# Every figure that the page announces has been drawn.
READY = """
() => {
  const figures = [...document.querySelectorAll(".tw-figure-view")];
  return document.documentElement?.dataset.state === "ready"
    && figures.every(figure => figure.querySelector(".main-svg"));
}
"""


def rows() -> list[Row]:
    failed = done = 0
    seconds: list[float] = []
    with sync_playwright() as playwright, course(LESSON) as server:
        browser = launch(playwright)
        while done < VISITS:
            # Eight visits of each kind in turn: alone or together, at once or after the pool has
            # refilled.
            together = TOGETHER if done // 8 % 2 else 1
            contexts = [browser.new_context() for _ in range(together)]
            pages = [context.new_page() for context in contexts]
            start = time.perf_counter()
            for page in pages:
                page.goto(server.url, wait_until="commit")
            for page in pages:
                try:
                    page.wait_for_function(READY, timeout=PATIENCE_MS)
                    seconds.append(time.perf_counter() - start)
                except NeverReady:
                    failed += 1
            for context in contexts:
                context.close()
            if done // 16 % 2:
                server.settle()
            done += together
        browser.close()
    return [
        Row(
            f"visits to our heaviest page that never became ready, of {done}",
            failed,
            spread(seconds, "s"),
            0,
        )
    ]
