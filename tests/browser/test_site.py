"""The course without a server: a folder of files, whose lessons are run by the browser itself."""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import expect_same
from tests.conftest import Visit
from twitchlib.places import folder
from twitchlib.quantity import describe
from twitchlib.serving.cli import main
from twitchlib.serving.site.offline import put_offline
from twitchlib.serving.site.pages import LESSONS_LEFT_OUT
from twitchlib.serving.site.python import lock
from twitchlib.widgets import NervousSystem, TwitchTypes
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.triggers import TriggersDashboard

pytestmark = pytest.mark.browser

LESSONS = [
    path.stem
    for path in sorted(folder("notebooks").glob("*.ipynb"))
    if path.name not in LESSONS_LEFT_OUT
]
WASM = Path(__file__).parents[3] / "shared" / "wasm"
BOARD = ".tw-dashboard:has(.tw-stage)"
SUB_PATH = "school/courses"
Open = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site, made once."""
    numpy = WASM / lock()["packages"]["numpy"]["file_name"]
    if not numpy.is_file():
        pytest.skip(f"no numpy for the browser at {numpy}")
    target = tmp_path_factory.mktemp("files") / SUB_PATH
    assert main(["site", str(target), "--numpy", str(numpy)]) == 0
    return target


@pytest.fixture(scope="session")
def site(files: Path) -> Iterator[str]:
    """Return its address on a plain file server, under a path."""
    root = files.parents[SUB_PATH.count("/")]
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
        server.shutdown()


@pytest.fixture
def lesson(site: str, page_at: Callable[..., Visit]) -> Iterator[Open]:
    """Open a lesson. In the end nothing must have gone wrong, and nobody else have been asked."""
    visits: list[Visit] = []

    def open_(name: str, query: str = "", **how: Any) -> Page:
        visits.append(page_at(f"{site}{name}.html{query}", **how))
        return visits[-1].page

    yield open_
    for visit in visits:
        assert visit.problems == []
        assert visit.hosts <= {urlsplit(site).netloc, ""}


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_is_seen_and_then_alive(lesson: Open, name: str) -> None:
    page = lesson(name)
    expect(page.locator(".output").filter(has=page.locator("script"))).to_have_count(0)
    expect(page.locator("#trouble")).to_be_hidden()


def test_what_is_done_before_python_is_there_is_done_then(lesson: Open) -> None:
    page = lesson("03_triggers", ready=False)
    page.locator("html[data-state=seen]").wait_for(state="attached")
    page.locator(".tw-observed").first.get_by_role("button", name="Show me anyway").click()
    expect(page.locator("html")).not_to_have_attribute("data-state", "ready")
    expect(page.get_by_role("slider", name=re.compile("^Caffeine")).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-state", "ready")


def _to_both_ends(page: Page, number: int, stop: Dashboard[Any, Any]) -> None:
    """Move every slider of a dashboard to its ends, and compare with CPython's."""
    board = page.locator(BOARD).nth(number)
    panel = board.locator(".tw-asked .tw-panel:has(input[type=range])").first
    folded = panel.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    settings_cls = type(stop.controls.value)
    expect_same(board, stop)
    for field, known in describe(settings_cls).items():
        slider = panel.get_by_role("slider", name=re.compile(rf"^{re.escape(known.label)}(,|$)"))
        for key, value in (("Home", known.low), ("End", known.high)):
            slider.press(key)
            stop.controls.value = settings_cls(**{field: value})
            expect_same(board, stop)
        panel.get_by_role("button", name="Reset").click()
        stop.controls.value = settings_cls()
        expect_same(board, stop)


@pytest.mark.parametrize("name", NervousSystem().stops)
def test_the_stops_of_lesson_01_say_what_they_say_in_cpython(lesson: Open, name: str) -> None:
    tour = NervousSystem()
    _to_both_ends(lesson("01_nervous_system"), tour.stops.index(name), getattr(tour, name))


