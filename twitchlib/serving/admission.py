"""Who gets in: as many visitors as the machine has memory for, and for each address its share."""

import ipaddress
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import psutil

from twitchlib.serving.budget import MIB
from twitchlib.serving.visits import Visit

__all__ = ["Admission", "household", "present", "room_for"]

_STILL_WAITING_S: Final = 40
_REMEMBERED_S: Final = 15 * 60
_VISITOR_BYTES: Final = 200 * MIB
_WARM_BYTES: Final = 120 * MIB
_FOR_OTHERS: Final = 0.15
_CGROUP: Final = Path("/sys/fs/cgroup/memory.max")


def household(address: str) -> str:
    """Return what counts as one address: a number, or the 64 bits that one household has in IPv6.

    Examples
    --------
    >>> household("2001:db8:1:2:3:4:5:6"), household("10.0.0.7")
    ('2001:db8:1:2::/64', '10.0.0.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)


def room_for(warm: int) -> int:
    """Return for how many visitors this machine has memory.

    A visitor is counted with 200 MB, more than a lesson takes on average, and a warm copy with 120;
    15 % stay free for everything else.

    Parameters
    ----------
    warm : int
        Copies that are kept warm.
    """
    free = psutil.virtual_memory().available
    if _CGROUP.is_file():
        most = _CGROUP.read_text(encoding="ascii").strip()
        free = min(free, int(most)) if most.isdecimal() else free
    return max(1, int((free * (1 - _FOR_OTHERS) - warm * _WARM_BYTES) // _VISITOR_BYTES))


class Admission:
    """Lets in as many visitors as there is room for, and while others wait each its share.

    Parameters
    ----------
    room : int
        How many visitors there may be.
    clock : callable
        Returns the time, s.
    """

    def __init__(self, room: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.room = room
        self._clock = clock
        self._waiting: dict[str, float] = {}
        self._left: deque[float] = deque(maxlen=1000)

    def enter(self, address: str, present: Mapping[str, int]) -> bool:
        """Return whether one more visitor from an address may come in; who may not is waiting.

        Parameters
        ----------
        address : str
            As `household` gives it.
        present : mapping of str to int
            Visitors by address.
        """
        waiting = self._others(address)
        full = sum(present.values()) >= self.room
        if full or (waiting and present.get(address, 0) >= self.share(present, address)):
            self._waiting[address] = self._clock()
            return False
        self._waiting.pop(address, None)
        return True

    def share(self, present: Mapping[str, int], *more: str) -> int:
        """Return how many visitors each address may have while others wait."""
        households = {*present, *self._others(), *more}
        return max(1, self.room // max(1, len(households)))

    def _others(self, address: str = "") -> set[str]:
        now = self._clock()
        self._waiting = {a: t for a, t in self._waiting.items() if now - t < _STILL_WAITING_S}
        return {*self._waiting} - {address}

    @property
    def somebody_waits(self) -> bool:
        """Whether somebody who was not let in has asked within the last moments."""
        return bool(self._others())

    def note_left(self) -> None:
        """Note that a place became free."""
        self._left.append(self._clock())

    @property
    def minutes_between(self) -> int | None:
        """How many minutes passed between two places that became free lately; None if none did."""
        now = self._clock()
        lately = sum(now - left < _REMEMBERED_S for left in self._left)
        return math.ceil(_REMEMBERED_S / 60 / lately) if lately else None


def present(visits: Mapping[str, Visit]) -> Counter[str]:
    """Return how many visitors there are from each address."""
    return Counter(visit.address for visit in visits.values())
