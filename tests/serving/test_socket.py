"""A course for one person, behind a hub: on that person's socket, with nothing kept ready."""

import http.client
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.asking import kernel_of
from tests.servers import DEADLINE_S, Server
from twitchlib.errors import NotAllowedError
from twitchlib.places import PROGRESS
from twitchlib.serving.config import Options
from twitchlib.serving.endpoints import PortTakenError, bind_file


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket, as a hub's proxy speaks it."""

    def __init__(self, path: Path) -> None:
        super().__init__("any.name.example", timeout=DEADLINE_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(DEADLINE_S)
        self.sock.connect(str(self._path))


def ask(path: Path, target: str) -> tuple[int, str]:
    connection = Connection(path)
    connection.request("GET", target)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # a socket's path is short
        yield Path(folder) / "socket"


def kernels(server: Server) -> list[psutil.Process]:
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in children if "ipykernel" in " ".join(one.cmdline())]


def test_one_person_has_the_course_on_a_socket(
    serve: Callable[..., Any], course: Path, place: Path
) -> None:
    base = "/user/amy%40school/course/"
    command = ("--alone", "--socket", str(place), "--base-url", base)
    server = serve(course, *command, announces="unix:")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert kernels(server) == []  # nothing is kept ready
    status, page = ask(place, f"{base}voila/render/00_start_here.ipynb")
    assert status == 200
    assert ask(place, f"{base}api/kernels/{kernel_of(page)}")[0] == 200
    assert len(kernels(server)) == 1
    assert ask(place, "/voila/render/00_start_here.ipynb")[0] == 404
    assert server.stop() == 0


def test_a_kernel_of_a_page_that_was_closed_is_not_replaced(
    serve: Callable[..., Any], course: Path, place: Path
) -> None:
    server = serve(course, "--alone", "--socket", str(place), announces="unix:")
    kernel = kernel_of(ask(place, "/voila/render/00_start_here.ipynb")[1])
    connection = Connection(place)
    connection.request("POST", f"/voila/api/shutdown/{kernel}", headers={"Content-Length": "0"})
    assert connection.getresponse().status == 204
    connection.close()
    give_up = time.monotonic() + DEADLINE_S
    while kernels(server):
        assert time.monotonic() < give_up


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="--socket"):
        Options(socket=tmp_path / "none" / "socket")


def test_a_file_in_the_way_is_named(place: Path) -> None:
    place.write_text("no socket")
    with pytest.raises(PortTakenError, match=str(place)):
        bind_file(place)
    assert place.read_text() == "no socket"


@pytest.mark.parametrize("alone", [True, False])
def test_only_a_course_for_one_person_keeps_their_answers(
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    alone: bool,
) -> None:
    monkeypatch.setenv(PROGRESS, str(tmp_path / "mine.json"))
    code = "from twitchlib.places import progress_file\nprint('kept in', progress_file())"
    notebooks = write_course(tmp_path / "notebooks", {"00_a": ["# A", code]})
    how = ["--alone"] if alone else []
    serve(notebooks, "--socket", str(place), *how, announces="unix:")
    page = ask(place, "/voila/render/00_a.ipynb")[1]
    assert "kept in" in page
    assert ("mine.json" in page) == alone