def test_the_week_of_lesson_03_says_what_it_says_in_cpython(lesson: Open) -> None:
    _to_both_ends(lesson("03_triggers"), 0, TriggersDashboard())


def test_numbers_are_those_of_cpython(lesson: Open) -> None:
    page, stop = lesson("01_nervous_system"), NervousSystem().axon
    field, known = next(iter(describe(type(stop.controls.value)).items()))
    board = page.locator(BOARD).first
    board.get_by_role("slider", name=re.compile(f"^{re.escape(known.label)}(,|$)")).press("End")
    stop.controls.set(**{field: known.high})
    expect_same(board, stop)
    drawn = board.locator(".js-plotly-plot").first.evaluate(
        "(plot) => plot.data.map(({ y }) => Array.from(y ?? []))"
    )
    leaves = stop.views[0]._leaves
    for number, heights in enumerate(drawn):
        leaf = leaves.get(f"data.{number}.y")
        if isinstance(leaf, dict):
            there = np.frombuffer(leaf["bdata"], dtype=leaf["dtype"])
            np.testing.assert_allclose(heights, there, rtol=1e-9, atol=1e-9)


def test_answers_go_from_page_to_page(lesson: Open) -> None:
    page = lesson("03_triggers", covered=True)
    page.get_by_label("Only Mina").check()
    page.get_by_role("button", name="I predict this").first.click()
    expect(page.locator(".tw-observed").first).to_contain_text("You predicted")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-state", "ready")
    expect(page.locator(".tw-observed").first).to_contain_text("You predicted")
    page.get_by_role("link", name="Previous").first.click()
    page.locator("html[data-state=ready]").wait_for(state="attached")
    assert urlsplit(page.url).path.endswith("02_twitch_types.html")


def test_a_link_restores_a_state(lesson: Open) -> None:
    page = lesson("01_nervous_system", "?effort_percent=40")
    stop = NervousSystem().movement
    stop.controls.set(effort_percent=40)
    board = page.locator(BOARD).nth(NervousSystem().stops.index("movement"))
    expect_same(board, stop)


def test_a_stop_of_lesson_02_answers(lesson: Open) -> None:
    page, tour = lesson("02_twitch_types"), TwitchTypes()
    stop = tour.clonus
    board = page.locator(BOARD).nth(tour.stops.index("clonus"))
    field, known = next(iter(describe(type(stop.controls.value)).items()))
    board.get_by_role("slider", name=re.compile(f"^{re.escape(known.label)}(,|$)")).press("End")
    stop.controls.set(**{field: known.high})
    expect_same(board, stop)


def test_a_page_whose_python_ends_says_so_and_begins_again(
    site: str, page_at: Callable[..., Visit]
) -> None:
    page = page_at(f"{site}03_triggers.html", covered=True).page
    (worker,) = page.workers
    worker.evaluate("() => self.close()")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Python has stopped on this page")
    trouble.get_by_role("button", name="Start again").click()
    page.locator("html[data-state=ready]").wait_for(state="attached")
    expect(trouble).to_be_hidden()


