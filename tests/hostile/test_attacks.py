"""Attacks that once worked, each as first carried out: the server and its reader are unharmed."""

import asyncio
import json
import re
import signal
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from jupyter_core.utils import ensure_async
from websockets.exceptions import InvalidStatus

from tests.asking import DEADLINE_S, Answer, ask, kernel_of
from tests.conftest import Server
from tests.hostile.siege import MIB, Siege, leaks, log_of, rss
from tests.hostile.strategies import MODEL
from tests.hostile.test_requests import exchange
from tests.hostile.visitor import (
    EndedError,
    RawWire,
    Visitor,
    envelope,
    join,
    masked,
    reason_of,
    socket_to,
)
from twitchlib.serving import kernels as kernels_module
from twitchlib.serving.budget import BUDGET, Budget
from twitchlib.serving.headers import FIXED
from twitchlib.serving.kernels import LessonKernels

EMPTY, SLIDER, FIGURE, HUNGRY = "09_empty", "10_slider", "13_figure", "14_hungry"
_QUIET_LOG_BYTES = 10_000


def until(met: Callable[[], bool], deadline_s: float = DEADLINE_S) -> None:
    """Wait until a condition is met."""
    give_up = time.monotonic() + deadline_s
    while not met():
        assert time.monotonic() < give_up, "the condition was never met"
        threading.Event().wait(0.05)


def kernels_of(server: Server) -> list[psutil.Process]:
    """Return the running kernels of a server: what it launched, and what was forked from that."""
    found = []
    for child in psutil.Process(server.process.pid).children(recursive=True):
        with suppress(psutil.Error):  # it has just gone
            kernel = child.ppid() != server.process.pid or "ipykernel_launcher" in child.cmdline()
            if kernel and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


# -- what a page sends --------------------------------------------------------------------------


def test_a_frame_that_claims_many_parts_keeps_nobody_waiting(siege: Siege) -> None:
    with siege.attack("frame of many parts"):
        visitor = Visitor(siege.url, SLIDER)
        for frame in (b"\xff" * 8, struct.pack("<Q", 2**23)):
            visitor.send_raw(frame)
            siege.check()
            visitor.answers(visitor.send("kernel_info_request", {}))
        visitor.close()
    siege.note("attack table", "frame of many parts", 2)


def test_a_page_that_keeps_asking_for_plotly_and_reads_nothing_is_stopped(siege: Siege) -> None:
    with siege.attack("plotly, unread"):
        visitor = Visitor(siege.url, FIGURE)
        figures = [
            name
            for name, state in visitor.models().items()
            if str(state.get("_anywidget_id")).endswith("FigureView")
        ]
        before = most = rss(siege.server)
        deaf = RawWire(siege.url, visitor.kernel_id)
        for _ in range(600):
            data = {"method": "custom", "content": {"plotly": "wanted"}}
            content = {"comm_id": figures[0], "data": data}
            parts: list[dict[str, Any]] = [envelope("comm_msg"), {}, {}, content]
            message = join([b"shell", *(json.dumps(part).encode() for part in parts)])
            if not deaf.send(b"\x82" + masked(message)):
                break
            most = max(most, rss(siege.server))
        try:
            visitor.answers(visitor.send("kernel_info_request", {}))  # everything has been handled
        except EndedError:
            assert reason_of(siege.url, visitor.kernel_id)
        most = max(most, rss(siege.server))
        assert most - before < 100 * MIB
        deaf.close()
        visitor.close()
    siege.note("attack table", "plotly, unread", 600)


BAD_CONTENTS = {
    "no JSON": b"nope",
    "deep": b"[" * 50_000,
    "no UTF-8": b"\xff\xfe",
    "no object": b"[]",
    "nothing": b"null",
    "no widget": b"{}",
    "odd widget": b'{"comm_id": {}}',
    "unknown widget": b'{"comm_id": "x", "data": {}}',
    "odd change": b'{"comm_id": "%s", "data": {"method": "update", "state": {"layout": 1}}}'
    % MODEL.encode(),
    "odd method": b'{"comm_id": "%s", "data": {"method": "x"}}' % MODEL.encode(),
    "no data": b'{"comm_id": "%s", "data": []}' % MODEL.encode(),
}


