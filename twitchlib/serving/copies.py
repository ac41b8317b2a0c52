"""Who gets which copy of a lesson.

Where possible, a copy is forked from the lesson's original: its page is the same for everybody,
except for the identifier of the kernel. Otherwise each visitor gets a new kernel, which runs the
lesson again; where nothing can be forked, one such copy of each lesson is kept ready.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from logging import Logger
from pathlib import Path
from typing import Any

from traitlets.config import Config

from twitchlib.serving.identity import new_kernel_id
from twitchlib.serving.kernels import LessonKernels
from twitchlib.serving.original import Original
from twitchlib.serving.originals import Originals
from twitchlib.serving.own import OwnKernel
from twitchlib.serving.pages import Page, Queue
from twitchlib.serving.render import LessonRenderer, Runner
from twitchlib.serving.spares import Spares

__all__ = ["Copies", "Copy", "Renderer"]

Renderer = Callable[[str, str, Runner, Callable[[], Awaitable[object]]], LessonRenderer]
"""Returns what writes a page, given the lesson's file, the kernel's identifier, what runs the
cells, and a coroutine function that waits for the page's turn."""


@dataclass(frozen=True)
class Copy:
    """A visitor's copy of a lesson.

    Attributes
    ----------
    page : Page
        Its page, which others may be reading too.
    kernel_id : str
        Identifier of its kernel. Whoever knows it may use the kernel.
    """

    page: Page
    kernel_id: str

    @property
    def forked(self) -> bool:
        """Whether it is, or will be, forked from an original."""
        return self.kernel_id != self.page.kernel_id

    async def read(self, pulse_s: float, *, skip_head: bool = False) -> AsyncIterator[str]:
        """Yield its page, as `Page.read` does."""
        async for html in self.page.read(pulse_s, skip_head=skip_head):
            yield html.replace(self.page.kernel_id, self.kernel_id)


class Copies:
    """Makes copies of lessons.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the lessons.
    kernels : LessonKernels
        Where kernels are started.
    renderer : Renderer
        Returns what writes the page of a lesson.
    config : traitlets.config.Config
        Configuration for running a lesson in a kernel that is not forked.
    forks : bool
        Whether copies are forked, if their lesson allows it.
    ready : bool
        Whether a spare copy of each lesson is kept ready, where none is forked.
    log : logging.Logger
        Where problems are reported.

    Attributes
    ----------
    closed : bool
        Whether no more copies are made, and those being made have been cancelled.
    """

    def __init__(
        self,
        folder: Path,
        kernels: LessonKernels,
        renderer: Renderer,
        *,
        config: Config,
        forks: bool,
        ready: bool = True,
        log: Logger,
    ) -> None:
        self._folder = folder
        self._kernels = kernels
        self._renderer = renderer
        self._config = config
        self._queue = Queue()
        self._originals = Originals(self._make_original, self._stamp, log) if forks else None
        self._spares = Spares(
            self._make_own, self._usable, self._end, keep=ready and not forks, log=log
        )
        # Forked copies watch the lifeline; its other end closes with this process, however it ends.
        self._lifeline, self._held_end = os.pipe()
        self.closed = False

    def prepare(self, file: str) -> None:
        """Begin preparing copies of a lesson before anybody asks for one."""
        if self._originals is None:
            self._spares.fill(file)
        else:
            self._originals.of(file)

    async def take(self, file: str) -> Copy:
        """Return a copy for a visitor, whose page may still have to be written."""
        original = self._originals.of(file) if self._originals else None
        if original is None:
            page = await self._spares.take(file)
            copy = Copy(page, page.kernel_id)
        else:
            copy = Copy(original.page, new_kernel_id())
            original.promise()
            self._kernels.expect(copy.kernel_id, self._fork(copy.kernel_id, original))
        copy.page.wanted = True
        self._queue.advance()
        return copy

    def ahead_of(self, copy: Copy) -> int:
        """Return how many pages will be made before a copy's."""
        return self._queue.ahead_of(copy.page)

    async def discard(self, copy: Copy) -> None:
        """End a copy whose visitor has left before its page was sent."""
        if copy.forked:
            await self._kernels.end(copy.kernel_id)
        else:
            await self._end(copy.page)

    async def close(self) -> None:
        """Stop making copies, even those that somebody is waiting for, and end all of them."""
        self.closed = True
        await self._spares.close()
        await self._kernels.end_all()
        if self._originals:
            await self._originals.close()
        os.close(self._held_end)
        os.close(self._lifeline)

    def _stamp(self, file: str) -> int:
        return (self._folder / file).stat().st_mtime_ns

    def _make_original(self, file: str) -> Original:
        specs: Any = self._kernels.kernel_spec_manager
        original = Original(self._folder, self._lifeline, specs.get_kernel_spec)
        write = partial(self._write, runner=original)
        original.page = Page(file, write, stamp=self._stamp(file), wanted=False)
        return original

    def _make_own(self, file: str, *, wanted: bool) -> Page:
        async def write(page: Page) -> None:
            await self._write(page, OwnKernel(self._kernels, page.kernel_id, self._config))

        return Page(file, write, stamp=self._stamp(file), wanted=wanted)

    async def _write(self, page: Page, runner: Runner) -> None:
        async with AsyncExitStack() as turn:

            async def wait() -> None:
                page.end_head()
                await turn.enter_async_context(self._queue.turn(page))

            renderer = self._renderer(page.file, page.kernel_id, runner, wait)
            await renderer.initialize()
            async for html, _ in renderer.generate_content_generator():
                page.add(html)

    async def _fork(self, kernel_id: str, original: Original) -> None:
        try:
            await asyncio.wait([original.page.writing])
            if original.page.complete:
                await self._kernels.begin(kernel_id, original.kernel_name, original)
        finally:
            original.fulfil()

    async def _usable(self, page: Page) -> bool:
        if page.stamp != self._stamp(page.file):
            return False
        return not page.complete or await self._kernels.lives(page.kernel_id)

    async def _end(self, page: Page) -> None:
        page.writing.cancel()
        await asyncio.gather(page.writing, return_exceptions=True)
        await self._kernels.end(page.kernel_id)
