"""Compare detected with true events."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, IntArray, checked_array, checked_number
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["Match"]


class Match:
    """Detected onsets, each paired with at most one true onset: as many pairs as possible.

    Parameters
    ----------
    found_s, true_s : array_like
        Onsets, in any order.
    tolerance_s : float
        How far apart the onsets of a pair may be, by default 50 ms. Illustrative: distinct bursts
        begin further apart than that.

    Attributes
    ----------
    found_s, true_s : ndarray
        Onsets, in order.
    pairs : ndarray of int, shape (hits, 2)
        Indices of a detected onset and of its true onset, from 0; each at most once.

    Raises
    ------
    NotAllowedError
        If an onset is not finite, or the tolerance is negative.

    Examples
    --------
    >>> found = Match([0.99, 2.5, 4.0], [1.0, 3.0, 4.01])
    >>> found.hits, found.missed, found.extra, round(found.f1, 2)
    (2, 1, 1, 0.67)
    """

    found_s: FloatArray
    true_s: FloatArray
    pairs: IntArray

    def __init__(
        self, found_s: npt.ArrayLike, true_s: npt.ArrayLike, *, tolerance_s: float = 0.05
    ) -> None:
        self.found_s = found = np.sort(checked_array("found_s", found_s, unit="s"))
        self.true_s = true = np.sort(checked_array("true_s", true_s, unit="s"))
        tolerance = checked_number("tolerance_s", tolerance_s, low=0, high=60, unit="s")
        pairs: list[tuple[int, int]] = []
        one = other = 0
        # Both are sorted: pairing the earliest two that fit leaves the most for the rest.
        while one < found.size and other < true.size:
            late = found[one] - true[other]
            if abs(late) <= tolerance:
                pairs.append((one, other))
            one += int(late <= tolerance)
            other += int(late >= -tolerance)
        self.pairs = np.array(pairs, dtype=np.int64).reshape(-1, 2)

    @property
    def hits(self) -> int:
        """Number of true events detected."""
        return len(self.pairs)

    @property
    def missed(self) -> int:
        """Number of true events missed."""
        return self.true_s.size - self.hits

    @property
    def extra(self) -> int:
        """Number of detections that are not true events."""
        return self.found_s.size - self.hits

    @property
    def f1(self) -> float:
        """Twice the hits over detected plus true events; 1 if all match or there are none."""
        total = self.found_s.size + self.true_s.size
        return 2 * self.hits / total if total else 1.0

    @property
    def late_s(self) -> FloatArray:
        """Latency of each hit in seconds; negative if early."""
        return self.found_s[self.pairs[:, 0]] - self.true_s[self.pairs[:, 1]]

    @property
    def sentence(self) -> str:
        """How well the events were detected, in words."""
        said = ngettext(
            "{hits} of {all} were found, {missed} missed, and {n} mark is on something else",
            "{hits} of {all} were found, {missed} missed, and {n} marks are on something else",
            self.extra,
            hits=self.hits,
            all=self.true_s.size,
            missed=self.missed,
        )
        if not self.hits:
            return said + "."
        return _(
            "{said}; onsets are typically {late_ms:.1f} ms off (F1 {f1:.2f}).",
            said=said,
            late_ms=1000 * float(np.median(np.abs(self.late_s))),
            f1=self.f1,
        )