def test_messages_that_fail_do_not_fill_the_log(siege: Siege) -> None:
    with siege.attack("messages that fail"):
        visitor = Visitor(siege.url, SLIDER)
        model = next(iter(visitor.models()))

        def flood(times: int) -> None:
            for kind in times * ["comm_msg", "comm_msg", "comm_open", "comm_close"]:
                for content in BAD_CONTENTS.values():
                    head = [b"shell", json.dumps(envelope(kind)).encode(), b"{}", b"{}"]
                    sent = content.replace(MODEL.encode(), model.encode())
                    visitor.send_raw(join([*head, sent]))
            visitor.answers(visitor.send("kernel_info_request", {}))

        flood(8)  # these may be logged
        before = siege.log.stat().st_size
        flood(4)
        assert siege.log.stat().st_size - before < _QUIET_LOG_BYTES
        assert leaks(visitor.received) == []
        visitor.close()
    siege.note("attack table", "messages that fail", 48 * len(BAD_CONTENTS))


def test_a_wire_that_is_cut_while_its_kernel_speaks_leaves_no_traceback(siege: Siege) -> None:
    with siege.attack("cut wires"):
        visitor = Visitor(siege.url, SLIDER)
        before = siege.log.stat().st_size
        with suppress(EndedError):
            for _ in range(2 * int(BUDGET.frames)):
                visitor.send("kernel_info_request", {})
        with pytest.raises(EndedError):
            visitor.answers("nothing")
        assert reason_of(siege.url, visitor.kernel_id) == "messages"
        with siege.log.open() as log:
            log.seek(before)
            assert "Traceback" not in log.read()
        visitor.close()
    siege.note("attack table", "too many messages")


# -- how many -----------------------------------------------------------------------------------


@dataclass
class Crowd:
    """A server for five visitors, from which somebody fetches a page again and again."""

    server: Server
    answers: list[Answer]
    most_kernels: int
    fetched_s: float


def _kernels_that_stay(server: Server, room: int) -> int:
    """Return how many kernels run, without one that is ending or that a lesson only tries."""
    give_up = time.monotonic() + 5
    while (count := len(kernels_of(server))) > room and time.monotonic() < give_up:
        threading.Event().wait(0.05)
    return count


@pytest.fixture(scope="module")
def crowd(serve: Callable[..., Server], hostile_course: Path) -> Crowd:
    server = serve(hostile_course, "--visitors", "5")
    answers, kernels = [], []
    for _ in range(41):
        answers.append(ask(f"{server.url}voila/render/{EMPTY}.ipynb"))
        kernels.append(_kernels_that_stay(server, 5))
    return Crowd(server, answers, max(kernels), time.monotonic())


def test_fetching_pages_without_end_takes_no_more_than_there_is_room_for(crowd: Crowd) -> None:
    statuses = [answer.status for answer in crowd.answers]
    assert statuses[:6] == 5 * [200] + [503]
    assert crowd.most_kernels <= 5
    refused = [answer for answer in crowd.answers if answer.status != 200]
    # On a slow machine the first lose their places before the last have asked.
    assert len(refused) >= 20
    for answer in refused:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "</html>" in answer.text
        assert leaks([answer.body]) == []
        _is_guarded(answer.headers)


# -- requests to the server ---------------------------------------------------------------------


def test_bodies_that_never_end_are_refused_at_once(siege: Siege) -> None:
    with siege.attack("unfinished bodies"), ExitStack() as connections:
        parts = urlsplit(siege.url)
        before = rss(siege.server)
        refused = 0
        for _ in range(5):
            connection = connections.enter_context(
                socket.create_connection((parts.hostname, parts.port), timeout=DEADLINE_S)
            )
            connection.sendall(
                b"POST /voila/api/shutdown/a-b-c-d-e HTTP/1.1\r\nHost: localhost\r\n"
                b"Content-Length: 94371840\r\n\r\n"
            )
            try:
                for _ in range(89):
                    connection.sendall(bytes(MIB))
            except ConnectionError:
                refused += 1
        assert refused == 5
        assert rss(siege.server) - before < 20 * MIB
    siege.note("attack table", "unfinished bodies", 5)


