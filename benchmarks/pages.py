"""What a visitor waits for, downloads and leaves behind, against the lightest page there is.

The floor is one ipywidgets slider and one label on stock Voilà with a warm pool. Both servers run
side by side, and visits alternate, so that whatever else the machine does touches both alike.
"""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browsing import FLOOR, OURS, PATIENCE_MS, launch, open_page
from benchmarks.report import Row, ratio, spread
from benchmarks.servers import Server, bare, course

VISITS = 8
TABS = 20


@dataclass
class Traffic:
    """The traffic of one page."""

    count: int = 0
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

    def _add(self, count: int) -> None:
        self.count += count

    def _frame(self, payload: str | bytes) -> None:
        self.count += len(payload)


def rows() -> list[Row]:
    with sync_playwright() as playwright, bare() as floor, course() as ours:
        browser = launch(playwright)
        visits = _ready([(floor, FLOOR[0]), (ours, OURS[0])], browser)
        found = [
            Row(
                "warm page ready ÷ bare slider page on stock Voilà",
                ratio(visits[1], visits[0]),
                f"{spread(visits[1], 's', 2)} against {spread(visits[0], 's', 2)}",
                1.0,
            ),
            *_bytes(ours, browser),
            *_memory(floor),
            _left_behind(ours, browser),
        ]
        browser.close()
    return found


def _ready(pages: list[tuple[Server, str]], browser: Browser) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in pages]
    contexts = [browser.new_context() for _ in pages]
    for _ in range(VISITS):
        for number, (server, shown) in enumerate(pages):
            page, seconds = open_page(contexts[number], server, shown)
            times[number].append(seconds)
            page.close()
            server.settle()
    for context in contexts:
        context.close()
    return [seconds[1:] for seconds in times]  # the first fills the browser's cache


def _bytes(ours: Server, browser: Browser) -> list[Row]:
    context = browser.new_context()
    found = []
    hosts: set[str] = set()
    for what, budget in (("first visit", 2.0), ("second visit", 0.2)):
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


def _memory(floor: Server) -> list[Row]:
    """Compare kernels of servers with a single lesson; the pool keeps two of each."""
    plain = _kernels_mb(floor)
    found = []
    for what, lesson, budget in (
        ("kernel memory (USS) per visitor ÷ bare kernel", "03_triggers", 2.0),
        ("… on a page that simulates", "01_nervous_system", None),
    ):
        with course(lesson, alone=True) as alone:
            used = _kernels_mb(alone)
        detail = f"{spread(used, 'MB', 0)} against {spread(plain, 'MB', 0)}"
        found.append(Row(what, ratio(used, plain), detail, budget))
    return found


def _kernels_mb(server: Server) -> list[float]:
    server.settle()
    return [kernel.memory_full_info().uss / 2**20 for kernel in server.kernels()]


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
