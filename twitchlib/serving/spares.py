"""Copies with separate kernels, one of each lesson kept ready where none can be forked."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from logging import Logger
from typing import Any, Final

from twitchlib.serving.pages import Page

__all__ = ["Spares"]

_RETRY_S: Final = 10


class Spares:
    """Makes copies, and keeps spare ones.

    Parameters
    ----------
    make : callable
        Makes a page of a lesson: ``make(file, wanted=...)``.
    usable : callable
        Coroutine function that returns whether a page may still be handed out: its kernel lives
        and its notebook has not changed.
    discard : callable
        Coroutine function that releases what a page holds.
    keep : bool
        Whether to keep a spare copy of each lesson.
    log : logging.Logger
        Where problems are reported.
    """

    def __init__(
        self,
        make: Callable[..., Page],
        usable: Callable[[Page], Coroutine[Any, Any, bool]],
        discard: Callable[[Page], Coroutine[Any, Any, None]],
        *,
        keep: bool,
        log: Logger,
    ) -> None:
        self._make = make
        self._usable = usable
        self._discard = discard
        self._keep = keep
        self._log = log
        self._spares: dict[str, Page] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self._background: set[asyncio.Task[None]] = set()
        self._closed = False

    def fill(self, file: str) -> None:
        """Begin the spare copy of a lesson, if it is missing."""
        if self._keep and not self._closed and file not in self._spares:
            page = self._spares[file] = self._begin(file, wanted=False)
            page.writing.add_done_callback(partial(self._on_written, page))

    async def take(self, file: str) -> Page:
        """Hand out the spare copy of a lesson, or begin one, and keep another."""
        # Removed before anything is awaited, so that nobody else is given the same copy.
        page = self._spares.pop(file, None)
        if page is not None and (page.failed or not await self._usable(page)):
            self._in_background(self._discard(page))
            page = None
        if page is None:
            page = self._begin(file, wanted=True)
        self.fill(file)
        return page

    def _begin(self, file: str, *, wanted: bool) -> Page:
        page = self._make(file, wanted=wanted)
        self._writing.add(page.writing)
        page.writing.add_done_callback(self._writing.discard)
        return page

    def _on_written(self, page: Page, _: asyncio.Task[None]) -> None:
        if self._closed or not page.failed or self._spares.get(page.file) is not page:
            return
        del self._spares[page.file]
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
        """Stop making copies, even those that somebody is waiting for."""
        self._closed = True
        unfinished = [*self._writing]
        for writing in unfinished:
            writing.cancel()
        await asyncio.gather(*unfinished, *self._background, return_exceptions=True)
