"""Copies of lessons: how one is made, whose turn it is, and which are kept warm.

Voilà's own pool hands out a kernel whose notebook may still be running, and lets every refill
compete with waiting visitors. Here a copy is written once, into a list that any reader follows
from the beginning; a visitor is given a finished copy if there is one, otherwise the one furthest
along; and only as many copies are made at a time as there are processors, those with somebody
waiting first.
"""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from logging import Logger
from typing import Any, Final

__all__ = ["Page", "Pool", "Queue"]

_RETRY_S: Final = 10


class Page:
    """One copy of a lesson, for one visitor.

    Parameters
    ----------
    file : str
        Name of the lesson's notebook.
    write : callable
        Coroutine function that is given this page and writes it: it starts a kernel under the
        page's `kernel_id` and calls `add` with each piece of HTML.
    stamp : int
        Version of the notebook that was copied.
    wanted : bool
        Whether somebody is waiting for it.

    Attributes
    ----------
    kernel_id : str
        Identifier of this copy's kernel. Whoever knows it may use the kernel.
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
        self.kernel_id = str(uuid.uuid4())
        self._pieces: list[str] = []
        self._grown = asyncio.Event()
        self.writing = asyncio.get_running_loop().create_task(write(self))
        self.writing.add_done_callback(lambda _: self._grown.set())

    def add(self, html: str) -> None:
        """Append a piece of HTML."""
        self._pieces.append(html)
        self._grown.set()

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

    @property
    def progress(self) -> int:
        """Number of pieces written so far."""
        return len(self._pieces)

    async def read(self, pulse_s: float) -> AsyncIterator[str]:
        """Yield the page from its beginning, as it grows.

        Parameters
        ----------
        pulse_s : float
            After this many seconds without anything new an empty string is yielded, so that the
            caller can show that it is still waiting.
        """
        sent = 0
        while True:
            self._grown.clear()
            done = self.writing.done()
            if sent < len(self._pieces):
                fresh = "".join(self._pieces[sent:])
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


class Pool:
    """Keeps copies of lessons warm, and hands them out.

    Parameters
    ----------
    make : callable
        Makes a page of a lesson: ``make(file, wanted=...)``.
    usable : callable
        Coroutine function that returns whether a page may still be handed out: its kernel lives
        and its notebook has not changed.
    discard : callable
        Coroutine function that releases what a page holds.
    size : int
        Copies of each lesson to keep.
    log : logging.Logger
        Where problems are reported.

    Attributes
    ----------
    closed : bool
        Whether no more pages are made, and those being made have been cancelled.
    """

    def __init__(
        self,
        make: Callable[..., Page],
        usable: Callable[[Page], Coroutine[Any, Any, bool]],
        discard: Callable[[Page], Coroutine[Any, Any, None]],
        size: int,
        log: Logger,
    ) -> None:
        self._make = make
        self._usable = usable
        self._discard = discard
        self._size = size
        self._log = log
        self._pages: dict[str, list[Page]] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self._background: set[asyncio.Task[None]] = set()
        self.closed = False

    def fill(self, file: str) -> None:
        """Start as many copies of a lesson as are missing."""
        pages = self._pages.setdefault(file, [])
        while not self.closed and len(pages) < self._size:
            page = self._begin(file, wanted=False)
            page.writing.add_done_callback(partial(self._on_written, page))
            pages.append(page)

    async def take(self, file: str) -> Page:
        """Hand out the best copy of a lesson, or start one, and refill."""
        pages = self._pages.setdefault(file, [])
        page = None
        while pages and page is None:
            page = max(pages, key=lambda page: (page.complete, page.progress))
            # Removed before anything is awaited, so that nobody else is given the same copy.
            pages.remove(page)
            if page.failed or not await self._usable(page):
                self._in_background(self._discard(page))
                page = None
        if page is None:
            page = self._begin(file, wanted=True)
        page.wanted = True
        self.fill(file)
        return page

    def _begin(self, file: str, *, wanted: bool) -> Page:
        page = self._make(file, wanted=wanted)
        self._writing.add(page.writing)
        page.writing.add_done_callback(self._writing.discard)
        return page

    def _on_written(self, page: Page, _: asyncio.Task[None]) -> None:
        if self.closed or not page.failed or page not in self._pages.get(page.file, []):
            return
        self._pages[page.file].remove(page)
        self._log.error(
            "A copy of %s could not be made; next try in %d s.",
            page.file,
            _RETRY_S,
            exc_info=None if page.writing.cancelled() else page.writing.exception(),
        )
        self._in_background(self._discard(page))
        asyncio.get_running_loop().call_later(_RETRY_S, self.fill, page.file)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Stop making pages, even those that somebody is waiting for."""
        self.closed = True
        unfinished = [*self._writing]
        for writing in unfinished:
            writing.cancel()
        await asyncio.gather(*unfinished, *self._background, return_exceptions=True)
