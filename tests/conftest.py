"""A running course, and a Chromium that can reach it and nothing else."""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
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

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# How long one example takes says more about the machine than about the code.
settings.register_profile("twitchlib", deadline=None)
settings.load_profile("twitchlib")

DEADLINE_S = 120
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


# The first mostly waits; if it ran last, nothing else would be left to run at the same time.
LONGEST = (
    "test_moves.py",
    "test_slow_line.py",
    "test_figure_view.py",
    "test_accessibility.py",
    "test_language.py",
    "test_seen.py",
    "test_twitch_types.py",
    "test_one_view.py",
    "test_controls.py",
)
SHARING = ("tests/browser/site", "tests/hostile", "tests/triage")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: they are slow, and Playwright's loop keeps others from running.

    Of these, the longest files come first, so that no long one is left for the end.
    """

    def place(item: pytest.Item) -> tuple[bool, int]:
        # Some request the browser only while they run, through another fixture.
        requested = "browser" in getattr(item, "fixturenames", ())
        in_browser = requested or item.get_closest_marker("browser") is not None
        if not in_browser or item.path.name not in LONGEST:
            return in_browser, len(LONGEST)
        return in_browser, LONGEST.index(item.path.name)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Leave each file to one worker, so that fixtures its tests share are made once.

    The attacks share a server, the tests of a site its files, and those of the triage its advice
    for all answers: each of these folders is left to one worker. The recipes share nothing.
    """
    if config.option.dist != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class BySharing(LoadScopeScheduling):  # type: ignore[misc] # xdist is untyped
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file == "tests/test_recipes.py":
                return nodeid
            folder = file.rpartition("/")[0]
            return folder if folder in SHARING else file

    config.option.loadscopereorder = False  # keep the order set above
    return BySharing(config, log)


@dataclass
class Server:
    """A running ``twitchlib serve``."""

    url: str
    process: subprocess.Popen[str]

    def stop(self, how: int = signal.SIGINT) -> int:
        """Send a signal, by default that of Ctrl-C, and return the exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        """Wait until the server has ended, and return its exit code."""
        code = self.process.wait(DEADLINE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def _announced(process: subprocess.Popen[str], announces: str) -> str:
    assert process.stdout is not None
    give_up = time.monotonic() + DEADLINE_S
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0, give_up - time.monotonic())):
            line = process.stdout.readline()
            if not line:
                break
            for word in line.split():
                if word.startswith(announces):
                    return word
    process.kill()
    pytest.fail("the server did not say its address")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start ``twitchlib serve`` on a folder of notebooks: ``serve(folder, *options).url``."""
    servers = []

    def start(folder: Path, *options: str, announces: str = "http://") -> Server:
        log = (tmp_path_factory.mktemp("server") / "log").open("w")
        command = [sys.executable, "-c", "from twitchlib.serving.cli import main; exit(main())"]
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--notebooks", str(folder), *options],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        server = Server(_announced(process, announces), process)
        servers.append(server)
        return server

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


def visit_in(
    context: "BrowserContext",
    url: str,
    *,
    ready: bool = True,
    folded: bool = False,
    covered: bool = False,
    until: Any = "load",
    asked: Callable[[Visit], object] = lambda _visit: None,
) -> Visit:
    """Open a page, and note what goes wrong on it; `asked` is called before it is opened."""
    context.set_default_timeout(DEADLINE_S * 1000)
    visit = Visit(context.new_page())
    page, problems = visit.page, visit.problems
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("console", lambda said: _note(problems, said.type == "error", said.text))
    page.on("response", lambda got: _note(problems, got.status >= 400, got.url))
    asked(visit)
    page.goto(url, wait_until=until)
    if ready:
        visit.wait_until_ready()
        if not folded:
            page.evaluate("typeof folds === 'undefined' || folds.openAll()")
        if not covered:
            visit.uncover()
    return visit


@pytest.fixture
def page_at(browser: "Browser") -> Iterator[Callable[..., Visit]]:
    """Open a page: ``page_at(url, width=1280, touch=False)``. Other hosts are out of reach.

    On a phone the page is unfolded, so that everything can be tried, unless opened ``folded``; and
    what is covered until a prediction is made is shown, unless opened ``covered``.
    """
    contexts = []

    def open_page(
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        touch: bool = False,
        scheme: Any = "light",
        **options: Any,
    ) -> Visit:
        viewport: Any = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, has_touch=touch, color_scheme=scheme)
        contexts.append(context)
        here = urlsplit(url).netloc

        def keep_in(visit: Visit) -> None:
            def route(route: Any) -> None:
                host = urlsplit(route.request.url).netloc
                visit.hosts.add(host)
                if host == here:
                    route.continue_()
                else:
                    route.abort()

            context.route("**/*", route)

        return visit_in(context, url, asked=keep_in, **options)

    yield open_page
    for context in contexts:
        context.close()
