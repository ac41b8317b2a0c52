"""Visitors' kernels: kept while somebody is reading, ended soon after the page is gone.

A kernel that takes more than its share is ended too, and its page is told why.
"""

import asyncio
import os
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import psutil
import zmq
from jupyter_client.manager import KernelManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath

from twitchlib.allowance import Allowance
from twitchlib.serving.budget import BUDGET
from twitchlib.serving.forked import ForkProvisioner
from twitchlib.serving.original import THREADS, Original
from twitchlib.serving.visits import PATIENCE, Visit, is_over

__all__ = ["LessonKernels"]


_SWEEP_S: Final = 2
_REASONS_KEPT: Final = 1000
_SOCKETS: Final = 2**14
_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
# Lower priority than the server, which answers everybody; all kernels have the same.
_NICENESS: Final = 5


class LessonKernels(AsyncMappingKernelManager):
    """Kernel manager that knows which kernels have visitors.

    A kernel belongs to nobody until `hand_out` is called, and until then waits indefinitely;
    after that it lives as long as `is_over` allows. A page asks for its kernel to be ended when
    it is closed, but that request does not always arrive.

    Attributes
    ----------
    clock : callable
        Returns the time, s.
    visits : dict
        What is known about the visitors, by kernel.
    wires : dict
        How to close the websockets, by kernel.
    patience : Patience
        How long a kernel lives without a sign of its visitor.
    on_exceeded : callable
        Called for each kernel that took more than its share: ``on_exceeded(what)``.
    on_left : callable
        Called for each visitor who has left.
    """

    # What a page may send its kernel. None of these runs code that a visitor wrote.
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
        # A visitor takes six, and two more while connecting; ZeroMQ's default is a thousand.
        self.context.set(zmq.MAX_SOCKETS, _SOCKETS)
        self.clock = time.monotonic
        self.visits: dict[str, Visit] = {}
        self.wires: dict[str, list[Callable[[], None]]] = {}
        self.patience = PATIENCE
        self.on_exceeded: Callable[[str], object] = lambda _: None
        self.on_left: Callable[[], object] = lambda: None
        self._all_logs = Allowance(BUDGET.all_log_lines, BUDGET.all_log_lines_per_s)
        self._reasons: OrderedDict[str, str] = OrderedDict()
        self._busy: dict[str, float] = {}
        self._interrupted: set[str] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._expected: dict[str, asyncio.Task[None]] = {}

    def hand_out(self, kernel_id: str, address: str = "") -> None:
        """Record that a visitor has been given this kernel."""
        now = self.clock()
        self.visits[kernel_id] = Visit(since=now, given=now, address=address)

    def sign_of_life(self, kernel_id: str) -> None:
        """Record that the page of this kernel is still about to connect."""
        visit = self.visits.get(kernel_id)
        if visit and not visit.connected:
            self.visits[kernel_id] = replace(visit, since=self.clock())

    def notify_connect(self, kernel_id: str) -> None:
        """Record a connection."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self.visits:
            self.visits[kernel_id] = replace(
                self.visits[kernel_id], since=self.clock(), arrived=True, connected=True
            )

    def notify_disconnect(self, kernel_id: str) -> None:
        """Record the end of a connection."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self.visits and not self._kernel_connections.get(kernel_id):
            self.visits[kernel_id] = replace(
                self.visits[kernel_id], since=self.clock(), connected=False
            )

    def may_connect(self, kernel_id: str) -> bool:
        """Return whether the page of this kernel may open one more wire, and count it."""
        visit = self.visits.get(kernel_id)
        has_room = len(self.wires.get(kernel_id, ())) < BUDGET.wires
        return has_room and (visit is None or visit.connects.take())

    # -- what takes more than its share -----------------------------------------------------

    def exceeded(self, kernel_id: str, what: str) -> None:
        """End a kernel that took too much of something, and remember the reason for its page."""
        if kernel_id in self._reasons or kernel_id not in self:
            return
        self._reasons[kernel_id] = what
        while len(self._reasons) > _REASONS_KEPT:
            self._reasons.popitem(last=False)
        self.log.warning("Kernel %s took more than its share (%s) and is ended.", kernel_id, what)
        self.on_exceeded(what)
        ending = asyncio.get_running_loop().create_task(self.end(kernel_id))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    def reason(self, kernel_id: str) -> str:
        """Return what a kernel that was ended had taken too much of; empty for any other."""
        return self._reasons.get(kernel_id, "")

    def note_state(self, kernel_id: str, state: str, parent: str | None) -> None:
        """Record that a kernel began, or has finished, what its page asked for."""
        if state == "busy" and parent in ("comm_msg", "comm_open"):
            self._busy.setdefault(kernel_id, self.clock())
        elif state == "idle":
            self._busy.pop(kernel_id, None)
            self._interrupted.discard(kernel_id)

    def log_trouble(self, kernel_id: str, text: str) -> None:
        """Log a kernel's error output, up to a limit."""
        visit = self.visits.get(kernel_id)
        if (visit is None or visit.log.take()) and self._all_logs.take():
            self.log.error(_COLOUR.sub("", text)[: BUDGET.log_bytes])

    def start_buffering(self, kernel_id: str, session_key: str, channels: Any) -> None:
        """Keep answers for a page that is away, up to a size; beyond it all are dropped."""
        super().start_buffering(kernel_id, session_key, channels)  # type: ignore[no-untyped-call]
        kernel_buffer = self._kernel_buffers[kernel_id]
        room = BUDGET.away_bytes

        def keep(channel: str, parts: list[Any]) -> None:
            nonlocal room
            room -= sum(map(len, parts))
            if room >= 0:
                kernel_buffer["buffer"].append((channel, parts))
            else:
                kernel_buffer["buffer"].clear()

        for channel, stream in channels.items():
            stream.on_recv(partial(keep, channel))

    async def _watch(self, kernel_id: str) -> None:
        since = self._busy.get(kernel_id)
        busy_s = 0.0 if since is None else self.clock() - since
        if busy_s > BUDGET.busy_s + BUDGET.grace_s:
            self.exceeded(kernel_id, "time")
        elif busy_s > BUDGET.busy_s and kernel_id not in self._interrupted:
            self._interrupted.add(kernel_id)
            await ensure_async(self.get_kernel(kernel_id).interrupt_kernel())
        pid = self._pid(kernel_id)
        with suppress(psutil.Error):
            if pid and psutil.Process(pid).memory_info().rss > BUDGET.kernel_bytes:
                self.exceeded(kernel_id, "memory")

    def _pid(self, kernel_id: str) -> int | None:
        provisioner = self.get_kernel(kernel_id).provisioner
        return getattr(provisioner, "pid", None)

    def _confine(self, kernel_id: str) -> None:
        """Limit a kernel's memory and lower its priority, where the system supports that."""
        pid = self._pid(kernel_id)
        if pid is None:
            return
        process = psutil.Process(pid)
        with suppress(psutil.Error, OSError):
            if hasattr(process, "rlimit"):
                most = BUDGET.address_space_bytes
                process.rlimit(psutil.RLIMIT_AS, (most, most))
            if os.name == "posix":
                process.nice(_NICENESS)

    # -- their end --------------------------------------------------------------------------

    async def end(self, kernel_id: str) -> None:
        """End a kernel at once, if it is still there."""
        if self.visits.pop(kernel_id, None):
            self.on_left()
        self._busy.pop(kernel_id, None)
        self._interrupted.discard(kernel_id)
        for close in self.wires.pop(kernel_id, []):
            close()
        if kernel_id in self._expected:
            self._expected[kernel_id].cancel()
        if await self.arrives(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    def expect(self, kernel_id: str, starting: Coroutine[Any, Any, None]) -> None:
        """Start a kernel in the background; requests for it wait until it has started."""
        task = asyncio.get_running_loop().create_task(starting)
        self._expected[kernel_id] = task
        task.add_done_callback(partial(self._on_arrived, kernel_id))

    def _on_arrived(self, kernel_id: str, task: asyncio.Task[None]) -> None:
        self._expected.pop(kernel_id, None)
        if not task.cancelled() and task.exception():
            self.log.error("A copy could not be forked.", exc_info=task.exception())

    async def arrives(self, kernel_id: str) -> bool:
        """Return whether a kernel exists, after waiting for one that is being started."""
        if kernel_id in self._expected:
            await asyncio.wait([self._expected[kernel_id]])
        return kernel_id in self

    async def lives(self, kernel_id: str) -> bool:
        """Return whether a kernel exists and its process is running."""
        return kernel_id in self and bool(await ensure_async(self.is_alive(kernel_id)))

    def pre_start_kernel(
        self, kernel_name: str | None, kwargs: dict[str, Any]
    ) -> tuple[KernelManager, str, str]:
        """Prepare a kernel's manager; a copy is forked instead of launched."""
        original = kwargs.pop("original", None)
        manager, name, kernel_id = super().pre_start_kernel(kernel_name, kwargs)
        if original is not None:
            manager.provisioner = ForkProvisioner(
                fork=original.fork,
                kernel_id=kernel_id,
                kernel_spec=manager.kernel_spec,
                parent=manager,
            )
        return manager, name, kernel_id

    async def begin(
        self, kernel_id: str, name: str, original: Original | None = None
    ) -> KernelManager:
        """Start a kernel under a given identifier, or fork it from an original.

        If the caller is cancelled, this still waits until the kernel is there, so that it can be
        ended: one abandoned halfway would be orphaned.
        """
        starting = asyncio.ensure_future(
            self.start_kernel(
                kernel_id=kernel_id,
                kernel_name=name,
                path=ApiPath(""),
                original=original,
                env={**os.environ, **THREADS},
                extra_arguments=[
                    # Otherwise the kernel's complaints about messages it cannot read would go to
                    # the server's log without limit, bypassing the budget.
                    "--IPKernelApp.log_level=CRITICAL",
                ],
            )
        )
        try:
            await asyncio.shield(starting)
        except asyncio.CancelledError:
            await asyncio.wait([starting])
            raise
        self._confine(kernel_id)
        return self.get_kernel(kernel_id)

    def _idle_s(self, kernel_id: str) -> float:
        last: datetime = self.get_kernel(kernel_id).last_activity  # type: ignore[attr-defined]
        return (datetime.now(UTC) - last).total_seconds()

    async def sweep(self) -> None:
        """End every kernel whose visit is over."""
        for kernel_id, visit in list(self.visits.items()):
            if kernel_id in self._expected:
                continue
            if not await self.lives(kernel_id):
                await self.end(kernel_id)
            elif is_over(
                visit, now=self.clock(), idle_s=self._idle_s(kernel_id), patience=self.patience
            ):
                self.log.info("Nobody is looking at kernel %s any more.", kernel_id)
                await self.end(kernel_id)
            else:
                await self._watch(kernel_id)

    async def end_all(self) -> None:
        """End every kernel, with or without a visitor."""
        ends = [self.end(kernel_id) for kernel_id in {*self.list_kernel_ids(), *self._expected}]
        await asyncio.gather(*ends, *self._ending, return_exceptions=True)

    async def keep_sweeping(self) -> None:
        """Sweep every few seconds while the server runs."""
        while True:
            await asyncio.sleep(_SWEEP_S)
            try:
                await self.sweep()
            except Exception:
                # A kernel that will not end must not keep the others alive.
                self.log.exception("Could not end a kernel.")
