"""Pages that are read while they are written, and the queue in which they wait to be written.

Voilà's own pool hands out a kernel whose notebook may still be running, and lets every refill
compete with waiting visitors. Here a page is written once, into a list that any reader follows
from the beginning. Only as many are written at a time as there are processors, and those that
somebody is waiting for come first.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from twitchlib.serving.identity import new_kernel_id

__all__ = ["Page", "Queue"]


class Page:
    """The page of a lesson.

    Parameters
    ----------
    file : str
        Name of the lesson's notebook.
    write : callable
        Coroutine function that is given this page and writes it: it runs the lesson's cells, and
        calls `add` with each piece of HTML.
    stamp : int
        Version of the notebook that was copied.
    wanted : bool
        Whether somebody is waiting for it.

    Attributes
    ----------
    kernel_id : str
        Identifier of the kernel that the page connects to. Whoever knows it may use the kernel.
    """

    def __init__(
        self,
        file: str,
        write: Callable[["Page"], Coroutine[Any, Any, None]],
        *,
        stamp: int,
        wanted: bool,
    ) -> None:
        self.file = file
        self.stamp = stamp
        self.wanted = wanted
        self.kernel_id = new_kernel_id()
        self._pieces: list[str] = []
        self._head: int | None = None
        self._grown = asyncio.Event()
        self.writing = asyncio.get_running_loop().create_task(write(self))
        self.writing.add_done_callback(lambda _: self._grown.set())

    def add(self, html: str) -> None:
        """Append a piece of HTML."""
        self._pieces.append(html)
        self._grown.set()

    def end_head(self) -> None:
        """Record that what has been added so far is the same in every copy of the lesson."""
        self._head = len(self._pieces)

    @property
    def has_head(self) -> bool:
        """Whether that part has been written."""
        return self._head is not None

    @property
    def complete(self) -> bool:
        """Whether the whole page has been written."""
        return self.writing.done() and not self.failed

    @property
    def failed(self) -> bool:
        """Whether writing it failed or was cancelled."""
        return self.writing.done() and (
            self.writing.cancelled() or self.writing.exception() is not None
        )

    async def read(self, pulse_s: float, *, skip_head: bool = False) -> AsyncIterator[str]:
        """Yield the page from its beginning, as it grows.

        Parameters
        ----------
        pulse_s : float
            After this many seconds without anything new an empty string is yielded, so that the
            caller can show that it is still waiting.
        skip_head : bool
            Whether to leave out what is the same in every copy.
        """
        sent = 0
        while True:
            self._grown.clear()
            done = self.writing.done()
            begin = self._head if skip_head else 0
            if begin is not None and max(begin, sent) < len(self._pieces):
                fresh = "".join(self._pieces[max(begin, sent) :])
                sent = len(self._pieces)
                yield fresh
            elif done:
                return
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._grown.wait(), pulse_s)
                    continue
                yield ""


class Queue:
    """Lets a few pages be made at a time, those that somebody is waiting for first.

    Parameters
    ----------
    at_once : int or None
        Pages made at a time; by default as many as there are processors, and at least 2. One place
        is always left free for visitors.
    """

    def __init__(self, at_once: int | None = None) -> None:
        self._at_once = max(2, at_once or os.cpu_count() or 1)
        self._making: list[Page] = []
        self._waiting: list[tuple[Page, asyncio.Future[None]]] = []

    def ahead_of(self, page: Page) -> int:
        """Return how many pages will be made before this one gets its turn."""
        order = sorted(self._waiting, key=lambda entry: not entry[0].wanted)
        for ahead, (waiting, _) in enumerate(order):
            if waiting is page:
                return ahead
        return 0

    @asynccontextmanager
    async def turn(self, page: Page) -> AsyncIterator[None]:
        """Wait for the turn of `page`, and hold it."""
        my_turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (page, my_turn)
        self._waiting.append(entry)
        self.advance()
        try:
            await my_turn
            yield
        finally:
            if entry in self._waiting:
                self._waiting.remove(entry)
            if page in self._making:
                self._making.remove(page)
            self.advance()

    def advance(self) -> None:
        """Give turns while there are free places."""
        while self._waiting:
            entry = min(self._waiting, key=lambda entry: not entry[0].wanted)
            page, turn = entry
            places = self._at_once if page.wanted else self._at_once - 1
            if len(self._making) >= places:
                return
            self._waiting.remove(entry)
            if not turn.done():
                self._making.append(page)
                turn.set_result(None)
