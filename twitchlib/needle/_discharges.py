"""The discharges and their numbers, from the tables ``needle_discharges`` and ``needle_values``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from twitchlib import guide
from twitchlib.messages import inside
from twitchlib.named import Named

__all__ = ["Discharge", "Range", "discharges"]


@dataclass(frozen=True)
class Range:
    """A range of one quantity of a discharge.

    Attributes
    ----------
    low, high : float
        Its ends.
    unit, source : str
        Its unit, and where it comes from.
    drawn : bool
        Whether recordings use values drawn from this range; otherwise they are tested against it.
    illustrative : bool
        Whether the range, or one end of it, is the course's own.
    """

    low: float
    high: float
    unit: str
    source: str
    drawn: bool
    illustrative: bool

    def draw(self, rng: np.random.Generator) -> float:
        """Return a value drawn uniformly from the range."""
        return float(rng.uniform(self.low, self.high))


@dataclass(frozen=True)
class Discharge:
    """What a needle may pick up at rest.

    Attributes
    ----------
    name, title : str
        Its name in data, and its name for the reader; `word` within a sentence.
    comes_from, pattern, shape, sound, tells_apart : str
        What fires and when, what one potential looks like, what they sound like together, and how
        to tell it from other discharges.
    seen_in : str
        Where the literature reports it; not a diagnosis.
    normal : bool
        Whether it occurs somewhere in healthy muscle.
    ranges : mapping of str to Range
        Its numbers, by quantity.
    references : tuple of str
        Keys of its sources.
    """

    name: str
    title: str
    comes_from: str
    pattern: str
    shape: str
    sound: str
    tells_apart: str
    seen_in: str
    normal: bool
    ranges: Mapping[str, Range]
    references: tuple[str, ...]

    @property
    def word(self) -> str:
        """Its name within a sentence."""
        return inside(self.title)


@cache
def discharges() -> Named[Discharge]:
    """Return every discharge by its name, those of healthy muscle first.

    Examples
    --------
    >>> discharges()["fibrillation"].ranges["amplitude_uv"].high
    200.0
    """
    numbers: dict[str, dict[str, Range]] = {}
    for row in guide.rows("needle_values").values():
        numbers.setdefault(row["discharge"], {})[row["quantity"]] = Range(
            float(row["low"]), float(row["high"]), row["unit"] or "", row["source"],
            row["used"] == "drawn", row["illustrative"],
        )  # fmt: skip
    return Named(
        "discharge",
        {
            name: Discharge(
                name, row["name"], row["comes_from"], row["pattern"], row["shape"], row["sound"],
                row["tells_apart"], row["seen_in"], row["normal"], numbers[name],
                tuple(row["references"]),
            )
            for name, row in guide.rows("needle_discharges").items()
        },
    )  # fmt: skip
