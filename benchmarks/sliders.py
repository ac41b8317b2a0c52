"""Time from a key press on a slider to the visible change, on every dashboard.

The floor is one ipywidgets slider and one label on stock Voilà: its page stays open beside the
lesson's, and the two take turns, so that other work on the machine affects both alike.
"""

from collections.abc import Iterator
from itertools import cycle
from statistics import quantiles

from playwright.sync_api import Browser, ElementHandle, Page, sync_playwright

from benchmarks.browsing import FLOOR, PATIENCE_MS, launch, open_page, uncover
from benchmarks.report import Row, ratio, spread
from benchmarks.servers import Server, bare, course

KEYS = 20
ROUNDS = 3
LESSONS = ("01_nervous_system", "02_twitch_types", "03_triggers")

# Runs in the page: records the time from a key press on the slider to the visible change.
WATCH = """
(seen) => {
  window.watched?.disconnect();
  window.times = [];
  let start = null;
  window.watched = new MutationObserver(() => {
    if (start === null) return;
    const from = start;
    start = null;
    requestAnimationFrame(() => window.times.push(performance.now() - from));
  });
  window.watched.observe(seen, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  if (!window.pressed) document.addEventListener("keydown", () => window.pressed(), true);
  window.pressed = () => { start = performance.now(); };
}
"""


def rows() -> list[Row]:
    found = []
    with sync_playwright() as playwright, bare() as floor:
        browser = launch(playwright)
        label_page, _ = open_page(browser.new_context(), floor, FLOOR[0])
        for lesson in LESSONS:
            with course(lesson, alone=True) as ours:
                found += _lesson(lesson, label_page, ours, browser)
        browser.close()
    return found


def _lesson(lesson: str, label_page: Page, ours: Server, browser: Browser) -> list[Row]:
    page, _ = open_page(browser.new_context(), ours)
    uncover(page)
    ours.settle()
    found = []
    for number, dashboard in enumerate(page.query_selector_all(".tw-dashboard"), start=1):
        slider = dashboard.query_selector('.tw-asked input[type="range"]:not(.tw-volume *)')
        plot = dashboard.query_selector(".js-plotly-plot")
        if slider is None or plot is None:
            continue
        name = slider.evaluate("slider => slider.labels[0].textContent.trim()")
        found += _rows(f"lesson {lesson[:2]}, {number}: {name}", label_page, page, slider, plot)
    page.context.close()
    return found


def _rows(
    what: str, label_page: Page, page: Page, slider: ElementHandle, plot: ElementHandle
) -> list[Row]:
    label, handle = (label_page.query_selector(part) for part in FLOOR)
    assert handle is not None
    assert label is not None
    ends = cycle(("End", "Home"))
    if slider.evaluate("slider => slider.value === slider.max"):
        next(ends)
    label_ends = cycle(("End", "Home"))
    first = _press(page, slider, plot, ends, 1)
    label_ms: list[float] = []
    figure_ms: list[float] = []
    for _ in range(ROUNDS):
        label_ms += _press(label_page, handle, label, label_ends, KEYS)[2:]
        figure_ms += _press(page, slider, plot, ends, KEYS)[2:]
    p95 = [quantiles(values, n=20)[-1] for values in (label_ms, figure_ms)]
    return [
        Row(
            f"{what}: key → figure ÷ bare slider → label, median",
            ratio(figure_ms, label_ms),
            f"{spread(figure_ms, 'ms')} against {spread(label_ms, 'ms')}; first {first[0]:.0f} ms",
            2.0,
        ),
        Row("… 95th percentile", p95[1] / p95[0], f"{p95[1]:.1f} against {p95[0]:.1f} ms", 3.5),
    ]


def _press(
    page: Page, handle: ElementHandle, seen: ElementHandle, ends: Iterator[str], keys: int
) -> list[float]:
    """Move a slider from end to end, and return the milliseconds that each answer took."""
    page.evaluate(WATCH, seen)
    handle.focus()
    for pressed in range(keys):
        handle.press(next(ends))
        page.wait_for_function(
            "count => window.times.length > count", arg=pressed, timeout=PATIENCE_MS
        )
    times: list[float] = page.evaluate("window.times")
    return times
