"""Kernels of visitors: ended soon after nobody looks at them, kept while somebody reads."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from jupyter_client.manager import KernelManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath

__all__ = ["PATIENCE", "LessonKernels", "Patience", "Visit", "is_over"]


@dataclass(frozen=True)
class Patience:
    """How long a kernel lives without a sign of its visitor.

    Attributes
    ----------
    arriving_s : float
        From handing out the page, or the page's last sign of life, to its first connection.
    away_s : float
        Between two connections: a reload, a moment without network.
    idle_s : float
        Connected, but nothing was moved.
    """

    arriving_s: float = 50
    away_s: float = 40
    idle_s: float = 6 * 3600


PATIENCE: Final = Patience()

_SWEEP_S: Final = 5


@dataclass(frozen=True)
class Visit:
    """What is known of the visitor of one kernel; times in seconds of a monotonic clock.

    Attributes
    ----------
    since : float
        When the state below began, or the page last gave a sign of life.
    arrived : bool
        Whether the page has ever been connected.
    connected : bool
        Whether it is connected now.
    """

    since: float
    arrived: bool = False
    connected: bool = False


def is_over(visit: Visit, *, now: float, idle_s: float, patience: Patience = PATIENCE) -> bool:
    """Return whether a kernel may be ended.

    Parameters
    ----------
    visit : Visit
        What is known of its visitor.
    now : float
        Time on the clock of `visit`, s.
    idle_s : float
        Seconds since the kernel last did something for its visitor.
    patience : Patience
        How long to wait.
    """
    if visit.connected:
        return idle_s > patience.idle_s
    return now - visit.since > (patience.away_s if visit.arrived else patience.arriving_s)


class LessonKernels(AsyncMappingKernelManager):
    """Kernel manager that knows which kernels have visitors.

    A kernel belongs to nobody until `hand_out` is called, and waits as long as it must; after
    that it lives as long as `is_over` allows. A page asks for the end of its kernel when it is
    closed, but that request does not always arrive.

    Attributes
    ----------
    clock : callable
        Returns the time, s.
    visits : dict
        What is known of the visitors, by kernel.
    wires : dict
        How to close the websockets, by kernel.
    """

    # What a page may say to its kernel. Nothing here runs code that a visitor wrote.
    page_messages: Final = (
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_request",
        "kernel_info_request",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            **{**kwargs, "allowed_message_types": list(self.page_messages)}
        )
        self.clock = time.monotonic
        self.visits: dict[str, Visit] = {}
        self.wires: dict[str, list[Callable[[], None]]] = {}

    def hand_out(self, kernel_id: str) -> None:
        """Note that a visitor has been given this kernel."""
        self.visits[kernel_id] = Visit(since=self.clock())

    def sign_of_life(self, kernel_id: str) -> None:
        """Note that the page of this kernel is still on its way to connecting."""
        visit = self.visits.get(kernel_id)
        if visit and not visit.connected:
            self.visits[kernel_id] = replace(visit, since=self.clock())

    def notify_connect(self, kernel_id: str) -> None:
        """Note a connection."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self.visits:
            self.visits[kernel_id] = Visit(self.clock(), arrived=True, connected=True)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note the end of a connection."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self.visits and not self._kernel_connections.get(kernel_id):
            self.visits[kernel_id] = Visit(self.clock(), arrived=True)

    async def end(self, kernel_id: str) -> None:
        """End a kernel at once. One that is gone already is fine."""
        self.visits.pop(kernel_id, None)
        for close in self.wires.pop(kernel_id, []):
            close()
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def lives(self, kernel_id: str) -> bool:
        """Return whether a kernel is there and its process runs."""
        return kernel_id in self and bool(await ensure_async(self.is_alive(kernel_id)))

    async def begin(self, kernel_id: str, name: str) -> KernelManager:
        """Start a kernel under a given identifier.

        Whoever is cancelled meanwhile waits until the kernel is there, so that it can be ended:
        one cancelled halfway would be known to nobody.
        """
        starting = asyncio.ensure_future(
            self.start_kernel(kernel_id=kernel_id, kernel_name=name, path=ApiPath(""))
        )
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            await asyncio.wait([starting])
            raise
        return self.get_kernel(kernel_id)

    def _idle_s(self, kernel_id: str) -> float:
        last: datetime = self.get_kernel(kernel_id).last_activity  # type: ignore[attr-defined]
        return (datetime.now(UTC) - last).total_seconds()

    async def sweep(self) -> None:
        """End every kernel whose visit is over."""
        for kernel_id, visit in list(self.visits.items()):
            if not await self.lives(kernel_id):
                await self.end(kernel_id)
            elif is_over(visit, now=self.clock(), idle_s=self._idle_s(kernel_id)):
                self.log.info("Nobody looks at kernel %s any more.", kernel_id)
                await self.end(kernel_id)

    async def end_all(self) -> None:
        """End every kernel, with or without a visitor."""
        ends = [self.end(kernel_id) for kernel_id in self.list_kernel_ids()]
        await asyncio.gather(*ends, return_exceptions=True)

    async def keep_sweeping(self) -> None:
        """Sweep every few seconds, for as long as the server lives."""
        while True:
            await asyncio.sleep(_SWEEP_S)
            try:
                await self.sweep()
            except Exception:
                # A kernel that will not end must not keep the others alive.
                self.log.exception("Could not end a kernel.")
