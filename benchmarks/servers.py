"""The two servers compared: the course, and a bare slider page on stock Voilà."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from twitchlib.places import folder

__all__ = ["Server", "bare", "course", "cpu_s", "free_port", "lessons", "memory_mb"]

BARE = """
import ipywidgets
slider = ipywidgets.IntSlider(min=0, max=1000, description="x")
label = ipywidgets.Label("0")
slider.observe(lambda change: setattr(label, "value", str(change.new)), "value")
ipywidgets.VBox([slider, label])
"""

# Voilà's own command, except that its websockets send at once, as the course's do. Otherwise
# Nagle's algorithm would hold most answers back for 40 ms, which is not a cost of the widget.
VOILA = """
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from voila.app import main

opened = KernelWebsocketHandler.open

async def open_at_once(handler, kernel_id):
    handler.set_nodelay(True)
    await opened(handler, kernel_id)

KernelWebsocketHandler.open = open_at_once
main()
"""


@dataclass(frozen=True)
class Server:
    """A running server, and its page."""

    url: str
    process: psutil.Process

    def page(self, lesson: str) -> str:
        """Return the address of a lesson."""
        return f"{self.url.rpartition('/')[0]}/{lesson}.ipynb"

    def processes(self) -> set[psutil.Process]:
        """Return all processes that the server has started; what a visit adds is its kernel."""
        return {*self.process.children(recursive=True)}

    def memory_mb(self) -> float:
        """Return the memory of the server and all its processes."""
        return sum(memory_mb([self.process, *self.processes()]))

    def settle(self, timeout_s: float = 120) -> None:
        """Wait until neither the server nor its children are busy."""
        end = time.monotonic() + timeout_s
        calm = 0
        while calm < 3 and time.monotonic() < end:
            processes = [self.process, *self.processes()]
            before = cpu_s(processes)
            time.sleep(0.4)
            calm = calm + 1 if cpu_s(processes) - before < 0.03 else 0


def lessons() -> list[str]:
    """Return the names of all lessons."""
    return sorted(notebook.stem for notebook in folder("notebooks").glob("*.ipynb"))


def memory_mb(processes: Iterable[psutil.Process]) -> list[float]:
    """Return each process's own memory plus its part of what it shares with others (PSS)."""
    found = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            found.append(process.memory_full_info().pss / 2**20)
    return found


def cpu_s(processes: Iterable[psutil.Process]) -> float:
    """Return the processor time that processes have used, without those that have ended."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


@contextmanager
def course(
    lesson: str = "03_triggers", *, alone: bool = False, options: Iterable[str] = ()
) -> Iterator[Server]:
    """Serve the course, or one lesson `alone`, and yield the server at that lesson.

    More `options` are passed to the command line.
    """
    port = free_port()
    program = str(Path(sys.executable).with_name("twitchlib"))
    with tempfile.TemporaryDirectory() as only:
        command = [program, "serve", "--port", port, *options]
        if alone:
            shutil.copy(folder("notebooks") / f"{lesson}.ipynb", only)
            command += ["--notebooks", only]
        with _running(command, f"http://127.0.0.1:{port}/voila/render/{lesson}.ipynb") as server:
            yield server


@contextmanager
def bare(pool: int = 2) -> Iterator[Server]:
    """Serve one slider and one label with stock Voilà and its own warm pool."""
    cell = nbformat.v4.new_code_cell(BARE)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=kernel)
    port = free_port()
    with tempfile.TemporaryDirectory() as only:
        nbformat.write(notebook, Path(only) / "bare.ipynb")
        command = [
            sys.executable, "-c", VOILA, only, "--no-browser", f"--port={port}",
            "--preheat_kernel=True", f"--pool_size={pool}",
        ]  # fmt: skip
        with _running(command, f"http://127.0.0.1:{port}/voila/render/bare.ipynb") as server:
            yield server


@contextmanager
def _running(command: list[str], url: str) -> Iterator[Server]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(url, psutil.Process(process.pid))
    try:
        _wait_for(url.split("/voila/")[0] + "/", process)
        server.settle()
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(url, timeout=60).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def free_port() -> str:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
