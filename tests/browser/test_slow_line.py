"""A lesson over a slow connection: readable at once, with progress shown, and small overall.

The browser emulates the line, which accounts for by far the largest part of all times here; the
page itself measures them.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.pages import Traffic
from tests.conftest import READY, UNCOVER
from tests.servers import Server
from twitchlib.places import folder
from twitchlib.serving.render import parts

pytestmark = pytest.mark.browser

LESSONS = ("01_nervous_system", "03_triggers")
MOST_AGAIN = 0.2e6
SLOW = {"kbit_s": 50, "latency_ms": 2000}
# Slow enough to count as slow, but done in 15 seconds.
POOR = {"kbit_s": 400, "latency_ms": 1200}
FAIR = {"kbit_s": 1000, "latency_ms": 100}
# Measured by the page, in milliseconds since the click.
READ = "performance.getEntriesByName('twitchlib-legible')[0]?.startTime"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
DRAWN = "document.querySelector('.js-plotly-plot .main-svg') && performance.now()"
WORDS = re.compile(r"Its figures and controls are on their way: (\d+) of (\d+) kB")

bundled = pytest.mark.skipif("front" not in parts(""), reason="no bundle was built here")


@pytest.fixture(scope="module")
def server(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a few lessons, which no other process keeps busy."""
    notebooks = tmp_path_factory.mktemp("lessons")
    for name in ("00_start_here", *LESSONS, "08_reuse_twitchlib"):
        shutil.copy(folder("notebooks") / f"{name}.ipynb", notebooks)
    return serve(notebooks)


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open a lesson: ``visit("03_triggers", prepare, **SLOW)``.

    `prepare` is called with the page before the lesson is opened. `again` is an earlier page, which
    is closed, and whose context is used again. With `calm`, for tests that measure times, nothing
    else keeps the server busy.
    """
    contexts = []

    def open_(
        lesson: str,
        prepare: Callable[[Page], Any] = lambda _: None,
        again: Page | None = None,
        calm: bool = False,
        **line: float,
    ) -> Page:
        context = again.context if again else browser.new_context()
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        if line:
            emulate(page, **line)
        prepare(page)
        if again:
            again.close()
        if calm:
            settle(server)
        page.goto(f"{server.url}voila/render/{lesson}.ipynb", wait_until="commit")
        return page

    yield open_
    for context in contexts:
        context.close()


def emulate(page: Page, kbit_s: float, latency_ms: float) -> None:
    """Slow down the connection of a page."""
    bytes_s = kbit_s * 125
    line = {"latency": latency_ms, "downloadThroughput": bytes_s, "uploadThroughput": bytes_s}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {"offline": False, **line})


def settle(server: Server, timeout_s: float = 120) -> None:
    """Wait until neither the server nor a kernel is busy, so that its spare kernels are ready."""
    process = psutil.Process(server.process.pid)

    def cpu_s() -> float:
        total = 0.0
        for part in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                spent = part.cpu_times()
                total += spent.user + spent.system
        return total

    end = time.monotonic() + timeout_s
    calm = 0
    while calm < 3 and time.monotonic() < end:
        before = cpu_s()
        time.sleep(0.4)
        calm = calm + 1 if cpu_s() - before < 0.03 else 0


def alive_ms(page: Page) -> float:
    """Return when the page answered and had drawn a figure, in milliseconds since the click."""
    page.wait_for_function(READY)
    page.evaluate(UNCOVER)
    return float(page.wait_for_function(DRAWN).json_value())


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_text_can_be_read_within_ten_seconds(visit: Callable[..., Page], lesson: str) -> None:
    page = visit(lesson, calm=True, **SLOW)
    assert float(page.wait_for_function(READ).json_value()) < 10_000
    assert page.evaluate(PAINTED) < 10_000
    assert page.locator("html").get_attribute("data-state") == "starting"
    expect(page.locator("#lesson h2").last).to_be_visible()
    place = page.locator("#lesson .output").first
    marked = place.evaluate("place => getComputedStyle(place, '::before').content")
    assert marked == '"This part is on its way."'
    question = page.locator("#lesson .prose details").first
    question.locator("summary").click()
    expect(question.locator("p, li").first).to_be_visible()


@bundled
def test_progress_of_the_rest_is_reported(visit: Callable[..., Page]) -> None:
    page = visit("01_nervous_system", **POOR)
    words, bar = page.locator("#starting-words"), page.locator("#starting progress")
    status = page.locator("#starting-told")
    expect(status).to_contain_text("You can read the text in the meantime.")
    expect(words).to_have_text(WORDS)
    shares = []
    for share in (0.05, 0.25, 0.45):
        page.wait_for_function(
            "([bar, share]) => bar.value > share", arg=[bar.element_handle(), share]
        )
        shares.append(float(bar.evaluate("bar => bar.value")))
        expect(page.locator("#trouble")).to_be_hidden()
    assert shares == sorted(set(shares))
    assert "to go" in words.inner_text()
    found = WORDS.search(words.inner_text())
    assert found is not None
    assert int(found[1]) < int(found[2]) < 2000
    assert page.locator("#starting [role=status], #starting[role=status]").count() == 0
    page.wait_for_function(READY)
    expect(page.locator("#starting")).to_be_hidden()
    expect(page.locator("#trouble")).to_be_hidden()


@bundled
@pytest.mark.parametrize("lesson", LESSONS)
def test_little_is_sent_and_a_fair_connection_adds_little_time(
    visit: Callable[..., Page], lesson: str
) -> None:
    first, again = Traffic(), Traffic()
    page = visit(lesson, first.watch, calm=True)
    near = alive_ms(page)
    alive_ms(visit(lesson, again.watch, again=page))
    assert first.count < 2.0e6
    assert again.count < MOST_AGAIN
    assert len(first.hosts | again.hosts) == 1
    # Part of the ten seconds within which a first visit has to be ready, as `make bench` measures.
    far = alive_ms(visit(lesson, calm=True, **FAIR))
    assert far - near < 8_000


@bundled
def test_controls_do_not_wait_for_figures(visit: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = visit("03_triggers", lambda page: page.route("**/plotly.js", lambda r: held.append(r)))
    page.wait_for_function(READY)
    page.evaluate(UNCOVER)
    waiting = page.locator(".tw-figure-plot[data-waiting]")
    expect(waiting.first).to_have_attribute("data-waiting", "This figure is on its way.")
    page.get_by_role("slider").first.press("End")
    held.pop().continue_()
    page.unroute("**/plotly.js")
    page.wait_for_function(DRAWN)
    expect(waiting).to_have_count(0)


@bundled
def test_the_page_says_that_figures_are_still_on_their_way(visit: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = visit(
        "08_reuse_twitchlib", lambda page: page.route("**/plotly.js", lambda r: held.append(r))
    )
    page.wait_for_function(READY)
    expect(page.locator("#starting-words")).to_contain_text("The controls work; the figures are")
    held.pop().continue_()
    page.unroute("**/plotly.js")
    page.wait_for_function(DRAWN)
    expect(page.locator("#starting")).to_be_hidden()


@bundled
def test_an_interrupted_download_is_retried(visit: Callable[..., Page]) -> None:
    failures = iter(range(2))

    def answer(route: Route) -> Any:
        return route.abort() if next(failures, None) is not None else route.continue_()

    page = visit("00_start_here", lambda page: page.route("**/front.js", answer))
    page.wait_for_function(READY)
    expect(page.locator("#trouble")).to_be_hidden()


def test_without_our_front_end_a_page_uses_that_of_voila(
    serve: Callable[..., Server], browser: Browser, tmp_path: Path
) -> None:
    nb = pytest.importorskip("nbformat.v4")
    cell = nb.new_code_cell(
        "import ipywidgets as w\nfrom IPython.display import Latex, display\n"
        "display(Latex('$x$'))\nw.IntSlider(description='Sleep')"
    )
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    lesson = nb.new_notebook(cells=[nb.new_markdown_cell("# L"), cell], metadata=about)
    (tmp_path / "00_latex.ipynb").write_text(nb.writes(lesson), encoding="utf-8")
    page = browser.new_context().new_page()
    page.goto(serve(tmp_path).url, wait_until="commit")
    page.wait_for_function(READY, timeout=120_000)
    assert page.evaluate("Boolean(window.jupyterapp)")
    expect(page.locator(".widget-slider")).to_be_visible()
    page.context.close()
