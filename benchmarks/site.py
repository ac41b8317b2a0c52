"""The course without a server: when a page is seen and alive, what it loads, and a slider's step.

numpy for the browser is fetched, or taken from the file that TWITCHLIB_NUMPY names.
"""

import gzip
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any, ClassVar

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from benchmarks.browsing import launch, uncover
from benchmarks.pages import ALL, LESSON_MOMENTS, clock
from benchmarks.report import Row, spread
from twitchlib.places import folder
from twitchlib.serving.cli import main
from twitchlib.serving.site.pages import LESSONS_LEFT_OUT

__all__ = ["rows"]

PATIENCE_MS = 120_000
QUICK = ("00", "03", "04", "05")
STEPS = 5
# How long a reader looks at a dashboard before moving it; its first change is prepared then.
LOOKS_MS = 2000
READY = "html[data-state=ready]"
MOMENTS = ("seen", "ready")
BOARD = ".tw-dashboard:has(.tw-stage)"
LIGHT_MS, HEAVY_MS = 80, 200
# In these lessons all sliders are moved, in the others the first of each dashboard.
WHOLE = ("01_nervous_system", "02_twitch_types", "03_triggers")
MAIN = ("05_care_and_prevention", "06_twitch_diary", "07_emg_lab")
# Dashboards whose models are light, by the settings in their code.
LIGHT = ("Habits", "Push", "Gap", "Train")
SLIDER = ".tw-asked input[type=range]:not(.tw-volume *)"
# The time from a key to the last change of a figure before it is still. If the figure never changes
# or never is still, the longest time counts.
STILL_MS, LONGEST_MS = 150, 10_000
WATCH = """
(slider, [still, longest]) => {
  const stage = slider.closest(".tw-dashboard").querySelector(".tw-stage");
  globalThis.step = new Promise((resolve) => {
    let pressed, changed, quiet;
    const press = () => {
      pressed = performance.now();
      setTimeout(resolve, longest, longest);
    };
    slider.addEventListener("keydown", press, { once: true, capture: true });
    const watch = new MutationObserver(() => {
      if (!pressed) return;
      changed = performance.now();
      clearTimeout(quiet);
      quiet = setTimeout(() => { watch.disconnect(); resolve(changed - pressed); }, still);
    });
    for (const plot of stage.querySelectorAll(".tw-figure-plot"))
      watch.observe(plot, { subtree: true, childList: true, attributes: true });
  });
}
"""
LONG = """
() => new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    globalThis.longest = Math.max(globalThis.longest ?? 0, duration);
  }
}).observe({ type: "longtask", buffered: true })
"""


class _Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[bytes]] = []

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
        """Send a file, and remember what was sent."""
        content = source.read()
        _Files.sent.append(content)
        outputfile.write(content)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def _served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as drafts:
        target = Path(drafts) / "site"
        if main(["site", str(target)]):
            raise RuntimeError("the site could not be made")
        handler = partial(_Files, directory=str(target))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()


def _visit(context: BrowserContext, address: str) -> tuple[Page, float, float]:
    """Open a page, and return it with the seconds until it was seen and until it was alive."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(READY, state="attached", timeout=PATIENCE_MS)
    page.wait_for_function(ALL, arg=len(MOMENTS), timeout=PATIENCE_MS)
    moments = page.evaluate("window.moments")
    return page, moments["seen"], moments["ready"]


def rows() -> Iterator[Row]:
    with _served() as home, sync_playwright() as playwright:
        browser = launch(playwright)
        for name in _lessons():
            yield from _lesson(browser, home, name)
        browser.close()


def _reader(browser: Browser, **how: Any) -> BrowserContext:
    """Return a context whose pages record their moments and their longest task."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **how)
    context.add_init_script(clock({name: LESSON_MOMENTS[name] for name in MOMENTS}))
    context.add_init_script(f"({LONG})()")
    return context


def _lessons() -> list[str]:
    found = sorted(folder("notebooks").glob("*.ipynb"))
    return [path.stem for path in found if path.name not in LESSONS_LEFT_OUT]


def _lesson(browser: Browser, home: str, name: str) -> Iterator[Row]:
    context = _reader(browser)
    page, seen, alive = _visit(context, f"{home}{name}.html")
    longest = page.evaluate("globalThis.longest ?? 0")
    moved = [*_sliders(page, name)] if name in (*WHOLE, *MAIN) else []
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()
    _Files.sent.clear()
    page, _, again = _visit(context, f"{home}{name}.html")
    second = [*_Files.sent]
    yield Row(f"{name}: seen", seen, "", 0.5, "s")
    budget_s = 5 if name[:2] in QUICK else 7
    yield Row(f"{name}: alive", alive, f"second visit {again:.1f} s", budget_s, "s")
    yield Row(f"{name}: longest task of the page", longest, "", 50, "ms")
    if name.startswith("00"):
        # Without the service worker, which fetches the rest of the course once the page is alive.
        alone = _reader(browser, service_workers="block")
        _Files.sent.clear()
        _visit(alone, f"{home}{name}.html")
        first = [*_Files.sent]
        alone.close()
        small = [min(content, gzip.compress(content), key=len) for content in first]
        yield Row("first visit, not compressed", _mb(first), "", 22, "MB")
        yield Row("first visit, compressed", _mb(small), "", 10, "MB")
        yield Row("second visit", _mb(second), "", 0.1, "MB")
    yield from moved
    context.close()


def _mb(sent: Iterable[bytes]) -> float:
    return sum(map(len, sent)) / 1e6


def _sliders(page: Page, name: str) -> Iterator[Row]:
    page.evaluate("typeof folds === 'undefined' || folds.openAll()")
    uncover(page)
    for board in page.locator(BOARD).all():
        if not board.locator(".tw-figure-plot").count():
            continue
        light = any(board.locator(f"#tw-code-{settings}").count() for settings in LIGHT)
        budget_ms = LIGHT_MS if light else HEAVY_MS
        sliders = [one for one in board.locator(SLIDER).all() if one.is_visible()]
        page.wait_for_timeout(LOOKS_MS)
        for number, slider in enumerate(sliders if name in WHOLE else sliders[:1]):
            what = slider.evaluate("(slider) => slider.labels[0].textContent.trim()")
            first, *steps = _steps(page, slider)
            label = f"{name[:2]}, {what}: step"
            yield Row(label, median(steps), spread(steps, "ms", 0), budget_ms, "ms")
            if not number:
                yield Row("… first change of the dashboard", first, "", HEAVY_MS, "ms")


def _steps(page: Page, slider: Locator) -> list[float]:
    """Return the milliseconds from a key on a slider to the figure that follows it."""
    slider.scroll_into_view_if_needed()
    keys = ["ArrowRight", "ArrowLeft"]
    if slider.evaluate("(slider) => slider.value === slider.max"):
        keys.reverse()
    found = []
    for step in range(STEPS + 1):
        slider.evaluate(WATCH, [STILL_MS, LONGEST_MS])
        slider.press(keys[step % 2])
        found.append(float(page.evaluate("globalThis.step")))
    return found
