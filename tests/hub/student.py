"""A hub's student without a browser, who tries addresses: their own, and those of others."""

import json
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.asking import kernel_of
from tests.servers import DEADLINE_S
from tests.serving.test_server import Wire
from twitchlib.serving.frames import PROTOCOL

LESSONS = "muscle-twitching"


def wait_until(done: Callable[[], object], what: str) -> None:
    """Wait until a condition is met; `what` names what is waited for."""
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
        """Return whether an address answers with its content, not with one of the hub's pages."""
        status, at, _ = self.ask(url)
        return status == 200 and not urlsplit(at).path.startswith("/hub/")

    def wires(self, url: str) -> bool:
        """Return whether a kernel answers on its websocket; a proxy may open and then close it."""
        address = url.replace("http", "ws", 1)
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies(address).items())
        try:
            with connect(
                address,
                additional_headers={"Cookie": cookie},
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
        login = f"{self._hub}/hub/login"
        self.ask(login)
        form = {
            "username": self.name,
            "password": password,
            "_xsrf": self._cookies(login)["_xsrf"],
        }
        request = Request(f"{login}?next=", urlencode(form).encode())
        self._browser.open(request, timeout=DEADLINE_S).close()
        # The student's own cookie is needed, which comes with the first page.
        wait_until(lambda: self.reaches(f"{self.home}/lab"), f"the server of {self.name}")

    def kernel(self) -> str:
        """Return the kernel of a notebook that is open."""
        found: str = json.loads(self.ask(f"{self.home}/api/sessions")[2])[0]["kernel"]["id"]
        return found

    def page_kernel(self, lesson: str) -> str:
        """Open a lesson as a dashboard, and return its kernel."""
        status, _, page = self.ask(f"{self.home}/course/voila/render/{lesson}.ipynb")
        assert status == 200
        return kernel_of(page.decode())

    def sign_out(self) -> None:
        """Sign out. The browser keeps the cookies that it has after that."""
        self.ask(f"{self._hub}/hub/logout")

    def _cookies(self, url: str) -> dict[str, str]:
        """Return the cookies for an address; those of a longer path win."""
        path = urlsplit(url).path
        mine = [cookie for cookie in self._jar if path.startswith(cookie.path)]
        return {one.name: one.value or "" for one in sorted(mine, key=lambda one: len(one.path))}
