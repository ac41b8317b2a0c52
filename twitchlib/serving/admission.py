"""Who gets in: as many visitors as memory allows, and a fair share for each address."""

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
_FORKED_BYTES: Final = 80 * MIB
_OWN_BYTES: Final = 200 * MIB
_LESSON_BYTES: Final = 120 * MIB
_FOR_OTHERS: Final = 0.15
_CGROUP: Final = Path("/sys/fs/cgroup/memory.max")


def household(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 prefix of an IPv6 address.

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


def room_for(lessons: int, *, forks: bool) -> int:
    """Return how many visitors this machine has memory for.

    A visitor counts as 80 MB if copies are forked, otherwise as 200 MB, more than a lesson takes on
    average; what is kept of each lesson counts as 120 MB. 15 % stays free for everything else.

    Parameters
    ----------
    lessons : int
        Number of lessons.
    forks : bool
        Whether copies are forked.
    """
    free = psutil.virtual_memory().available
    if _CGROUP.is_file():
        most = _CGROUP.read_text(encoding="ascii").strip()
        free = min(free, int(most)) if most.isdecimal() else free
    left = free * (1 - _FOR_OTHERS) - lessons * _LESSON_BYTES
    return max(1, int(left // (_FORKED_BYTES if forks else _OWN_BYTES)))


class Admission:
    """Lets in as many visitors as there is room for and, while others wait, a share per address.

    Parameters
    ----------
    room : int
        Maximum number of visitors.
    clock : callable
        Returns the time, s.
    """

    def __init__(self, room: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.room = room
        self._clock = clock
        self._waiting: dict[str, float] = {}
        self._left: deque[float] = deque(maxlen=1000)

    def enter(self, address: str, present: Mapping[str, int]) -> bool:
        """Return whether one more visitor from an address may come in; if not, it waits.

        Parameters
        ----------
        address : str
            As returned by `household`.
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
    def has_waiting(self) -> bool:
        """Whether anyone has been refused recently."""
        return bool(self._others())

    def note_left(self) -> None:
        """Record that a place became free."""
        self._left.append(self._clock())

    @property
    def minutes_between(self) -> int | None:
        """Average minutes between recent departures; None if there were none."""
        now = self._clock()
        recent = sum(now - left < _REMEMBERED_S for left in self._left)
        return math.ceil(_REMEMBERED_S / 60 / recent) if recent else None


def present(visits: Mapping[str, Visit]) -> Counter[str]:
    """Return how many visitors there are from each address."""
    return Counter(visit.address for visit in visits.values())