def test_requests_that_are_refused_do_not_fill_the_log(siege: Siege) -> None:
    paths = [
        "voila/render/%ff" + "x" * 9000,
        "instructor?to=%ff" + "x" * 9000,
        "voila/render/" + "x" * 300 + ".ipynb",
        "static/%s/" + "x" * 300 + ".js",
        "instructor?to=00_start_here.ipynb%23" + "x" * 9000,
        "%00",
    ]
    shelf = re.search(r"/static/([^/]+)/", ask(f"{siege.url}nothing").text)
    assert shelf is not None
    with siege.attack("requests that are refused", log_bytes=_QUIET_LOG_BYTES):
        for _ in range(20):
            for path in paths:
                answer = ask(siege.url + (path % shelf[1] if "%s" in path else path))
                assert answer.status < 500, path[:80]
    siege.note("attack table", "refused requests", 20 * len(paths))


@pytest.mark.parametrize(
    "path",
    [
        "static/%s/%%00",
        "static/%s/page.css%%00.js",
        "static/%%00/page.css",
        "voila/render/%%00",
        "voila/render/%%00.ipynb",
        "voila/render/00_start_here%%00.ipynb",
        "instructor/notes/%%00",
        "api/kernels/%%00-a-b-c-d",
        "%%00",
    ],
)
def test_a_null_byte_in_a_path_leads_nowhere(siege: Siege, path: str) -> None:
    shelf = re.search(r"/static/([^/]+)/", ask(f"{siege.url}nothing").text)
    assert shelf is not None
    address = path % shelf[1] if "%s" in path else path.replace("%%", "%")
    answer = ask(siege.url + address)
    assert answer.status == 404
    assert leaks([answer.body]) == []


def test_qr_codes_too_long_for_a_camera_keep_nobody_waiting(siege: Siege) -> None:
    state = "x" * 1900 + "=1"
    with siege.attack("QR codes"), ExitStack() as connections:
        parts = urlsplit(siege.url)
        request = f"GET /instructor?to=00_start_here.ipynb&state={state} HTTP/1.1\r\n"
        for _ in range(20):
            connection = socket.create_connection((parts.hostname, parts.port), timeout=DEADLINE_S)
            connections.enter_context(connection)
            connection.sendall(f"{request}Host: localhost\r\n\r\n".encode())
        siege.check()
    siege.note("attack table", "QR codes", 20)


# -- other sites --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/instructor", "/voila/render/10_slider.ipynb", "/health"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil"])
def test_a_request_under_the_name_of_another_site_gets_nothing(
    siege: Siege, path: str, host: str
) -> None:
    answer = ask(siege.url.rstrip("/") + path, Host=host, Origin=f"http://{host}")
    assert answer.status == 421
    assert siege.reader.kernel_id not in answer.text
    assert not re.search(r'"kernelId": *"', answer.text)
    _is_guarded(answer.headers)


def test_a_request_under_the_name_of_another_site_gets_no_wire(siege: Siege) -> None:
    parts = urlsplit(siege.url)
    for host, origin in (
        ("evil.example", "http://evil.example"),
        ("evil.example", None),
        (parts.netloc, "http://evil.example"),
        (parts.netloc, "null"),
    ):
        said = f"Origin: {origin}\r\n" if origin else ""
        answer = exchange(
            siege.url,
            f"GET /api/kernels/{siege.reader.kernel_id}/channels HTTP/1.1\r\nHost: {host}\r\n{said}"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n\r\n".encode(),
            silent_s=1,
        )
        assert answer.split()[1] in {b"421", b"403"}, answer[:80]
        assert b"frame-ancestors 'none'" in answer
    siege.note("attack table", "wires for other sites", 4)


def _is_guarded(headers: Any) -> None:
    assert {name: headers.get(name) for name in FIXED} == dict(FIXED)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers.get("Server") is None
    assert headers.get("Set-Cookie") is None


