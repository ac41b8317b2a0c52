"""Runs the course server until it is told to stop, at once or when its visitors have finished."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from twitchlib.serving.config import Options
from twitchlib.serving.server import CourseServer

__all__ = ["serve"]


def _allow_open_files() -> None:
    """Raise the limit on open files as far as this user may: a visitor takes about twenty."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stop(server: CourseServer, task: asyncio.Task[None]) -> None:
    """Let visitors finish if the options give them time; otherwise, or if asked twice, stop now."""
    if server.draining.begun or not server.options.drain_min:
        task.cancel()
    else:
        server.draining.begin()


def _unless_cancelled(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log failures that nothing awaited, but not what was cancelled as the server stopped."""
    if not isinstance(context.get("exception"), asyncio.CancelledError):
        loop.default_exception_handler(context)


def serve(options: Options, announce: Callable[[str, int], None]) -> None:
    """Serve the course until interrupted or terminated.

    If `options` give visitors time to finish, a first SIGTERM only asks the server to stop.

    Parameters
    ----------
    options : Options
        What to serve, and where.
    announce : callable
        Called with the course's address and the number of visitors there is room for, once the
        server answers.

    Raises
    ------
    PortTakenError
        If the port is not available.
    """
    _allow_open_files()
    server = CourseServer(options)

    async def main() -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        loop.set_exception_handler(_unless_cancelled)
        if task is not None and os.name == "posix":
            loop.add_signal_handler(signal.SIGINT, task.cancel)
            loop.add_signal_handler(signal.SIGTERM, _stop, server, task)
        with suppress(asyncio.CancelledError):
            await server.run(announce)

    with suppress(KeyboardInterrupt):
        asyncio.run(main())