def test_a_page_whose_python_does_not_arrive_says_so(
    site: str, page_at: Callable[..., Visit], browser: Browser
) -> None:
    context = browser.new_context()
    context.route("**/course.bin", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{site}03_triggers.html")
    expect(page.locator("#trouble")).to_contain_text("Python has stopped on this page")
    context.close()


def test_without_scripts_the_text_is_there(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}01_nervous_system.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for text in page.locator("#lesson .prose > p").all():
        expect(text).to_be_visible()
    context.close()


def test_a_page_loads_nothing_from_elsewhere_and_runs_only_its_own_scripts(
    site: str, page_at: Callable[..., Visit]
) -> None:
    visit = page_at(f"{site}00_start_here.html")
    refused = visit.page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "globalThis.intruded = true";
          document.head.append(script);
          const asked = await fetch("https://elsewhere.example/").then(() => true, () => false);
          return [Boolean(globalThis.intruded), asked];
        }"""
    )
    assert refused == [False, False]
    assert visit.hosts <= {urlsplit(site).netloc, ""}


def test_the_worker_obeys_the_pages_policy(site: str, page_at: Callable[..., Visit]) -> None:
    visit = page_at(f"{site}00_start_here.html")
    (worker,) = visit.page.workers
    asked = "() => fetch('https://elsewhere.example/').then(() => true, () => false)"
    assert worker.evaluate(asked) is False
    assert visit.hosts <= {urlsplit(site).netloc, ""}


@pytest.mark.parametrize("name", ["index", "instructor", "notes_03_triggers"])
def test_the_pages_around_the_lessons(
    site: str, page_at: Callable[..., Visit], files: Path, name: str
) -> None:
    visit = page_at(f"{site}{name}.html", ready=False)
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    for link in visit.page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.href)"):
        path = urlsplit(link).path.rpartition("/")[2] or "index.html"
        assert (files / path).is_file(), link
    assert visit.problems == []


@contextmanager
def _served(root: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Serve a folder; yields its address and what takes the server away."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    gone = False

    def leave() -> None:
        nonlocal gone
        if not gone:
            gone = True
            server.shutdown()
            server.server_close()

    try:
        yield f"http://127.0.0.1:{server.server_port}/", leave
    finally:
        leave()


KEPT = "() => navigator.serviceWorker.ready.then(({ active }) => active.state)"


def _alive(page: Page) -> None:
    page.locator("html[data-state=ready]").wait_for(state="attached", timeout=120_000)


def test_after_one_visit_the_course_opens_without_a_network(files: Path, browser: Browser) -> None:
    with _served(files) as (home, leave):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{home}00_start_here.html")
        _alive(page)
        assert page.evaluate(KEPT) in ("activating", "activated")
        page.close()
        leave()
        page = context.new_page()
        page.goto(f"{home}03_triggers.html?preset=exam-week")
        _alive(page)
        expect(page.get_by_text("Exam week").first).to_be_attached()
        page.goto(home)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        context.close()


def test_an_update_never_mixes_two_versions(files: Path, browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(files, site)
    with _served(site) as (home, _leave):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{home}00_start_here.html")
        _alive(page)
        page.evaluate(KEPT)
        for name in ("00_start_here.html", "index.html"):
            old = (site / name).read_text(encoding="utf-8")
            (site / name).write_text(old.replace("</h1>", " (new)</h1>"), encoding="utf-8")
        # Half of an update has arrived: its files are not those that its version names.
        version = put_offline(site)
        half = (site / "index.html").read_text(encoding="utf-8")
        (site / "index.html").write_text(half.replace("(new)", "(newer)"), encoding="utf-8")
        update = "() => navigator.serviceWorker.ready.then((one) => one.update())"
        refused = page.evaluate(f"{update[:-1]}.then(() => '', String))")
        page.goto(home)
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
        assert refused is not None
        # The rest arrives. Pages of the old version stay whole until the last one is closed.
        (site / "index.html").write_text(half, encoding="utf-8")
        assert put_offline(site) == version
        page.goto(f"{home}00_start_here.html")
        _alive(page)
        page.evaluate(update)
        waiting = """() => new Promise((resolve) => {
          const look = async () => {
            const { waiting } = await navigator.serviceWorker.ready;
            if (waiting) resolve(true); else requestAnimationFrame(look);
          };
          look();
        })"""
        assert page.evaluate(waiting)
        page.reload()
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
        page.close()
        page = context.new_page()
        page.goto("about:blank")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:  # the browser lets the new one take over when it may
            page.goto(home)
            if "(new)" in page.get_by_role("heading", level=1).inner_text():
                break
            page.goto("about:blank")
        expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
        page.goto(f"{home}00_start_here.html")
        expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
        context.close()


def test_a_phone_can_put_it_on_its_home_screen(files: Path) -> None:
    page = (files / "03_triggers.html").read_text(encoding="utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in page
    manifest = json.loads((files / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == "./"
    assert all((files / icon["src"]).is_file() for icon in manifest["icons"])
