"""A server that is asked to stop admits nobody, and lets its visitors finish."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

__all__ = ["Draining"]

_LOOK_S: Final = 0.5
# A proxy asks every second or two whether a server still takes visitors. Until it has noticed that
# this one does not, what it sends here has to be answered, if only by a page that says so.
_NOTICED_S: Final = 5.0


class Draining:
    """The last minutes of a server.

    Parameters
    ----------
    limit_min : float
        How long visitors may stay once the server has been asked to stop, min.
    visitors : callable
        Returns how many visitors there are.
    clock : callable
        Returns the time, s.

    Attributes
    ----------
    begun : bool
        Whether the server has been asked to stop.
    """

    def __init__(
        self,
        limit_min: float,
        visitors: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit_s = 60 * limit_min
        self._visitors = visitors
        self._clock = clock
        self._asked = asyncio.Event()
        self._since = 0.0

    @property
    def begun(self) -> bool:
        """Whether the server has been asked to stop."""
        return self._asked.is_set()

    def begin(self) -> None:
        """Ask the server to stop."""
        self._since = self._clock()
        self._asked.set()

    def is_over(self) -> bool:
        """Return whether the server may go: everybody has left, or had the time to."""
        waited_s = self._clock() - self._since
        empty = waited_s >= min(_NOTICED_S, self._limit_s) and not self._visitors()
        return self.begun and (empty or waited_s >= self._limit_s)

    async def over(self) -> None:
        """Wait until the server is asked to stop, and then until it may go."""
        await self._asked.wait()
        while not self.is_over():
            await asyncio.sleep(_LOOK_S)
