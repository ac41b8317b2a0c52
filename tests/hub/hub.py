"""A hub on this computer, and what it and each of its students use."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.hub.conftest import HUB, free_port
from tests.hub.student import Student, wait_until
from tests.servers import DEADLINE_S

__all__ = ["PASSWORD", "Hub", "running"]

PASSWORD = "a password for tests"  # noqa: S105


@dataclass(frozen=True)
class Hub:
    url: str
    state: Path
    process: psutil.Process

    def home(self, name: str) -> Path:
        return self.state / "home" / name

    def processes(self, name: str | None) -> list[psutil.Process]:
        """Return the processes of a student or, for None, the hub's own."""
        found = []
        for process in (self.process, *self.process.children(recursive=True)):
            try:
                if process.environ().get("JUPYTERHUB_USER") == name:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def memory_mb(self, name: str | None) -> float:
        """Return the memory of these processes, including their part of what is shared (PSS)."""
        total = 0
        for process in self.processes(name):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total / 2**20

    def processor_s(self, name: str) -> float:
        """Return the processor time of a student's processes, including those that have ended."""
        total = 0.0
        for process in self.processes(name):
            try:
                total += sum(
                    process.cpu_times()[:4]
                )  # its own, and that of children that have ended
            except psutil.Error:
                continue
        return total


@contextmanager
def running(here: Path) -> Iterator[Hub]:
    """Run this repository's hub; without JupyterHub, skip, or fail where it is required."""
    program, proxy = HUB / ".venv" / "bin" / "jupyterhub", HUB / "node_modules" / ".bin"
    if not (program.exists() and proxy.exists()):
        missing = "no JupyterHub in hub/.venv: make hub-test installs it"
        if os.environ.get("TWITCHLIB_HUB_TESTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    port = free_port()
    log = (here / "log").open("w")
    process = subprocess.Popen(
        [str(program), "-f", str(HUB / "jupyterhub_config.py")],
        cwd=here,
        env={
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HUB_PORT": str(port),
            "HUB_API_PORT": str(free_port()),
            "HUB_PROXY_PORT": str(free_port()),
            "HUB_STATE": str(here / "state"),
            "HUB_PASSWORD": PASSWORD,
        },
        stdout=log,
        stderr=log,
    )
    log.close()
    found = Hub(f"http://127.0.0.1:{port}", here / "state", psutil.Process(process.pid))
    nobody = Student(found.url, "nobody")

    def answers() -> bool:
        assert process.poll() is None, (here / "log").read_text()
        return nobody.ask(f"{found.url}/hub/health")[0] == 200

    try:
        wait_until(answers, "the hub")
        yield found
    finally:
        left = found.process.children(recursive=True)
        process.terminate()
        process.wait()
        psutil.wait_procs(left, timeout=DEADLINE_S)
