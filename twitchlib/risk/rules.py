"""The rules: tables ``factors``, ``levels`` and ``bands``, ready to be applied."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twitchlib import guide
from twitchlib.named import Named
from twitchlib.quantity import Quantity, describe
from twitchlib.risk.habits import Habits

__all__ = ["Band", "Factor", "Level", "band_rank", "bands", "factors", "levels"]


@dataclass(frozen=True)
class Level:
    """How much a habit counts, according to the guide: a rank, a word, and a mark."""

    id: str
    rank: int
    word: str
    mark: str


@dataclass(frozen=True)
class Band:
    """All habits together: a word, its meaning, and the rule behind it."""

    id: str
    rank: int
    word: str
    min_contributing: int
    min_likely: int
    summary: str
    rule: str


@dataclass(frozen=True)
class Factor:
    """One habit's rule.

    Attributes
    ----------
    quantity : Quantity
        The habit's unit and range.
    cause : str
        Id in the table ``causes``.
    away : int
        Direction away from the healthy side: +1 if more is unhealthy, −1 if less is.
    may_beyond, likely_beyond : float
        Beyond this value, going away from the healthy side, the habit may contribute, or is a
        likely contributor.
    threshold_note : str
        Where the thresholds come from.
    reasons : tuple of str
        A sentence for each level, with ``{value}`` as the placeholder.
    claim : str
        The claim of the guide on which the rule rests, an id in the table ``claims``.
    """

    quantity: Quantity
    cause: str
    away: int
    may_beyond: float
    likely_beyond: float
    threshold_note: str
    reasons: tuple[str, ...]
    claim: str

    @property
    def healthy(self) -> tuple[float, float]:
        """Range in which the habit is not a factor, in the habit's unit."""
        if self.away > 0:
            return (self.quantity.low, self.may_beyond)
        return (self.may_beyond, self.quantity.high)

    def rank(self, values: ArrayLike) -> NDArray[np.int8]:
        """Return 0, 1 or 2 for each value; a missing value (NaN) gives 0."""
        towards = self.away * np.asarray(values, dtype=float)
        may = towards > self.away * self.may_beyond
        likely = towards > self.away * self.likely_beyond
        return np.add(may, likely, dtype=np.int8)


@cache
def levels() -> tuple[Level, ...]:
    """Return the levels, from "not a factor" upwards.

    Examples
    --------
    >>> [level.word for level in levels()]
    ['not a factor', 'may contribute', 'likely contributor']
    """
    return tuple(
        Level(row["id"], row["rank"], row["word"], row["mark"])
        for row in sorted(guide.rows("levels").values(), key=lambda row: row["rank"])
    )


@cache
def bands() -> tuple[Band, ...]:
    """Return the bands, from the quietest upwards.

    Examples
    --------
    >>> bands()[0].word
    'nothing stands out'
    """
    return tuple(
        Band(**{name: row[name] for name in Band.__dataclass_fields__})
        for row in sorted(guide.rows("bands").values(), key=lambda row: row["rank"])
    )


@cache
def factors() -> Named[Factor]:
    """Return each habit's rule, by field of `Habits`.

    Examples
    --------
    >>> factors()["sleep_h"].healthy
    (7.0, 14.0)
    """
    known = describe(Habits)
    found = {
        name: Factor(
            quantity=known[name],
            cause=row["cause"],
            away=1 if row["healthy_side"] == "low" else -1,
            may_beyond=row["may_beyond"],
            likely_beyond=row["likely_beyond"],
            threshold_note=row["threshold_note"],
            reasons=(row["reason_none"], row["reason_may"], row["reason_likely"]),
            claim=row["claims"][0],
        )
        for name, row in guide.rows("factors").items()
    }
    return Named("habit", found)


def band_rank(contributing: ArrayLike, likely: ArrayLike) -> NDArray[np.int8]:
    """Return the highest band whose two minima are both met."""
    rank = np.zeros(np.shape(contributing), dtype=np.int8)
    for band in bands():
        met = (np.asarray(contributing) >= band.min_contributing) & (
            np.asarray(likely) >= band.min_likely
        )
        rank = np.where(met, np.int8(band.rank), rank)
    return rank