def test_every_answer_is_guarded(siege: Siege) -> None:
    page = ask(f"{siege.url}voila/render/{SLIDER}.ipynb")
    kernel = kernel_of(page.text)
    found = re.findall(r'(?:href|src)="/(static/[^"]+)"', page.text)
    answers: dict[object, Answer] = {
        page.status: page,
        **{
            (path, method): ask(siege.url + path, method)
            for path in [
                "", "health", "instructor", "instructor/notes/07_emg_lab", "instructor?to=x", "x",
                "instructor/notes/x", "voila/render/x.ipynb", "voila/render/%ff.ipynb", found[0],
                "static/x/y", f"api/kernels/{kernel}", f"api/kernels/{uuid.uuid4()}",
                f"api/kernels/{kernel}/channels", f"api/kernels/{uuid.uuid4()}/channels",
                "voila/api/shutdown/a-b-c-d-e",
            ]
            for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"]
            if (path, method) != (f"api/kernels/{kernel}/channels", "POST")
        },
        "again": ask(siege.url + found[0], **{"If-None-Match": "*"}),
        "elsewhere": ask(siege.url, Host="evil.example"),
    }  # fmt: skip
    for what, answer in answers.items():
        assert answer.status < 500, what
        _is_guarded(answer.headers)
    statuses = {answer.status for answer in answers.values()}
    assert statuses >= {200, 204, 302, 304, 400, 404, 405, 421}
    with pytest.raises(InvalidStatus) as refused, socket_to(siege.url, str(uuid.uuid4())):
        pass
    _is_guarded(refused.value.response.headers)
    ask(f"{siege.url}voila/api/shutdown/{kernel}", "POST")


# -- what a kernel uses -------------------------------------------------------------------------


def test_asking_for_a_kernel_for_ever_does_not_keep_it() -> None:
    async def main() -> None:
        kernels = LessonKernels()
        kernel_id = await kernels.start_kernel()
        try:
            began = time.monotonic()
            now = began
            kernels.clock = lambda: now
            kernels.hand_out(kernel_id)
            while kernel_id in kernels and now < began + 3600:
                kernels.sign_of_life(kernel_id)
                now += 5
                await kernels.sweep()
            assert BUDGET.arriving_at_most_s <= now - began <= BUDGET.arriving_at_most_s + 10
        finally:
            await kernels.end_all()

    asyncio.run(main())


ENDLESS = """\
import ipywidgets as w

def click(_):
    print("round and round", flush=True)
    while True:
        pass

button = w.Button()
button.on_click(click)
"""


def test_a_change_that_takes_for_ever_is_interrupted_and_then_its_kernel_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small: Budget = replace(BUDGET, busy_s=2, grace_s=1)
    monkeypatch.setattr(kernels_module, "BUDGET", small)

    async def main() -> None:
        kernels = LessonKernels()
        kernel_id = await kernels.start_kernel()
        client = kernels.get_kernel(kernel_id).client()

        async def hear(asked: str, kind: str, state: str | None = None) -> dict[str, Any]:
            while True:
                said = await ensure_async(client.get_iopub_msg(timeout=DEADLINE_S))
                found = (said["parent_header"].get("msg_id"), said["msg_type"])
                if found == (asked, kind) and said["content"].get("execution_state") == state:
                    content: dict[str, Any] = said["content"]
                    return content

        def click(button: str) -> str:
            data = {"method": "custom", "content": {"event": "click"}}
            message = client.session.msg("comm_msg", {"comm_id": button, "data": data})
            client.shell_channel.send(message)
            identifier: str = message["header"]["msg_id"]
            return identifier

        try:
            now = time.monotonic()
            kernels.clock = lambda: now
            kernels.hand_out(kernel_id)
            kernels.notify_connect(kernel_id)
            client.start_channels()
            await ensure_async(client.wait_for_ready(timeout=DEADLINE_S))
            exceeded: list[str] = []
            kernels.on_exceeded = exceeded.append
            made = client.execute(ENDLESS + "print(button.model_id)")
            button = (await hear(made, "stream"))["text"].strip()

            asked = click(button)
            await hear(asked, "stream")  # now it can be interrupted
            kernels.note_state(kernel_id, "busy", "comm_msg")
            now += 1
            await kernels.sweep()
            now += 1.5
            await kernels.sweep()
            await hear(asked, "status", "idle")  # it was interrupted, and answers again
            kernels.note_state(kernel_id, "idle", "comm_msg")
            assert exceeded == []

            asked = click(button)
            await hear(asked, "stream")  # now it can be interrupted
            kernels.note_state(kernel_id, "busy", "comm_msg")
            now += 3.5
            await kernels.sweep()
            assert exceeded == ["time"]
            assert kernels.reason(kernel_id) == "time"
            await kernels.end_all()
            assert kernel_id not in kernels
        finally:
            client.stop_channels()
            await kernels.end_all()

    asyncio.run(main())


