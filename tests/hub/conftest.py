"""Servers behind a proxy, with the configuration that is given to those who run the course."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import DEADLINE_S, Server
from twitchlib.places import folder

HUB = Path(__file__).parents[2] / "hub"
# The map of the course, and a lesson with sliders and a quiz: two lessons start quickly.
LESSONS = ("00_start_here", "03_triggers")


def haproxy() -> str:
    """Return the program; without it, skip, or fail where all tests are required."""
    # Debian puts it where ordinary users do not look.
    found = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        missing = "no HAProxy found: install the package haproxy"
        if os.environ.get("TWITCHLIB_BROWSER_TESTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Farm:
    """A proxy and the servers behind it."""

    url: str
    servers: tuple[Server, ...]


@pytest.fixture
def farm(serve: Callable[..., Server], tmp_path: Path) -> Iterator[Farm]:
    program = haproxy()
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for name in LESSONS:
        shutil.copy(folder("notebooks") / f"{name}.ipynb", notebooks)
    servers = tuple(serve(notebooks, "--drain", "10", "--visitors", "60") for _ in range(2))
    port = free_port()
    places = (server.url.split("/")[2] for server in servers)
    process = subprocess.Popen(
        [program, "-db", "-f", str(HUB / "haproxy.cfg")],
        env={
            **os.environ,
            "COURSE_BIND": f"127.0.0.1:{port}",
            **dict(zip(("COURSE_ONE", "COURSE_TWO"), places, strict=True)),
        },
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    give_up = time.monotonic() + DEADLINE_S
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}health", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < give_up
                time.sleep(0.05)
        yield Farm(url, servers)
    finally:
        process.terminate()
        process.wait()
