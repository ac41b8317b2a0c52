"""A first visit over slow, emulated connections: time until it can be read, and until it is alive.

Each visitor has a connection of their own, shared by HTTP and the websocket. Times are measured by
the page, from the click.
"""

from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browsing import launch
from benchmarks.report import Row, spread
from benchmarks.servers import Server, course

LESSONS = ("01_nervous_system", "03_triggers")
VISITS = 3
PATIENCE_MS = 600_000

READ = "performance.getEntriesByName('twitchlib-legible')[0].startTime / 1000"
ALIVE = """
document.documentElement?.dataset.state === 'ready' && performance.now() / 1000
"""


@dataclass(frozen=True)
class Line:
    """A connection, and the time budgets on it."""

    name: str
    kbit_s: int
    latency_ms: int
    read_s: float
    alive_s: float | None

    def emulate(self, page: Page) -> None:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        rate = dict.fromkeys(("downloadThroughput", "uploadThroughput"), self.kbit_s * 125)
        conditions = {"offline": False, "latency": self.latency_ms, **rate}
        wire.send("Network.emulateNetworkConditions", conditions)


LINES = (
    Line("50 kbit/s, 2 s latency", 50, 2000, read_s=10, alive_s=None),
    Line("1 Mbit/s, 100 ms latency", 1000, 100, read_s=10, alive_s=10),
)


def rows() -> list[Row]:
    found = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for lesson in LESSONS:
            with course(lesson) as server:
                for line in LINES:
                    found += _rows(browser, server, lesson, line)
        browser.close()
    return found


def _rows(browser: Browser, server: Server, lesson: str, line: Line) -> list[Row]:
    visits = [_visit(browser, server, line) for _ in range(VISITS)]
    read, alive = map(list, zip(*visits, strict=True))
    where = f"lesson {lesson[:2]}, first visit, {line.name}"
    return [
        Row(f"text there: {where}", median(read), spread(read, "s"), line.read_s, "s"),
        Row(
            f"alive, first figure drawn: {where}",
            median(alive),
            spread(alive, "s"),
            line.alive_s,
            "s",
        ),
    ]


def _visit(browser: Browser, server: Server, line: Line) -> tuple[float, float]:
    context = browser.new_context()
    page = context.new_page()
    line.emulate(page)
    server.settle()
    page.goto(server.url, wait_until="commit")
    alive = float(page.wait_for_function(ALIVE, timeout=PATIENCE_MS).json_value())
    read = float(page.evaluate(READ))
    context.close()
    return read, alive
