"""Running courses: one of a test's own, or the one that all processes of a run share."""

import fcntl
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
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
        """Interrupt it as Ctrl-C does, or end it in another way, and return its exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        """Wait until it has ended, and return its exit code."""
        code = self.process.wait(DEADLINE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def started(notebooks: Path, *options: str, log: Path, announces: str = "http://") -> Server:
    """Start a server, and wait until it says where it is."""
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
    pytest.fail("the server did not say where it is")


_SHARED = pytest.StashKey[Path]()
_STARTED = pytest.StashKey[Server]()


def shared_course(config: pytest.Config) -> str:
    """Return the address of the course: it runs every lesson first, so one is enough.

    Whichever process of the run asks first starts it.
    """
    shared = config.stash[_SHARED]
    said = shared / "course"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            server = started(folder("notebooks"), log=shared / "log")
            config.stash[_STARTED] = server  # one that nobody refers to is complained of
            said.write_text(f"{server.process.pid} {server.url}", encoding="utf-8")
    return said.read_text(encoding="utf-8").split()[1]


def pytest_configure(config: pytest.Config) -> None:
    """Agree on a folder for what all processes of the run share."""
    given = getattr(config, "workerinput", {}).get("shared")
    config.stash[_SHARED] = Path(given or tempfile.mkdtemp(prefix="twitchlib-tests-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell another process of that folder."""
    node.workerinput["shared"] = str(node.config.stash[_SHARED])


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was shared, in the process that began the run."""
    if hasattr(config, "workerinput"):
        return
    shared = config.stash[_SHARED]
    said = shared / "course"
    if said.exists():
        server = psutil.Process(int(said.read_text(encoding="utf-8").split()[0]))
        server.send_signal(signal.SIGINT)
        server.wait(DEADLINE_S)
    shutil.rmtree(shared)
