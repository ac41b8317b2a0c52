"""What makers write above the headings of a table: skipped, but for units and rates."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twitchlib.errors import NotAllowedError
from twitchlib.messages import ngettext
from twitchlib.typed import read_number

__all__ = ["SEPARATORS", "Preamble", "preamble_of"]

SEPARATORS = ";\t,|"
_MOST_LINES = 200
# So many rows of numbers in a row are the table.
_ROWS = 3
# Delsys describes each channel in a line of its own.
_CHANNEL = re.compile(
    r"\W*Label:\s*(?P<label>.+?)\s+"  # untranslated: data
    r"Sampling frequency:\s*(?P<rate>[\d.]+).*?Unit:\s*(?P<unit>\w+).*"  # untranslated: data
)
_RATE = re.compile(
    r"\W*(?:sampl\w*|acquisition)[\s_-]*(?:freq\w*|rate)\b[^\d]*(?P<rate>\d[\d.]*)\s*(?:hz)?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Preamble:
    """What stands above a table.

    Attributes
    ----------
    lines : int
        How many lines to skip.
    mark : str
        What separates the cells of the table; empty if nothing stands above it.
    units, rates_hz : Mapping from str
        What is said of each channel.
    rate_hz : float or None
        What is said of all.
    """

    lines: int = 0
    mark: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    rates_hz: Mapping[str, float] = field(default_factory=dict)
    rate_hz: float | None = None

    @property
    def remark(self) -> str:
        """What was done about it, in words."""
        if not self.lines:
            return ""
        return ngettext(
            "{n} line above its headings was skipped.",
            "{n} lines above its headings were skipped.",
            self.lines,
        )


def preamble_of(lines: Sequence[str]) -> Preamble:
    """Return what stands above the table in the first lines of a file.

    Nothing does if the first two lines have as many cells, more than one.
    """
    lines = lines[:_MOST_LINES]
    if len(lines) < _ROWS + 1:
        return Preamble()
    mark = max(SEPARATORS, key=lines[0].count)
    first = len(_cells(lines[0], mark))
    if first > 1 and first == len(_cells(lines[1], mark)) and not _CHANNEL.match(lines[0]):
        return Preamble()
    for start in range(1, len(lines) - _ROWS + 1):
        for other in SEPARATORS:
            rows = [_cells(line, other) for line in lines[start : start + _ROWS]]
            if len(rows[0]) > 1 and _all_numbers(rows):
                above = _cells(lines[start - 1], other)
                headed = len(above) == len(rows[0]) and not _all_numbers([above])
                if other == "," and not headed:
                    continue  # decimal commas in a single column look the same
                return _read(lines[: start - headed], other)
    return Preamble()


def _read(lines: Sequence[str], mark: str) -> Preamble:
    said = [found for line in lines if (found := _CHANNEL.fullmatch(line.strip()))]
    rates = [found for line in lines if (found := _RATE.fullmatch(line.strip()))]
    return Preamble(
        len(lines),
        mark,
        {one["label"]: one["unit"] for one in said},
        {one["label"]: float(one["rate"].rstrip(".")) for one in said if _is_number(one["rate"])},
        float(rates[0]["rate"]) if rates and _is_number(rates[0]["rate"]) else None,
    )


def _cells(line: str, mark: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _all_numbers(rows: Sequence[Sequence[str]]) -> bool:
    return len({len(row) for row in rows}) == 1 and all(_is_number(c) for row in rows for c in row)


def _is_number(cell: str) -> bool:
    try:
        read_number(cell, decimal="," if "," in cell else ".")
    except NotAllowedError:
        return False
    return True