def test_a_kernel_that_eats_memory_is_ended_and_its_page_told_why(siege: Siege) -> None:
    with siege.attack("a hungry kernel"):
        visitor = Visitor(siege.url, HUNGRY)
        states = visitor.models()
        button = next(n for n, s in states.items() if s["_model_name"] == "ButtonModel")
        click = {"method": "custom", "content": {"event": "click"}}
        asked = visitor.comm(button, click)
        with suppress(EndedError):
            visitor.answers(asked)
        with pytest.raises(EndedError):
            visitor.answers("nothing")
        answer = ask(f"{siege.url}api/kernels/{visitor.kernel_id}")
        assert answer.status == 410
        assert json.loads(answer.body) == {"reason": "memory"}
        _is_guarded(answer.headers)
    siege.note("attack table", "a hungry kernel")


# -- how a server ends --------------------------------------------------------------------------


def test_places_of_visitors_who_never_connect_are_free_again_within_seconds(crowd: Crowd) -> None:
    # Others were waiting, so visitors who fetched a page and did not connect have to go.
    def visitors() -> int:
        found: int = json.loads(ask(f"{crowd.server.url}health").body)["visitors"]
        return found

    until(lambda: visitors() == 0, crowd.fetched_s + 20 - time.monotonic())
    until(lambda: not kernels_of(crowd.server), DEADLINE_S)
    assert ask(f"{crowd.server.url}voila/render/{EMPTY}.ipynb").status == 200


def _folder_of(server: Server) -> Path:
    """Return the folder of the kernels' sockets, once there is a kernel."""

    def named() -> Path | None:
        for kernel in kernels_of(server):
            with suppress(psutil.Error):
                for connection in kernel.net_connections("unix"):
                    if "twitch_" in str(connection.laddr):
                        return Path(str(connection.laddr)).parent
        return None

    until(lambda: named() is not None, DEADLINE_S)
    folder = named()
    assert folder is not None
    return folder


@dataclass
class Succession:
    """A server that was killed, and its successor."""

    kernels: list[psutil.Process]
    left: Path
    after: Server


@pytest.fixture(scope="module")
def succession(crowd: Crowd, serve: Callable[..., Server], hostile_course: Path) -> Succession:
    server = crowd.server
    if not kernels_of(server):
        ask(f"{server.url}voila/render/{EMPTY}.ipynb")
    kernels, left = kernels_of(server), _folder_of(server)
    assert left.is_dir()
    server.process.kill()
    server.process.wait(DEADLINE_S)
    assert server.process.stdout is not None
    server.process.stdout.close()
    return Succession(kernels, left, serve(hostile_course))


def test_what_a_killed_server_left_behind_is_removed_by_the_next(succession: Succession) -> None:
    _gone, alive = psutil.wait_procs(succession.kernels, DEADLINE_S)
    assert not alive, "its kernels are still running"
    assert not succession.left.exists()


def test_a_server_that_is_told_to_stop_during_an_attack_stops(succession: Succession) -> None:
    server = succession.after
    visitor = Visitor(server.url, SLIDER)
    folder, log = _folder_of(server), log_of(server)
    kernels = kernels_of(server)
    attacking = threading.Event()

    def attack() -> None:
        while server.process.poll() is None:
            try:
                for _ in range(20):
                    visitor.send("kernel_info_request", {})
                exchange(server.url, b"GET /voila/render/x.ipynb HTTP/1.1\r\nHost: x\r\n\r\n", 0.05)
                exchange(server.url, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-", 0.05)
            except (EndedError, OSError):
                return
            finally:
                attacking.set()

    attackers = [threading.Thread(target=attack) for _ in range(3)]
    for attacker in attackers:
        attacker.start()
    assert attacking.wait(DEADLINE_S)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(DEADLINE_S) == 0
    assert server.process.stdout is not None
    server.process.stdout.close()
    for attacker in attackers:
        attacker.join(DEADLINE_S)
    visitor.hang_up()
    # They end by themselves once their server is gone.
    assert psutil.wait_procs(kernels, DEADLINE_S)[1] == []
    assert not folder.exists()
    assert "Traceback" not in log.read_text()
