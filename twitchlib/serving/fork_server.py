"""The process in which a lesson is run once, and from which each visitor's copy is forked.

It has one thread, no event loop and no connection but the one to its server, so that a fork of it
is whole; a lesson that leaves more behind is refused. Messages are lines of JSON:

==========================  ================================================
from the server             answer
==========================  ================================================
``{"run": [source, …]}``    ``{"outputs": […]}`` for each cell, then
                            ``{"states": base64}``
``{"fork": path}``          ``{"pid": number}``: a kernel is starting, which
                            will use this connection file
``{"bury": number}``        none; a copy that has ended may be forgotten
==========================  ================================================

``{"refused": reason}`` answers what cannot be done. Until a copy is buried no other process can be
given its number, so the server never signals the wrong one.
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

# Lower priority than the server, which answers everybody; among themselves copies are equal.
_NICENESS: Final = 5
_PR_SET_PDEATHSIG: Final = 1


class _Copy(IPKernelApp):
    """A kernel that takes over what the lesson has made. Nothing of the user's is run in it."""

    def init_poller(self) -> None:
        """Do not end with the process it was forked from, but with the server."""

    def init_heartbeat(self) -> None:
        """Save two threads: the server watches the process itself."""

    def init_path(self) -> None:
        """Leave the path as the lesson has it."""

    def init_gui_pylab(self) -> None:
        """Leave figures as the lesson has them."""

    def init_extensions(self) -> None:
        """Load none."""

    def init_code(self) -> None:
        """Run none: the lesson has been run."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read none."""


class _ForkServer:
    def __init__(self, server: socket.socket, lifeline: int) -> None:
        self._server = server
        self._messages = server.makefile("rwb")
        self._lifeline = lifeline
        self._interpreter = Interpreter()
        self._open_before = open_files()

    def serve(self) -> None:
        """Do what the server asks for, until it closes the connection."""
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

        After this copies are known to start, and start faster.
        """
        hear, say = os.pipe()
        with tempfile.TemporaryDirectory() as folder:
            pid = os.fork()
            if pid == 0:
                with _then_exit(say):
                    before = {*sys.modules}
                    self._become_copy(f"{folder}/kernel.json", transport="ipc", ip=f"{folder}/at")
                    os.write(say, json.dumps(sorted({*sys.modules} - before)).encode())
            os.close(say)
            with os.fdopen(hear, "rb") as pipe:
                heard = pipe.read()
            _, status = os.waitpid(pid, 0)
        if status:
            raise OSError(f"a copy did not start: {heard.decode()}")  # untranslated: for the log
        for name in json.loads(heard):
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
        _seed_anew()
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
def _then_exit(say: int | None = None) -> Iterator[None]:
    """End a copy here, whatever happens: it must not go on as the process it was forked from."""
    try:
        yield
    except BaseException:  # noqa: BLE001 - nothing may leave this block
        if say is not None:
            os.write(say, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def _end_with(lifeline: int) -> None:
    """End this process when the server is gone, even if it is busy."""
    os.read(lifeline, 1)
    os._exit(0)


def _silence() -> None:
    """Keep what a copy writes past Python out of the server's log."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _seed_anew() -> None:
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def main() -> None:
    """Serve one lesson's copies.

    It is called with the numbers of its server, of the connection to it, and of the lifeline.
    """
    server, connection, lifeline = map(int, sys.argv[1:])
    # Even in the middle of a cell it must not outlive its server. Forks do not inherit this.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:  # it had ended before
        return
    os.nice(_NICENESS)
    _ForkServer(socket.socket(fileno=connection), lifeline).serve()


if __name__ == "__main__":
    main()
