"""The process of a forked copy, as Jupyter's kernel manager sees it."""

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Any as AnyTrait

__all__ = ["Fork", "ForkProvisioner"]


class Fork:
    """A copy's process, with as much of `subprocess.Popen` as Jupyter's provisioner uses.

    Parameters
    ----------
    pid : int
        Its number.
    bury : callable
        Called with the number once the process has ended and nobody needs its status any more.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, bury: Callable[[int], None]) -> None:
        self.pid = pid
        self._bury = bury
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return None while the process runs, then 0: only its parent knows its exit code."""
        if self._handle < 0:
            return 0
        poller = select.poll()
        poller.register(self._handle, select.POLLIN)
        return 0 if poller.poll(0) else None

    def wait(self) -> int:
        """Forget a process that has ended."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
            self._bury(self.pid)
        return 0

    def send_signal(self, signum: int) -> None:
        """Send a signal, if the process still exists."""
        if self._handle >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signum)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class ForkProvisioner(LocalProvisioner):
    """Has Jupyter's kernel manager fork a copy instead of launching a program."""

    fork = AnyTrait()
    """Coroutine function that forks a copy, given its connection file."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ARG002
        """Fork a copy that uses the connection file that was written for it."""
        manager: Any = self.parent
        self.process = await self.fork(manager.connection_file)
        self.pid = self.process.pid
        return self.connection_info
