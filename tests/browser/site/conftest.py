"""A site, written once and served as files under a path."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.conftest import Visit, visit
from twitchlib.places import folder
from twitchlib.serving.cli import main
from twitchlib.serving.site import frozen
from twitchlib.serving.site.pages import LESSONS_LEFT_OUT
from twitchlib.serving.site.python import lock

LESSONS = [
    path.stem
    for path in sorted(folder("notebooks").glob("*.ipynb"))
    if path.name not in LESSONS_LEFT_OUT
]
WASM = Path(__file__).parents[4] / "shared" / "wasm"
SUB_PATH = "school/courses"

# Makes every new tab that of a reader who has not been here before.
FORGET = """
try {
  if (!sessionStorage.getItem("known")) localStorage.clear();
  sessionStorage.setItem("known", "yes");
} catch {}
"""

Open = Callable[..., Visit]


class Files(SimpleHTTPRequestHandler):
    """A file server, which can be made unreachable."""

    protocol_version = "HTTP/1.1"
    unreachable = False

    def do_GET(self) -> None:
        """Send a file, or hang up."""
        if type(self).unreachable:
            self.close_connection = True
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(root: Path, handler: type[Files] = Files) -> Iterator[str]:
    """Serve a folder, and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site, built once, with little compression to save time."""
    given = os.environ.get("TWITCHLIB_NUMPY")
    numpy = Path(given) if given else WASM / lock()["packages"]["numpy"]["file_name"]
    if not numpy.is_file():
        pytest.skip(f"no numpy for the browser at {numpy}")
    target = tmp_path_factory.mktemp("files") / SUB_PATH
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(frozen._XZ, "preset", 0)
        assert main(["site", str(target), "--numpy", str(numpy)]) == 0
    return target


@pytest.fixture(scope="session")
def site(files: Path) -> Iterator[str]:
    """Return the address of the site on a plain file server, under a path."""
    with served(files.parents[SUB_PATH.count("/")]) as home:
        yield f"{home}{SUB_PATH}/"


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser context that caches files between pages, but has no service worker."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    context.add_init_script(FORGET)
    yield context
    context.close()


@contextmanager
def opening(site: str, reader: BrowserContext) -> Iterator[Open]:
    """Yield a function that opens lessons: ``open_("03_triggers", "?path=core", covered=True)``.

    At the end, no page may have had a problem or sent a request to another host.
    """
    visits: list[Visit] = []

    def open_(name: str, query: str = "", **how: Any) -> Visit:
        visits.append(visit(reader.new_page(), f"{site}{name}.html{query}", **how))
        return visits[-1]

    yield open_
    for visited in visits:
        assert visited.problems == []
        assert visited.hosts <= {urlsplit(site).netloc, ""}
        visited.page.close()


@pytest.fixture
def lesson(site: str, reader: BrowserContext) -> Iterator[Open]:
    """Open lessons for one test."""
    with opening(site, reader) as open_:
        yield open_
