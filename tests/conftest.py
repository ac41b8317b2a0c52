"""A running course, and a Chromium that can reach it and nothing else."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from tests.hostile.report import (  # noqa: F401 - hooks, which the reporting process needs
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.order import (  # noqa: F401 - hooks
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)
from tests.servers import (  # noqa: F401 - hooks, too
    DEADLINE_S,
    Server,
    pytest_configure,
    pytest_configure_node,
    pytest_unconfigure,
    started,
)
from tests.tabs import Tabs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# How long one example takes says more about the machine than about the code.
settings.register_profile("twitchlib", deadline=None)
settings.load_profile("twitchlib")

# The first is Chromium without a window: the same pages for half the processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FIREFOXES = ("firefox-esr", "firefox")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other host can be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# Clicks the buttons that show something without a prediction.
UNCOVER = """
() => {
  for (const one of document.querySelectorAll(".tw-observed")) {
    if (one.childElementCount < 2) one.querySelector("button").click();
  }
}
"""
COVERED = ".tw-observed:not(:has(> :nth-child(2)))"
# A page whose response has only begun has no root element yet.
READY = "document.documentElement?.dataset.state === 'ready'"


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start ``twitchlib serve`` on a folder of notebooks: ``serve(folder, *options).url``."""
    servers = []

    def start(folder: Path, *options: str, announces: str = "http://") -> Server:
        log = tmp_path_factory.mktemp("server") / "log"
        servers.append(started(folder, *options, log=log, announces=announces))
        return servers[-1]

    yield start
    running = [server for server in servers if server.process.poll() is None]
    for server in running:  # all at once, since each takes a moment
        server.process.send_signal(signal.SIGINT)
    for server in running:
        server.wait()


def chromium() -> str:
    """Return the path of a Chromium; without one skip, or fail if browser tests are required."""
    return _found(BROWSERS, "no Chromium found: install the package chromium, or Google Chrome")


def firefox() -> str:
    """Return the path of a Firefox; without one skip, or fail if browser tests are required."""
    return _found(FIREFOXES, "no Firefox found: install the package firefox-esr, or Firefox")


def _found(commands: tuple[str, ...], missing: str) -> str:
    executable = next(filter(None, map(shutil.which, commands)), None)
    if executable is None:
        if os.environ.get("TWITCHLIB_BROWSER_TESTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    return executable


@pytest.fixture(scope="module")  # Playwright's event loop must not outlive its tests
def browser() -> Iterator["Browser"]:
    """Run a Chromium."""
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@dataclass
class Visit:
    """An open page, what went wrong on it, and the hosts that it contacted."""

    page: "Page"
    problems: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def wait_until_ready(self) -> None:
        """Wait until every widget of the lesson is there."""
        # Without a script, which the policies of some pages refuse.
        ready = self.page.locator("html[data-state=ready]")
        ready.wait_for(state="attached", timeout=DEADLINE_S * 1000)

    def uncover(self) -> None:
        """Show what is covered until a prediction is made."""
        self.page.evaluate(UNCOVER)
        self.page.locator(COVERED).first.wait_for(state="detached")

    @property
    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return width > 0


def _note(problems: list[str], is_problem: bool, text: str) -> None:
    if is_problem:
        problems.append(text)


def visit(
    page: "Page",
    url: str,
    *,
    ready: bool = True,
    folded: bool = False,
    covered: bool = False,
    until: Any = "load",
) -> Visit:
    """Open an address in a new page, and note what goes wrong there."""
    page.set_default_timeout(DEADLINE_S * 1000)
    visited = Visit(page)
    problems, hosts = visited.problems, visited.hosts
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("console", lambda said: _note(problems, said.type == "error", said.text))
    page.on("response", lambda got: _note(problems, got.status >= 400, got.url))
    page.on("request", lambda asked: hosts.update(filter(None, [urlsplit(asked.url).netloc])))
    page.goto(url, wait_until=until)
    if ready:
        visited.wait_until_ready()
        if not folded:
            page.evaluate("typeof folds === 'undefined' || folds.openAll()")
        if not covered:
            visited.uncover()
    return visited


@pytest.fixture(scope="module")
def windows(browser: "Browser") -> Tabs:
    """Return what opens tabs; the windows stay open from test to test."""
    return Tabs(browser)


@pytest.fixture
def tabs(windows: Tabs) -> Iterator[Tabs]:
    """Return what opens tabs, and close them after the test."""
    yield windows
    windows.close()


@pytest.fixture
def page_at(browser: "Browser", tabs: Tabs) -> Iterator[Callable[..., Visit]]:
    """Open a page: ``page_at(url, width=1280, touch=False)``. Other hosts are out of reach.

    On a phone the page is unfolded, so that everything can be tried, unless opened ``folded``; and
    what is covered until a prediction is made is shown, unless opened ``covered``. Each page that
    a test opens belongs to another reader.
    """
    contexts: list[BrowserContext] = []
    opened: list[Visit] = []

    def another(touch: bool) -> "Page":
        contexts.append(browser.new_context(has_touch=touch))
        return contexts[-1].new_page()

    def open_page(
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        touch: bool = False,
        scheme: Any = "light",
        **options: Any,
    ) -> Visit:
        first = not opened and url.startswith("http")
        page = tabs.open(url, touch=touch) if first else another(touch)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        opened.append(visit(page, url, **options))
        return opened[-1]

    yield open_page
    for context in contexts:
        context.close()
