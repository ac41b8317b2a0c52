"""Requests whose attack once worked, and sites that pretend to be this one: nobody is harmed."""

import re
import socket
import uuid
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from tests.asking import DEADLINE_S, Answer, ask, kernel_of
from tests.hostile.siege import MIB, Siege, leaks, rss
from tests.hostile.test_requests import exchange
from tests.hostile.visitor import socket_to
from tests.hostile.watching import QUIET_LOG_BYTES, SLIDER, check_guarded


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
    with siege.attack("requests that are refused", log_bytes=QUIET_LOG_BYTES):
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
    check_guarded(answer.headers)


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
        check_guarded(answer.headers)
    statuses = {answer.status for answer in answers.values()}
    assert statuses >= {200, 204, 302, 304, 400, 404, 405, 421}
    with pytest.raises(InvalidStatus) as refused, socket_to(siege.url, str(uuid.uuid4())):
        pass
    check_guarded(refused.value.response.headers)
    ask(f"{siege.url}voila/api/shutdown/{kernel}", "POST")
