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
from playwright.sync_api import Page

from tests.conftest import Visit
from twitchlib.places import folder
from twitchlib.serving.cli import main
from twitchlib.serving.site.pages import LESSONS_LEFT_OUT
from twitchlib.serving.site.python import lock

LESSONS = [
    path.stem
    for path in sorted(folder("notebooks").glob("*.ipynb"))
    if path.name not in LESSONS_LEFT_OUT
]
WASM = Path(__file__).parents[4] / "shared" / "wasm"
SUB_PATH = "school/courses"

Open = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(root: Path) -> Iterator[tuple[str, Callable[[], None]]]:
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


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site, made once."""
    given = os.environ.get("TWITCHLIB_NUMPY")
    numpy = Path(given) if given else WASM / lock()["packages"]["numpy"]["file_name"]
    if not numpy.is_file():
        pytest.skip(f"no numpy for the browser at {numpy}")
    target = tmp_path_factory.mktemp("files") / SUB_PATH
    assert main(["site", str(target), "--numpy", str(numpy)]) == 0
    return target


@pytest.fixture(scope="session")
def site(files: Path) -> Iterator[str]:
    """Return its address on a plain file server, under a path."""
    with served(files.parents[SUB_PATH.count("/")]) as (home, _leave):
        yield f"{home}{SUB_PATH}/"


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
