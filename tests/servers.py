"""Servers of the course: one that a test starts, and one that all workers of a run share."""

import fcntl
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from twitchlib.places import folder

__all__ = [
    "DEADLINE_S", "Server", "pytest_configure", "pytest_configure_node", "pytest_unconfigure",
    "shared_course", "started",
]  # fmt: skip

DEADLINE_S = 120


@dataclass
class Server:
    """A running ``twitchlib serve``."""

    url: str
    process: subprocess.Popen[str]

    def stop(self, how: int = signal.SIGINT) -> int:
        """Send a signal, by default that of Ctrl-C, and return the exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        """Wait until the server has ended, and return its exit code."""
        code = self.process.wait(DEADLINE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def started(notebooks: Path, *options: str, log: Path, announces: str = "http://") -> Server:
    """Start a server, and wait until it prints its address."""
    command = [sys.executable, "-c", "from twitchlib.serving.cli import main; exit(main())"]
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--notebooks", str(notebooks), *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    return Server(_announced(process, announces), process)


def _announced(process: subprocess.Popen[str], announces: str) -> str:
    assert process.stdout is not None
    give_up = time.monotonic() + DEADLINE_S
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0, give_up - time.monotonic())):
            line = process.stdout.readline()
            if not line:
                break
            for word in line.split():
                if word.startswith(announces):
                    return word
    process.kill()
    pytest.fail("the server did not say its address")


_SHARED = pytest.StashKey[Path]()
_STARTED = pytest.StashKey[Server]()


def shared_course(config: pytest.Config) -> str:
    """Return the address of the course on a server that all workers share.

    It runs every lesson when it starts, so one must be enough. The first worker that needs it
    starts it.
    """
    shared = config.stash[_SHARED]
    said = shared / "course"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            server = started(folder("notebooks"), log=shared / "log")
            config.stash[_STARTED] = server  # unreferenced, it would raise a warning
            said.write_text(f"{server.process.pid} {server.url}", encoding="utf-8")
    return said.read_text(encoding="utf-8").split()[1]


def pytest_configure(config: pytest.Config) -> None:
    """Make a folder for what the workers share, or take that of the controller."""
    given = getattr(config, "workerinput", {}).get("shared")
    config.stash[_SHARED] = Path(given or tempfile.mkdtemp(prefix="twitchlib-tests-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which folder that is."""
    node.workerinput["shared"] = str(node.config.stash[_SHARED])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the shared server once all workers have ended."""
    if hasattr(config, "workerinput"):
        return
    shared = config.stash[_SHARED]
    said = shared / "course"
    if said.exists():
        with suppress(psutil.NoSuchProcess):  # if it has ended, tests have said so
            server = psutil.Process(int(said.read_text(encoding="utf-8").split()[0]))
            server.send_signal(signal.SIGINT)
            server.wait(DEADLINE_S)
    shutil.rmtree(shared)
