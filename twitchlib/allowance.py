"""A rate limit: how much of something may be used at once, and how fast it is replenished.

Examples
--------
>>> clock = iter([0.0, 0.0, 0.0, 2.0])
>>> sips = Allowance(burst=2, per_s=1, clock=lambda: next(clock))
>>> [sips.take() for _ in range(3)]
[True, True, True]
"""

import time
from collections.abc import Callable

__all__ = ["Allowance"]


class Allowance:
    """A token bucket, emptied by use and refilled over time.

    Parameters
    ----------
    burst : float
        Amount that may be used at once.
    per_s : float
        Amount replenished per second.
    clock : callable
        Returns the time, s.
    """

    def __init__(
        self, burst: float, per_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_s = per_s
        self._clock = clock
        self._left = burst
        self._at = clock()

    def take(self, amount: float = 1) -> bool:
        """Use an amount and return True, or use nothing and return False if less is left."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
