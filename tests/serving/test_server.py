"""A real server, queried over HTTP and websockets, as by a browser or a curious visitor."""

import gzip
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.asking import DEADLINE_S, Answer, ask, kernel_of
from tests.hostile.visitor import envelope, join
from twitchlib.serving.render import parts

NOBODY = uuid.UUID(int=7)
PROTOCOL = "v1.kernel.websocket.jupyter.org"


def pack(channel: str, *parts: object) -> bytes:
    """Return a message as a page sends it: count and offsets, then one part after another."""
    return join([channel.encode(), *(json.dumps(part).encode() for part in parts)])


def unpack(message: bytes) -> dict[str, Any]:
    """Return the parts of a message by name."""
    count = int.from_bytes(message[:8], "little")
    at = [int.from_bytes(message[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    names = ("header", "parent_header", "metadata", "content")
    return {
        name: json.loads(message[start:end])
        for name, start, end in zip(names, at[1:], at[2:], strict=False)
    }


@dataclass
class Wire:
    """A page's websocket, with the protocol spoken by hand."""

    socket: ClientConnection

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        header = envelope(kind)
        self.socket.send(pack(channel, header, {}, {}, content))
        identifier: str = header["msg_id"]
        return identifier

    def until_idle_after(self, identifier: str) -> list[dict[str, Any]]:
        """Return all messages up to the one that reports a request as done."""
        messages = []
        while True:
            received = self.socket.recv(DEADLINE_S)
            assert isinstance(received, bytes)
            message = unpack(received)
            messages.append(message)
            if (
                message["parent_header"].get("msg_id") == identifier
                and message["content"].get("execution_state") == "idle"
            ):
                return messages


def wire_to(url: str, kernel_id: str, origin: Any = None) -> ClientConnection:
    parts = urlsplit(url)
    address = f"ws://{parts.netloc}{parts.path}api/kernels/{kernel_id}/channels?session_id=s"
    protocols: Any = [PROTOCOL]
    return connect(
        address, origin=origin, subprotocols=protocols, open_timeout=DEADLINE_S, max_size=None
    )


@pytest.fixture(scope="module")
def url(serve: Callable[..., Any], course: Path) -> str:
    address: str = serve(course).url
    return address


@pytest.fixture(scope="module")
def first(url: str) -> Answer:
    return ask(f"{url}voila/render/00_start_here.ipynb")


def test_the_front_door_leads_to_the_first_lesson(url: str) -> None:
    answer = ask(url)
    assert answer.status == 302
    assert answer.headers["Location"] == "/voila/render/00_start_here.ipynb"


def test_a_lesson_is_a_well_formed_page(first: Answer) -> None:
    assert first.status == 200
    assert first.headers["Content-Type"] == "text/html; charset=utf-8"
    assert first.headers["Cache-Control"] == "no-store"
    page = first.text
    assert page.startswith('<!DOCTYPE html>\n<html lang="en"')
    assert page.rstrip().endswith("</html>")
    assert "<title>Start here · Muscle twitching</title>" in page
    assert page.count("<h1") == 1
    assert 'id="More"' in page
    assert 'href="01_buttons.ipynb"' in page
    for landmark in ("<header", "<nav", "<main", "<footer"):
        assert landmark in page
    assert "It teaches; it does not diagnose" in page


def test_a_lesson_shows_no_source_and_no_path(first: Answer, course: Path) -> None:
    assert "secret_name" not in first.text
    assert str(course.parent) not in first.text
    assert str(Path.home()) not in first.text


def test_nobody_is_given_a_cookie(url: str, first: Answer) -> None:
    kernel = ask(f"{url}api/kernels/{kernel_of(first.text)}")
    for answer in (first, ask(url), kernel):
        assert answer.headers["Set-Cookie"] is None


def test_the_browser_is_told_to_load_only_from_here(url: str, first: Answer) -> None:
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert f"ws://{urlsplit(url).netloc} " in policy
    assert "*" not in policy


def test_two_visitors_have_two_kernels(url: str, first: Answer) -> None:
    second = ask(f"{url}voila/render/00_start_here.ipynb")
    assert kernel_of(second.text) != kernel_of(first.text)


def test_an_error_in_a_cell_stays_in_the_log(url: str) -> None:
    page = ask(f"{url}voila/render/02_broken.ipynb")
    assert page.status == 200
    assert "Something went wrong in this part of the lesson" in page.text
    assert "Afterwards" in page.text
    for secret in ("ZeroDivision", "Traceback", "1 / 0", "never run"):
        assert secret not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "voila/render/99_none.ipynb",
        "voila/render/",
        "voila/render/..%2f..%2fetc%2fpasswd",
        "voila/render/%2e%2e/00_start_here.ipynb",
        "voila/files/00_start_here.ipynb",
        "voila/files/",
        "voila/tree",
        "voila/tree/",
        "voila/api/contents",
        "voila/api/contents/00_start_here.ipynb",
        "voila/api/themes/",
        f"voila/query/{NOBODY}",
        f"voila/execution/{NOBODY}",
        "voila/static/voila.js",
        "voila/templates/base/static/voila.js",
        "voila/labextensions/anywidget/package.json",
        "api/contents",
        "api/kernels",
        f"api/kernels/{NOBODY}",
        "api/kernelspecs",
        "api/sessions",
        "api/terminals",
        "api/status",
        "files/00_start_here.ipynb",
        "notebooks/00_start_here.ipynb",
        "login",
        "lab",
        "metrics",
        "static/page-0/page.css",
        "static/voila-0/voila.js",
        "anything/else",
    ],
)
def test_everything_else_does_not_exist(url: str, course: Path, path: str) -> None:
    answer = ask(url + path)
    assert answer.status == 404
    assert "There is no such page" in answer.text
    assert "00_start_here.ipynb" in answer.text  # the way back
    assert "Traceback" not in answer.text
    assert str(course.parent) not in answer.text


@pytest.mark.parametrize("method", ["DELETE", "POST", "PATCH", "PUT"])
def test_nothing_can_be_changed(url: str, method: str) -> None:
    for path in ("voila/render/00_start_here.ipynb", f"api/kernels/{uuid.uuid4()}"):
        assert ask(url + path, method).status == 405
    assert ask(url, method).status == 405


def test_front_end_files_are_cached_for_ever_and_sent_compressed(url: str, first: Answer) -> None:
    found = re.findall(r'"(/static/[^"]+\.(?:js|css|svg))"', first.text)
    bundles = {Path(known["url"]).name for known in parts("").values()}
    assert {Path(path).name for path in found} >= {"voila.js", "present.js", "icon.svg", *bundles}
    for path in found:
        address = url.rstrip("/") + path
        small = ask(address, **{"Accept-Encoding": "gzip"})
        plain = ask(address)
        assert small.status == plain.status == 200
        assert "immutable" in small.headers["Cache-Control"]
        assert "max-age=31536000" in small.headers["Cache-Control"]
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.body) == plain.body
        assert ask(address, **{"If-None-Match": plain.headers["Etag"]}).status == 304


