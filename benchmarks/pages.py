"""What a visitor waits for, downloads and leaves behind, compared with the lightest page possible.

The floor is one ipywidgets slider and one label on stock Voilà with a warm pool. Both servers run
side by side, and visits to the floor and to every lesson take turns, so that other work on the
machine affects all alike.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.browsing import FLOOR, PATIENCE_MS, READY, launch, open_page, uncover
from benchmarks.report import Row, ratio, spread
from benchmarks.servers import Server, bare, course, lessons, memory_mb

HEAVIEST = "02_twitch_types"
VISITS = 8
TABS = 20
KERNELS = 3

# What is waited for. A lesson is ready when its controls answer, seen when every output and figure
# in the window is there, and whole when all others are there, too.
FLOOR_MOMENTS = {"ready": f"document.querySelector({json.dumps(FLOOR[0])})"}
LESSON_MOMENTS = {
    "ready": 'document.documentElement?.dataset.state === "ready"',
    "seen": """
        document.readyState !== "loading"
        && [...document.querySelectorAll(".output, .tw-figure-plot")].every((part) => {
          const { top, bottom, width } = part.getBoundingClientRect();
          return !width || top >= innerHeight || bottom <= 0 || (part.matches(".output")
            ? !part.querySelector(':scope > script[type$="cell-output+json"]')
            : part.querySelector(".main-svg"));
        })
    """,
    "whole": """
        document.readyState !== "loading"
        && !document.querySelector('.output > script[type$="cell-output+json"]')
        && [...document.querySelectorAll(".tw-figure-view")].every(
          figure => figure.querySelector(".main-svg"))
    """,
}

# Records when each of the above became true for good, in seconds from the click. One may become
# false again, since a figure's place may appear only after earlier figures have been drawn.
CLOCK = """
  window.moments = {};
  const look = () => {
    for (const [name, holds] of Object.entries(holding)) {
      if (!holds()) delete window.moments[name];
      else window.moments[name] ??= performance.now() / 1000;
    }
    requestAnimationFrame(look);
  };
  look();
"""
ALL = "count => Object.keys(window.moments).length === count"
FOR_GOOD_MS = 500


def clock(moments: Mapping[str, str]) -> str:
    """Return the script that records when moments come, given a condition for each."""
    holding = ", ".join(f"{name}: () => {holds}" for name, holds in moments.items())
    return f"{{ const holding = {{ {holding} }}; {CLOCK} }}"


@dataclass
class Traffic:
    """The traffic of one page."""

    count: int = 0
    requests: int = 0
    hosts: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Count the bytes over HTTP, compressed, and over the websocket."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda e: self._add(int(e["encodedDataLength"])))
        page.on("request", lambda request: self._ask(urlsplit(request.url).netloc))
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _ask(self, host: str) -> None:
        if host:  # blobs and data URLs have none
            self.hosts.add(host)
            self.requests += 1

    def _add(self, count: int) -> None:
        self.count += count

    def _frame(self, payload: str | bytes) -> None:
        self.count += len(payload)


@dataclass
class Target:
    """A page that is visited repeatedly, and the times of its moments, s."""

    url: str
    context: BrowserContext
    moments: Mapping[str, str]
    times_s: dict[str, list[float]] = field(init=False)
    first: Traffic = field(default_factory=Traffic)

    def __post_init__(self) -> None:
        self.times_s = {name: [] for name in self.moments}
        self.context.add_init_script(clock(self.moments))

    def visit(self, *, first: bool) -> None:
        """Visit the page; the first visit fills the browser's cache and is not timed."""
        page = self.context.new_page()
        if first:
            self.first.watch(page)
        page.goto(self.url, wait_until="commit")
        page.wait_for_function(ALL, arg=len(self.moments), timeout=PATIENCE_MS)
        page.wait_for_timeout(FOR_GOOD_MS)
        page.wait_for_function(ALL, arg=len(self.moments), timeout=PATIENCE_MS)
        found: dict[str, float] = page.evaluate("window.moments")
        page.close()
        if not first:
            for name, seconds in self.times_s.items():
                seconds.append(found[name])


def rows() -> list[Row]:
    with sync_playwright() as playwright, bare() as floor, course() as ours:
        browser = launch(playwright)
        found = [
            *_ready(floor, ours, browser),
            *_bytes(ours, browser),
            _predicted(browser),
            *_memory(floor, browser),
            _left_behind(ours, browser),
        ]
        browser.close()
    return found


