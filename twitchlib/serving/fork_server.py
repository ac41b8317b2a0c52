"""The process in which a lesson is run once, and from which each visitor's copy is forked.

It has one thread, no event loop and no connection but the one to its server, so that nothing is
missing in a fork of it; a lesson that leaves more behind is refused. Messages are lines of JSON:

==========================  ================================================
from the server             answer
==========================  ================================================
``{"run": [source, …]}``    ``{"outputs": […]}`` for each cell, then
                            ``{"states": base64}``
``{"fork": path}``          ``{"pid": number}``: a kernel is starting, which
                            will use this connection file
``{"bury": number}``        none; a copy that has ended may be forgotten
==========================  ================================================

The answer to what cannot be done is ``{"refused": reason}``. Until a copy is buried, no other
process can be given its number, so the server never signals the wrong one.
"""

import ctypes
import gc
import json
import logging
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Final

from ipykernel.comm.comm import BaseComm
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from twitchlib.serving.forkable import obstacle_to_forking, open_files
from twitchlib.snapshot.cells import Interpreter
from twitchlib.snapshot.outputs import CellError
from twitchlib.snapshot.states import packed

__all__ = ["main"]

# Lower priority than the server, which answers everybody; all copies have the same.
_NICENESS: Final = 5
_PR_SET_PDEATHSIG: Final = 1


class _Copy(IPKernelApp):
    """A kernel that takes over what the lesson has made, and runs none of the user's own files."""

    def init_poller(self) -> None:
        """Outlive the process it was forked from; it ends with the server."""

    def init_heartbeat(self) -> None:
        """Save two threads: the server watches the process itself."""

    def init_path(self) -> None:
        """Leave the path as the lesson has it."""

    def init_gui_pylab(self) -> None:
        """Leave figures as the lesson has them."""

    def init_extensions(self) -> None:
        """Load no extensions."""

    def init_code(self) -> None:
        """Run no code: the lesson has been run."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read no configuration."""


class _ForkServer:
    def __init__(self, server: socket.socket, lifeline: int) -> None:
        self._server = server
        self._messages = server.makefile("rwb")
        self._lifeline = lifeline
        self._interpreter = Interpreter()
        self._open_before = open_files()

    def serve(self) -> None:
        """Do what the server asks, until it closes the connection."""
        for line in self._messages:
            for answer in self._answers(json.loads(line)):
                self._messages.write(json.dumps(answer).encode() + b"\n")
                self._messages.flush()

    def _answers(self, message: dict[str, Any]) -> Iterator[dict[str, Any]]:
        try:
            match message:
                case {"run": sources}:
                    yield from self._run(sources)
                case {"fork": connection_file}:
                    yield {"pid": self._fork(connection_file)}
                case {"bury": pid}:
                    os.waitpid(pid, 0)
        except (CellError, OSError) as error:
            yield {"refused": str(error)}

    def _run(self, sources: list[str]) -> Iterator[dict[str, Any]]:
        for source in sources:
            yield {"outputs": self._interpreter.run(source)}
        states = packed()
        gc.collect()
        obstacle = obstacle_to_forking(self._open_before)
        if not obstacle:  # a rehearsal forks too, and what it imports may leave something behind
            self._rehearse()
            obstacle = obstacle_to_forking(self._open_before)
        # A collection in a copy would otherwise write to all the memory that it shares with this
        # process, and so duplicate it.
        gc.freeze()
        yield {"refused": obstacle} if obstacle else {"states": states}

    def _rehearse(self) -> None:
        """Fork a copy that ends at once, and import what it had to import.

        After this, copies are known to start, and they start faster.
        """
        read_end, write_end = os.pipe()
        with tempfile.TemporaryDirectory() as folder:
            pid = os.fork()
            if pid == 0:
                with _then_exit(write_end):
                    before = {*sys.modules}
                    self._become_copy(f"{folder}/kernel.json", transport="ipc", ip=f"{folder}/at")
                    os.write(write_end, json.dumps(sorted({*sys.modules} - before)).encode())
            os.close(write_end)
            with os.fdopen(read_end, "rb") as pipe:
                report = pipe.read()
            _, status = os.waitpid(pid, 0)
        if status:
            raise OSError(f"a copy did not start: {report.decode()}")  # untranslated: for the log
        for name in json.loads(report):
            with suppress(Exception):
                import_module(name)

    def _fork(self, connection_file: str) -> int:
        pid = os.fork()
        if pid == 0:
            with _then_exit():
                self._become_copy(connection_file).start()  # type: ignore[no-untyped-call]
        return pid

    def _become_copy(self, connection_file: str, **more: str) -> _Copy:
        self._messages.close()
        self._server.close()
        _silence()
        threading.Thread(target=_end_with, args=[self._lifeline], daemon=True).start()
        _reseed()
        self._interpreter.release()
        copy: _Copy = _Copy.instance(
            user_ns=self._interpreter.names,
            connection_file=connection_file,
            log_level=logging.CRITICAL,
            capture_fd_output=False,
            config=Config({"HistoryManager": {"enabled": False}}),
            **more,
        )
        copy.initialize([])  # type: ignore[no-untyped-call]
        # The comms were opened before there was a kernel, and a widget is silent without one.
        BaseComm.kernel = copy.kernel
        return copy


@contextmanager
def _then_exit(trace_to: int | None = None) -> Iterator[None]:
    """End a copy here, whatever happens: it must not go on as the process it was forked from."""
    try:
        yield
    except BaseException:  # noqa: BLE001 - nothing may leave this block
        if trace_to is not None:
            os.write(trace_to, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def _end_with(lifeline: int) -> None:
    """End this process when the server is gone, even if it is busy."""
    os.read(lifeline, 1)
    os._exit(0)


def _silence() -> None:
    """Keep what a copy writes, even bypassing Python, out of the server's log."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _reseed() -> None:
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def main() -> None:
    """Serve one lesson's copies.

    The arguments are the number of the server's process, and the file descriptors of the connection
    to it and of the lifeline.
    """
    server, connection, lifeline = map(int, sys.argv[1:])
    # Even in the middle of a cell it must not outlive its server. Forks do not inherit this.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:  # the server ended before that
        return
    os.nice(_NICENESS)
    _ForkServer(socket.socket(fileno=connection), lifeline).serve()


if __name__ == "__main__":
    main()