def test_the_page_itself_is_sent_compressed(url: str) -> None:
    page = ask(f"{url}voila/render/00_start_here.ipynb", **{"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(page.body)


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_a_visitor_runs_no_code(url: str, channel: str) -> None:
    page = ask(f"{url}voila/render/00_start_here.ipynb").text
    with wire_to(url, kernel_of(page)) as socket:
        wire = Wire(socket)
        code = {"code": "print('ran')", "silent": False, "allow_stdin": False}
        refused = [
            wire.send("execute_request", code, channel),
            wire.send("complete_request", {"code": "imp", "cursor_pos": 3}, channel),
            wire.send("inspect_request", {"code": "print", "cursor_pos": 1}, channel),
            wire.send("history_request", {"hist_access_type": "tail", "n": 9}, channel),
            wire.send("debug_request", {"type": "request", "command": "initialize"}, channel),
            wire.send("interrupt_request", {}, channel),
            wire.send("shutdown_request", {"restart": False}, channel),
            wire.send("create_subshell_request", {}, channel),
        ]
        messages = wire.until_idle_after(wire.send("kernel_info_request", {}, channel))
        messages += wire.until_idle_after(wire.send("kernel_info_request", {}, "shell"))
    assert not {message["parent_header"].get("msg_id") for message in messages} & set(refused)
    assert "ran" not in json.dumps(messages)


def test_a_traceback_of_a_callback_stays_in_the_log(url: str) -> None:
    page = ask(f"{url}voila/render/01_buttons.ipynb").text
    model = re.search(r'"model_id": "(\w+)"', page)
    assert model is not None
    with wire_to(url, kernel_of(page)) as socket:
        wire = Wire(socket)
        click = {"method": "custom", "content": {"event": "click"}}
        clicked = wire.send("comm_msg", {"comm_id": model[1], "data": click})
        messages = wire.until_idle_after(clicked)
        messages += wire.until_idle_after(wire.send("kernel_info_request", {}))
    assert any(message["parent_header"].get("msg_id") == clicked for message in messages)
    for secret in ("Traceback", "not for you", "ValueError"):
        assert secret not in json.dumps(messages)


def test_another_site_cannot_open_the_wire(url: str) -> None:
    kernel_id = kernel_of(ask(f"{url}voila/render/00_start_here.ipynb").text)
    with pytest.raises(InvalidStatus) as refused:
        wire_to(url, kernel_id, origin="http://elsewhere.example").close()
    assert refused.value.response.status_code == 403


def test_there_is_no_wire_to_a_missing_kernel(url: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        wire_to(url, str(uuid.uuid4())).close()
    assert refused.value.response.status_code == 404
    assert not refused.value.response.body


def test_a_page_that_is_closed_ends_its_kernel(url: str) -> None:
    kernel_id = kernel_of(ask(f"{url}voila/render/00_start_here.ipynb").text)
    assert ask(f"{url}api/kernels/{kernel_id}").status == 200
    assert ask(f"{url}voila/api/shutdown/{kernel_id}", "POST").status == 204
    assert ask(f"{url}api/kernels/{kernel_id}").status == 404
    assert ask(f"{url}voila/api/shutdown/{kernel_id}", "POST").status == 204


def test_a_changed_notebook_is_served_in_its_new_version(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    write_course(tmp_path, {"00_a": ["# Before"]})
    url = serve(tmp_path).url
    assert "Before" in ask(f"{url}voila/render/00_a.ipynb").text
    write_course(tmp_path, {"00_a": ["# Afterwards"]})
    assert "Afterwards" in ask(f"{url}voila/render/00_a.ipynb").text


def test_a_late_output_is_not_lost(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    # The kernel answers at once and its outputs come after 6 s, as on a very busy machine. A
    # client that stops listening after nbclient's default of 4 s leaves a hole in the page.
    late = (
        "import sys, time\nfrom IPython import get_ipython\n"
        "sys.stdout.flush = sys.stderr.flush = lambda: None\n"
        "get_ipython().kernel.iopub_thread.schedule(lambda: time.sleep(6))\n"
        "display('here after all')"
    )
    write_course(tmp_path, {"00_late": ["# Late", late]})
    page = ask(f"{serve(tmp_path, '--no-fork').url}voila/render/00_late.ipynb").text
    assert "here after all" in page


def test_writing_often_to_output_widgets_keeps_no_page_waiting(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    # For each line nbclient sends on the socket on which it waits for the cell's reply.
    lines = "import ipywidgets as w\nout = w.Output()\nfor i in range(20):\n    with out: print(i)"
    write_course(tmp_path, {"00_lines": ["# Lines", *[lines] * 30, "'the end'"]})
    page = ask(f"{serve(tmp_path, '--no-fork').url}voila/render/00_lines.ipynb").text
    assert "the end" in page


def test_a_folder_without_a_first_lesson_is_listed(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    write_course(tmp_path, {"03_triggers": ["# Triggers & more"]})
    server = serve(tmp_path, "--base-url", "/course/")
    assert server.url.endswith("/course/")
    page = ask(server.url)
    assert page.status == 200
    assert '<a href="/course/voila/render/03_triggers.ipynb">Triggers &amp; more</a>' in page.text
    lesson = ask(f"{server.url}voila/render/03_triggers.ipynb").text
    assert 'src="/course/static/page-' in lesson
    assert '"baseUrl": "/course/"' in lesson
    assert ask(server.url.removesuffix("course/")).status == 404


def _kernels(server: Any) -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(server.process.pid).children(recursive=True)
        if "ipykernel_launcher" in " ".join(child.cmdline())
    ]


def test_kernels_talk_in_private_and_end_with_the_server(
    serve: Callable[..., Any], course: Path
) -> None:
    server = serve(course, "--no-fork")
    ask(f"{server.url}voila/render/00_start_here.ipynb")
    kernel = _kernels(server)[0]
    connection = Path(kernel.cmdline()[kernel.cmdline().index("-f") + 1])
    info = json.loads(connection.read_text())
    assert info["transport"] == "ipc"
    assert Path(info["ip"]).parent == connection.parent
    assert connection.parent.stat().st_mode & 0o077 == 0

    assert server.stop() == 0
    assert not kernel.is_running()
    assert not connection.parent.exists()
