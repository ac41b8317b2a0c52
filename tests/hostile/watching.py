"""What is watched during attacks: kernels, and what every answer has to carry."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psutil

from tests.asking import DEADLINE_S
from tests.servers import Server
from twitchlib.serving.headers import FIXED

EMPTY, SLIDER, FIGURE, HUNGRY = "09_empty", "10_slider", "13_figure", "14_hungry"
QUIET_LOG_BYTES = 10_000


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


def check_guarded(headers: Any) -> None:
    """Check the headers that guard every answer."""
    assert {name: headers.get(name) for name in FIXED} == dict(FIXED)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers.get("Server") is None
    assert headers.get("Set-Cookie") is None
