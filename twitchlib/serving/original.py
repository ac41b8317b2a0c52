"""The originals of lessons: processes in which a lesson was run, and from which copies are forked.

`twitchlib.serving.fork_server` is what runs in them; this is the server's side.
"""

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import nbformat
from jupyter_client.kernelspec import KernelSpec

from twitchlib.serving.forked import Fork
from twitchlib.serving.pages import Page

__all__ = ["THREADS", "Original", "RefusedError", "can_fork"]

THREADS: Final = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment for running lessons. One reader keeps at most one processor busy; a thread for each
processor would only reserve memory."""

_QUIET: Final = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # no remark about frozen modules
_LINE_BYTES: Final = 2**28
_CELL_S: Final = 300
_FORK_S: Final = 20


class RefusedError(Exception):
    """A lesson cannot be copied by forking; the message says why."""


def can_fork() -> bool:
    """Return whether forking can be trusted here: on Linux, if processes have file descriptors.

    On macOS the system's own libraries do not survive a fork, and Windows cannot fork.
    """
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def _is_this_python(kernel: KernelSpec) -> bool:
    # To Jupyter, the first two mean the Python that it runs in.
    ours = ("python", f"python{sys.version_info[0]}", sys.executable)  # untranslated: programs
    return kernel.argv[0] in ours and "ipykernel_launcher" in kernel.argv


class Original:
    """One original: runs the cells of a lesson for its page, then forks copies.

    Parameters
    ----------
    folder : pathlib.Path
        Folder in which the lesson runs.
    lifeline : int
        File descriptor of the reading end of a pipe. The server holds the other end, and copies end
        when that is closed.
    find_kernel : callable
        Returns the specification of a kernel by name.

    Attributes
    ----------
    page : Page
        The page that every copy has; the original can be forked once it is written.
    kernel_name : str
        The notebook's kernel.
    """

    page: Page

    def __init__(
        self, folder: Path, lifeline: int, find_kernel: Callable[[str], KernelSpec]
    ) -> None:
        self._folder = folder
        self._lifeline = lifeline
        self._find_kernel = find_kernel
        self._process: Process | None = None
        self._alive: set[int] = set()
        self._promised = 0
        self._retired = False
        self._asking = asyncio.Lock()
        self.kernel_name = ""

    # -- for writing the page ---------------------------------------------------------------

    async def start(self, notebook: nbformat.NotebookNode) -> None:
        """Start the process, and have it run the notebook's cells.

        Raises
        ------
        RefusedError
            If the notebook needs a kernel other than this Python's.
        """
        self.kernel_name = notebook.metadata.kernelspec.name
        if not _is_this_python(self._find_kernel(self.kernel_name)):
            raise RefusedError("its kernel is not this Python's")  # untranslated: for the log
        here, there = socket.socketpair()
        with there:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "twitchlib.serving.fork_server",
                str(os.getpid()),
                str(there.fileno()),
                str(self._lifeline),
                cwd=self._folder,
                env={**os.environ, **THREADS, **_QUIET},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                pass_fds=(there.fileno(), self._lifeline),
                start_new_session=True,
            )
        self._reader, self._writer = await asyncio.open_connection(sock=here, limit=_LINE_BYTES)
        sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        self._say({"run": sources})

    async def run(self, cell: nbformat.NotebookNode, index: int) -> None:  # noqa: ARG002
        """Wait for the outputs of the next cell.

        Raises
        ------
        RefusedError
            If the cell fails: each visitor's copy then tries by itself.
        """
        answer = await self._hear(_CELL_S)
        cell.outputs = [nbformat.from_dict(output) for output in answer["outputs"]]

    async def states(self) -> str:
        """Return the packed state of the lesson's widgets, once all cells have been run.

        Raises
        ------
        RefusedError
            If what the lesson leaves behind cannot be forked.
        """
        answer = await self._hear(_CELL_S)
        return str(answer["states"])

    async def close(self) -> None:
        """Do nothing: the process stays, to be forked."""

    # -- for copies -------------------------------------------------------------------------

    def promise(self) -> None:
        """Stay until a copy has been forked, even if the lesson gets a new original before that."""
        self._promised += 1

    def fulfil(self) -> None:
        """Settle a promise: the copy is there, or never will be."""
        self._promised -= 1
        self._leave_if_unneeded()

    async def fork(self, connection_file: str) -> Fork:
        """Fork a copy, whose kernel uses a connection file.

        Raises
        ------
        RefusedError
            If the system has no room for another process.
        ConnectionError, TimeoutError
            If the process is gone, or does not answer; in the latter case it is ended.
        """
        async with self._asking:
            try:
                self._say({"fork": connection_file})
                answer = await self._hear(_FORK_S)
            except TimeoutError:
                self._kill()
                raise
        self._alive.add(answer["pid"])
        return Fork(answer["pid"], self.bury)

    def bury(self, pid: int) -> None:
        """Let the number of a copy that has ended be used again."""
        self._alive.discard(pid)
        if not self._writer.is_closing():
            self._say({"bury": pid})
        self._leave_if_unneeded()

    # -- its end ----------------------------------------------------------------------------

    async def ended(self) -> int:
        """Wait until the process has ended, and return its exit code."""
        return 0 if self._process is None else await self._process.wait()

    def retire(self) -> None:
        """End once the last copy has ended: until then the system needs it as their parent."""
        self._retired = True
        self._leave_if_unneeded()

    def _leave_if_unneeded(self) -> None:
        if self._retired and not (self._alive or self._promised):
            self._kill()

    async def end(self) -> None:
        """End the process at once. Copies live on, with the system as their parent."""
        if self._process is not None:
            self._kill()
            await self._process.wait()
            self._writer.close()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    # -- messages ---------------------------------------------------------------------------

    def _say(self, message: dict[str, Any]) -> None:
        self._writer.write(json.dumps(message).encode() + b"\n")

    async def _hear(self, within_s: float) -> dict[str, Any]:
        line = await asyncio.wait_for(self._reader.readline(), within_s)
        if not line:
            raise ConnectionResetError("the original has ended")  # untranslated: for the log
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise RefusedError(answer["refused"])
        return answer
