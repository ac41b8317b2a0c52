"""A student of a hub without a browser: signs in, runs a lesson, answers, signs out."""

import asyncio
import json
import re
import time
from base64 import b64decode
from collections.abc import Callable, Sequence
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect as connect_now
from websockets.typing import Subprotocol

from tests.asking import kernel_of
from tests.conftest import DEADLINE_S
from tests.serving.test_server import Wire
from twitchlib.serving.frames import PROTOCOL
from twitchlib.snapshot.states import opened

LESSONS = "muscle-twitching"
_STATES = re.compile(r'<script type="application/octet-stream" id="widget-states">([^<]*)</script>')
# What the panel of a question does with an answer.
_ANSWER = """
from twitchlib import quiz
from twitchlib.widgets.progress import ANSWERS
asked = quiz.lessons()["{lesson}"][0]
ANSWERS.progress = ANSWERS.progress.after(asked, asked.key)
"""


def wait_until(done: Callable[[], object], what: str) -> None:
    """Ask again and again until something is so."""
    give_up = time.monotonic() + 3 * DEADLINE_S
    while not done():
        assert time.monotonic() < give_up, what
        time.sleep(0.2)


class Student:
    """Somebody with a name and a browser's cookies.

    Parameters
    ----------
    hub : str
        Address of the hub.
    name : str
        The student's name.
    """

    def __init__(self, hub: str, name: str) -> None:
        self.name = name
        self._hub = hub
        self.home = f"{hub}/user/{name}"
        self.seconds: dict[str, float] = {}
        self.kernel_id = self.page_kernel_id = ""
        self._jar = CookieJar()
        self._browser = build_opener(HTTPCookieProcessor(self._jar))

    def ask(self, url: str, method: str = "GET", body: object = None) -> tuple[int, str, bytes]:
        """Return status, last address and body of an answer, after all redirections."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {"X-XSRFToken": self._cookies(url).get("_xsrf", "")}
        request = Request(url, data, headers, method=method)
        try:
            with self._browser.open(request, timeout=2 * DEADLINE_S) as answer:
                return answer.status, answer.url, answer.read()
        except HTTPError as error:
            return error.code, error.url or url, error.read()
        except (URLError, ConnectionError, TimeoutError):
            return 0, url, b""

    def reaches(self, url: str) -> bool:
        """Return whether an address answers with what is there, not with the hub's own pages."""
        status, at, _ = self.ask(url)
        return status == 200 and not urlsplit(at).path.startswith("/hub/")

    def wires(self, url: str) -> bool:
        """Return whether a kernel answers on its websocket; a proxy may open and then close it."""
        address = url.replace("http", "ws", 1)
        try:
            with connect_now(
                address,
                additional_headers={"Cookie": self._cookie(address)},
                subprotocols=[Subprotocol(PROTOCOL)],
                open_timeout=DEADLINE_S,
                max_size=None,
            ) as socket:
                wire = Wire(socket)
                return bool(wire.until_idle_after(wire.send("kernel_info_request", {})))
        except (InvalidStatus, ConnectionClosed):
            return False

    def sign_in(self, password: str) -> None:
        """Sign in, and wait until the server runs."""
        began = time.perf_counter()
        login = f"{self._hub}/hub/login"
        self.ask(login)
        form = {
            "username": self.name,
            "password": password,
            "_xsrf": self._cookies(login)["_xsrf"],
        }
        request = Request(f"{login}?next=", urlencode(form).encode())
        self._browser.open(request, timeout=DEADLINE_S).close()
        self.start()
        self.seconds.setdefault("server", time.perf_counter() - began)

    def start(self) -> None:
        """Start the server if it does not run, and wait for it."""

        def runs() -> bool:
            if self.reaches(f"{self.home}/lab"):
                return self.ask(f"{self.home}/api/status")[0] == 200
            self.ask(f"{self._hub}/hub/spawn/{self.name}")
            return False

        wait_until(runs, f"the server of {self.name}")

    def run_lesson(self, lesson: str) -> None:
        """Run a lesson in JupyterLab from top to bottom, and answer its first question."""
        began = time.perf_counter()
        path = f"{LESSONS}/{lesson}.ipynb"
        notebook = json.loads(self.ask(f"{self.home}/api/contents/{path}")[2])["content"]
        session = {
            "path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"},
        }  # fmt: skip
        status, _, body = self.ask(f"{self.home}/api/sessions", "POST", session)
        assert status == 201, body
        self.kernel_id = json.loads(body)["kernel"]["id"]
        cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        asyncio.run(self._run([*cells, _ANSWER.format(lesson=lesson)]))
        self.seconds.setdefault("lesson in JupyterLab", time.perf_counter() - began)

    async def _run(self, cells: Sequence[str]) -> None:
        address = f"ws{self.home[4:]}/api/kernels/{self.kernel_id}/channels"
        wires = connect(
            address,
            additional_headers={"Cookie": self._cookie(address)},
            max_size=None,
            open_timeout=DEADLINE_S,
        )
        async with wires as wire, asyncio.timeout(3 * DEADLINE_S):
            for cell in cells:
                await _execute(wire, cell)

    def dashboard(self, lesson: str) -> str:
        """Open a lesson as a dashboard, and return what its widgets hold."""
        began = time.perf_counter()
        status, _, page = self.ask(f"{self.home}/course/voila/render/{lesson}.ipynb")
        assert status == 200
        text = page.decode()
        states, self.page_kernel_id = _STATES.search(text), kernel_of(text)
        assert states is not None
        self.seconds.setdefault("lesson as a dashboard", time.perf_counter() - began)
        return json.dumps(opened(b64decode(states[1]))[0], separators=(",", ":"))

    def sign_out(self) -> None:
        """Sign out. The browser keeps what cookies it then has."""
        self.ask(f"{self._hub}/hub/logout")

    def _cookie(self, url: str) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies(url).items())

    def _cookies(self, url: str) -> dict[str, str]:
        """Return the cookies for an address; those of a longer path win."""
        path = urlsplit(url).path
        mine = [cookie for cookie in self._jar if path.startswith(cookie.path)]
        return {one.name: one.value or "" for one in sorted(mine, key=lambda one: len(one.path))}


async def _execute(wire: ClientConnection, code: str) -> None:
    """Run a cell, and wait until it has run without an error."""
    identifier = uuid4().hex
    header = {
        "msg_id": identifier, "msg_type": "execute_request", "session": "s", "username": "",
        "version": "5.3", "date": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    content = {"code": code, "silent": False, "stop_on_error": True, "allow_stdin": False}
    message = {
        "header": header, "parent_header": {}, "metadata": {}, "content": content,
        "channel": "shell",
    }  # fmt: skip
    await wire.send(json.dumps(message))
    while True:
        raw = await wire.recv()
        if isinstance(raw, bytes):
            continue  # figures, which travel with their numbers as bytes
        found: dict[str, Any] = json.loads(raw)
        if found["parent_header"].get("msg_id") != identifier:
            continue
        if found["header"]["msg_type"] == "execute_reply":
            assert found["content"]["status"] == "ok", found["content"]
            return