def _ready(floor: Server, ours: Server, browser: Browser) -> list[Row]:
    lowest = Target(floor.url, browser.new_context(), FLOOR_MOMENTS)
    targets = {
        lesson: Target(ours.page(lesson), browser.new_context(), LESSON_MOMENTS)
        for lesson in lessons()
    }
    for number in range(VISITS):
        for target in (lowest, *targets.values()):
            target.visit(first=number == 0)
            floor.settle()
            ours.settle()
    found = []
    bare_s = lowest.times_s["ready"]
    against = f"against {spread(bare_s, 's', 2)}"
    for lesson, target in targets.items():
        ready_s, seen_s, whole_s = (target.times_s[name] for name in ("ready", "seen", "whole"))
        found += [
            Row(
                f"lesson {lesson[:2]} ready ÷ bare slider page on stock Voilà",
                ratio(ready_s, bare_s),
                f"{spread(ready_s, 's', 2)} {against}",
                1.0,
            ),
            Row(
                "… what is in view seen ÷ the same",
                ratio(seen_s, bare_s),
                f"{spread(seen_s, 's', 2)} {against}",
                0.5,
            ),
            Row(
                "… all figures drawn ÷ the same",
                ratio(whole_s, bare_s),
                f"{spread(whole_s, 's', 2)} {against}",
                None,
            ),
            Row("… requests", target.first.requests, "", 40),
        ]
        target.context.close()
    lowest.context.close()
    return found


def _bytes(ours: Server, browser: Browser) -> list[Row]:
    context = browser.new_context()
    found = []
    hosts: set[str] = set()
    for what, budget in (("first visit", 2.0), ("second visit", 0.2)):
        traffic = Traffic()
        page = context.new_page()
        traffic.watch(page)
        page.goto(ours.url, wait_until="commit")
        page.wait_for_selector(READY, timeout=PATIENCE_MS)
        uncover(page)
        page.close()
        ours.settle()
        hosts |= traffic.hosts
        found.append(
            Row(f"bytes to the first figure, {what}", traffic.count / 1e6, "", budget, "MB")
        )
    context.close()
    outside = hosts - {urlsplit(ours.url).netloc}
    found.append(Row("hosts asked outside the server", len(outside), ", ".join(outside), 0))
    return found


def _predicted(browser: Browser) -> Row:
    """Measure the time from a prediction on the heaviest page to the figure that answers it."""
    seconds = []
    with course(HEAVIEST, alone=True) as server:
        for _ in range(VISITS):
            context = browser.new_context()
            page, _ready_s = open_page(context, server)
            server.settle()
            start = time.perf_counter()
            page.locator(".tw-observed button").first.click()
            page.wait_for_selector(".tw-observed .main-svg", timeout=PATIENCE_MS)
            seconds.append(time.perf_counter() - start)
            context.close()
    what = f"lesson {HEAVIEST[:2]}: from a prediction to the figure that answers it"
    return Row(what, median(seconds), spread(seconds, "s", 2), None, "s")


def _memory(floor: Server, browser: Browser) -> list[Row]:
    """Compare the kernels of visitors with those in the floor's pool."""
    floor.settle()
    plain = memory_mb(floor.processes())
    found = []
    for what, lesson, budget in (
        ("kernel memory (PSS) per visitor ÷ bare kernel", "03_triggers", 2.0),
        ("… on a page that simulates", "01_nervous_system", None),
    ):
        with course(lesson, alone=True) as alone:
            before = alone.processes()
            contexts = [browser.new_context() for _ in range(KERNELS)]
            for context in contexts:
                open_page(context, alone)
            alone.settle()
            used = memory_mb(alone.processes() - before)
            for context in contexts:
                context.close()
        detail = f"{spread(used, 'MB', 0)} against {spread(plain, 'MB', 0)}"
        found.append(Row(what, ratio(used, plain), detail, budget))
    return found


def _left_behind(ours: Server, browser: Browser) -> Row:
    ours.settle()
    before = len(ours.processes())
    contexts = [browser.new_context() for _ in range(TABS)]
    for context in contexts:
        open_page(context, ours)
    for context in contexts:
        context.close()
    closed = time.monotonic()
    while len(ours.processes()) > before and time.monotonic() - closed < 60:
        time.sleep(1)
    waited = time.monotonic() - closed
    ours.settle()
    left = len(ours.processes()) - before
    return Row(
        f"processes left after closing {TABS} tabs",
        max(0, left),
        f"{waited:.0f} s after the last closed",
        0,
    )
