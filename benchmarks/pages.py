"""What a visitor waits for, downloads and leaves behind, beside the lightest page there is.

The floor is one ipywidgets slider and one label on stock Voilà with a warm pool. Both servers run
side by side, and visits alternate, so that whatever else the machine does touches both alike.
"""

import shutil
import time
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from benchmarks.report import Row, ratio, spread
from benchmarks.servers import Server, bare, course

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
VISITS = 8
KEYS = 60
TABS = 20
PATIENCE_MS = 30_000

OURS = (".js-plotly-plot .main-svg", 'input[type="range"]')
FLOOR = (".widget-vbox > .widget-label", ".noUi-handle")

# Runs in the page: notes the time from a key that moves the slider to the change a reader sees.
LATENCY = """
([seen, handle]) => {
  window.times = [];
  let start = null;
  new MutationObserver(() => {
    if (start === null) return;
    const from = start;
    start = null;
    requestAnimationFrame(() => window.times.push(performance.now() - from));
  }).observe(document.querySelector(seen), {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  document.addEventListener("keydown", () => { start = performance.now(); }, true);
  document.querySelector(handle).focus();
}
"""


@dataclass
class Traffic:
    """What one page asked for."""

    count: int = 0
    hosts: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """Count what goes over HTTP, as compressed, and over the websocket."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda e: self._add(int(e["encodedDataLength"])))
        page.on("request", lambda request: self._ask(urlsplit(request.url).netloc))
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _ask(self, host: str) -> None:
        if host:  # what the page made itself has none
            self.hosts.add(host)

    def _add(self, count: int) -> None:
        self.count += count

    def _frame(self, payload: str | bytes) -> None:
        self.count += len(payload)


def rows() -> list[Row]:
    with sync_playwright() as playwright, bare() as floor, course() as ours:
        browser = launch(playwright)
        visits = _ready([(floor, FLOOR), (ours, OURS)], browser)
        found = [
            Row(
                "warm page ready ÷ bare slider page on stock Voilà",
                ratio(visits[1], visits[0]),
                f"{spread(visits[1], 's', 2)} against {spread(visits[0], 's', 2)}",
                1.0,
            ),
            *_latency(floor, ours, browser),
            *_bytes(ours, browser),
            _memory(floor, ours, browser),
            _left_behind(ours, browser),
        ]
        browser.close()
    return found


def launch(playwright: Playwright) -> Browser:
    """Start the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    )


def open_page(context: BrowserContext, server: Server, ready: str) -> tuple[Page, float]:
    """Visit a page, and return it with the seconds until it was ready."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url, wait_until="commit")
    page.wait_for_selector(ready, timeout=PATIENCE_MS)
    return page, time.perf_counter() - start


def _ready(pages: list[tuple[Server, tuple[str, str]]], browser: Browser) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in pages]
    contexts = [browser.new_context() for _ in pages]
    for _ in range(VISITS):
        for number, (server, (shown, _handle)) in enumerate(pages):
            page, seconds = open_page(contexts[number], server, shown)
            times[number].append(seconds)
            page.close()
            server.settle()
    for context in contexts:
        context.close()
    return [seconds[1:] for seconds in times]  # the first fills the browser's cache


def _latency(floor: Server, ours: Server, browser: Browser) -> list[Row]:
    milliseconds = []
    for server, (shown, handle) in ((floor, FLOOR), (ours, OURS)):
        context = browser.new_context()
        page, _ = open_page(context, server, shown)
        page.evaluate(LATENCY, [shown, handle])
        for pressed in range(KEYS):
            page.keyboard.press("Home" if pressed % 2 else "End")
            page.wait_for_function("count => window.times.length > count", arg=pressed)
        milliseconds.append(page.evaluate("window.times")[5:])
        context.close()
        server.settle()
    label, figure = milliseconds
    p95 = [quantiles(values, n=20)[-1] for values in milliseconds]
    return [
        Row(
            "slider key → figure repainted ÷ bare slider → label, median",
            ratio(figure, label),
            f"{spread(figure, 'ms')} against {spread(label, 'ms')}",
            2.0,
        ),
        Row("… 95th percentile", p95[1] / p95[0], f"{p95[1]:.1f} against {p95[0]:.1f} ms", 3.5),
    ]


def _bytes(ours: Server, browser: Browser) -> list[Row]:
    context = browser.new_context()
    found = []
    hosts: set[str] = set()
    for what, budget in (("first visit", 7.0), ("second visit", 2.0)):
        traffic = Traffic()
        page = context.new_page()
        traffic.watch(page)
        page.goto(ours.url, wait_until="commit")
        page.wait_for_selector(OURS[0], timeout=PATIENCE_MS)
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


def _memory(floor: Server, ours: Server, browser: Browser) -> Row:
    uss = []
    for server, (shown, _handle) in ((floor, FLOOR), (ours, OURS)):
        context = browser.new_context()
        open_page(context, server, shown)
        server.settle()
        uss.append([kernel.memory_full_info().uss / 2**20 for kernel in server.kernels()])
        context.close()
        server.settle()
    return Row(
        "kernel memory (USS) per visitor ÷ bare kernel",
        max(uss[1]) / median(uss[0]),
        f"{spread(uss[1], 'MB', 0)} against {spread(uss[0], 'MB', 0)}",
        2.0,
    )


def _left_behind(ours: Server, browser: Browser) -> Row:
    ours.settle()
    pool = len(ours.kernels())
    contexts = [browser.new_context() for _ in range(TABS)]
    for context in contexts:
        open_page(context, ours, OURS[0])
    for context in contexts:
        context.close()
    closed = time.monotonic()
    while len(ours.kernels()) > pool and time.monotonic() - closed < 60:
        time.sleep(1)
    ours.settle()
    left = len(ours.kernels()) - pool
    waited = time.monotonic() - closed
    return Row(
        f"kernels left after closing {TABS} tabs, beyond the pool",
        max(0, left),
        f"{waited:.0f} s after the last closed",
        0,
    )
