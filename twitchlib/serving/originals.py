"""One original of each lesson, made again when its notebook changes or its process ends."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from logging import Logger
from typing import Final

from twitchlib.serving.original import Original, RefusedError

__all__ = ["Originals"]

_RETRY_S: Final = 10.0
_RETRY_AT_MOST_S: Final = 600.0


@dataclass
class _Kept:
    """The original of one version of a lesson; None while there is none to copy."""

    original: Original | None
    stamp: int
    keeping: asyncio.Task[None] | None = None


class Originals:
    """Keeps the originals.

    Parameters
    ----------
    make : callable
        Begins the original of a lesson: ``make(file)``.
    stamp : callable
        Returns the version of a lesson's notebook: ``stamp(file)``.
    log : logging.Logger
        Where problems are reported; that a lesson cannot be copied by forking, only once.
    """

    def __init__(
        self, make: Callable[[str], Original], stamp: Callable[[str], int], log: Logger
    ) -> None:
        self._make = make
        self._stamp = stamp
        self._log = log
        self._kept: dict[str, _Kept] = {}
        self._keeping: set[asyncio.Task[None]] = set()

    def of(self, file: str) -> Original | None:
        """Return the original of a lesson as it is now; its page may still have to be written.

        None if the lesson cannot be copied by forking, or its original has ended and the next is
        being made: one that ends again would otherwise keep visitors waiting.
        """
        stamp = self._stamp(file)
        kept = self._kept.get(file)
        if kept is None or kept.stamp != stamp:
            if kept is not None:
                self._retire(kept)
            kept = self._kept[file] = _Kept(self._make(file), stamp)
            kept.keeping = asyncio.get_running_loop().create_task(self._keep(file, kept))
            self._keeping.add(kept.keeping)
            kept.keeping.add_done_callback(self._keeping.discard)
        return kept.original

    async def _keep(self, file: str, kept: _Kept) -> None:
        """Keep an original running, unless the lesson turns out not to be forkable."""
        original = kept.original or self._make(file)
        pause_s = 0.0
        while True:
            try:
                await asyncio.shield(original.page.writing)
                kept.original = original
                code = await original.ended()
                if self._kept.get(file) is not kept:
                    return
                self._log.error("The original of %s has ended (%d) and is made again.", file, code)
            except RefusedError as reason:
                self._log.warning(
                    "%s is not copied by forking: %s. Each visitor's copy runs it again.",
                    file,
                    reason,
                )
                return
            except Exception:  # noqa: BLE001 - a lesson may fail in any way
                self._log.exception("The original of %s could not be made.", file)
            finally:
                kept.original = None
                original.page.writing.cancel()
                await original.end()
            await asyncio.sleep(pause_s)
            pause_s = min(max(2 * pause_s, _RETRY_S), _RETRY_AT_MOST_S)
            original = self._make(file)

    def _retire(self, kept: _Kept) -> None:
        """Leave an original to the copies that it has; one that has not been made ends at once."""
        if kept.original is not None and kept.original.page.complete:
            kept.original.retire()
        elif kept.keeping is not None:
            kept.keeping.cancel()

    async def close(self) -> None:
        """End all originals."""
        keeping = [*self._keeping]
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)
        for kept in self._kept.values():
            if kept.original is not None:  # its task was cancelled before it had begun
                kept.original.page.writing.cancel()
                await kept.original.end()
