"""What makers' software writes above a table and below its headings; only units and rates count."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from twitchlib.emg._cells import number
from twitchlib.emg.columns import TIME, is_gap, seconds_in, unit_of
from twitchlib.messages import ngettext

__all__ = ["SEPARATORS", "Preamble", "preamble_of"]

SEPARATORS = ";\t,|"
# EMGworks describes each channel in a separate line, and a recording may have hundreds.
_MOST_LINES = 2000
# Trigno Discover writes rates and steps below the headings.
_MOST_BELOW = 3
# This many consecutive rows of numbers are the table.
_ROWS = 3
_CHANNEL = re.compile(
    r"\W*Label:\s*(?P<label>.+?)\s+"  # untranslated: data
    r"Sampling frequency:\s*(?P<rate>[\d.]+).*?Unit:\s*(?P<unit>\w+).*"  # untranslated: data
)
# Every heading of a time column matches this, so other lines need no closer look.
_TIMELY = re.compile(r"time|(?<![a-z])[tx](?![a-z])", re.IGNORECASE)
# Noraxon MR describes a record, or a signal, by a row of names over a row of values.
_RECORD = ("type", "frequency", "count")  # untranslated: data
_DISCOVER = "Trigno Discover"  # untranslated: a name
_RATE = re.compile(
    r"\W*(?:sampl\w*|acquisition)[\s_-]*(?:freq\w*|rate)\b[^\d]*(?P<rate>\d[\d.]*)\s*(?:hz)?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Preamble:
    """The text above a table.

    Attributes
    ----------
    lines, below : int
        How many lines to skip above the headings, and between them and the numbers.
    mark : str
        Separator of the table's cells; empty if unknown.
    names : tuple of str
        Names of the columns that replace their headings; empty to keep the headings.
    units, rates_hz : Mapping from str
        Unit and sampling rate stated for each channel.
    rate_hz : float or None
        Sampling rate stated for all channels.
    """

    lines: int = 0
    mark: str = ""
    below: int = 0
    names: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    rates_hz: Mapping[str, float] = field(default_factory=dict)
    rate_hz: float | None = None

    @property
    def remark(self) -> str:
        """What was done about these lines, in words."""
        if not self.lines:
            return ""
        return ngettext(
            "{n} line above its headings was skipped.",
            "{n} lines above its headings were skipped.",
            self.lines,
        )


def preamble_of(lines: Sequence[str]) -> Preamble:
    """Return the text above the table in the first lines of a file.

    Headings are recognised by a time column with a number below it. Without one, there is no such
    text if the first two lines have the same number of cells, more than one.
    """
    lines = lines[:_MOST_LINES]
    if found := _over_times(lines):
        return found
    if len(lines) < _ROWS + 1:
        return Preamble()
    mark = max(SEPARATORS, key=lines[0].count)
    first = len(_cells(lines[0], mark))
    second = (len(_cells(lines[1], mark)), len(_all_cells(lines[1], mark)))
    if first > 1 and first in second and not _CHANNEL.match(lines[0]):
        return Preamble()
    for start in range(1, len(lines) - _ROWS + 1):
        for other in SEPARATORS:
            rows = [_all_cells(line, other) for line in lines[start : start + _ROWS]]
            if len(rows[0]) > 1 and len({*map(len, rows)}) == 1 and all(map(_is_row, rows)):
                above = _cells(lines[start - 1], other)
                least = max(len(_cells(line, other)) for line in lines[start : start + _ROWS])
                headed = least <= len(above) <= len(rows[0]) and not _is_row(above)
                if other == "," and not headed:
                    continue  # decimal commas in a single column look the same
                return _read(lines[: start - headed], other)
    return Preamble()


def _over_times(lines: Sequence[str]) -> Preamble | None:
    """Return the text above the first line with a time heading that has a number below it."""
    record = _record(lines)
    for place, line in enumerate(lines):
        if not _TIMELY.search(line):
            continue
        for mark in SEPARATORS:
            names = [cell.strip() for cell in _cells(line, mark)]
            if record and names[:1] == ["time"]:
                names[0] = TIME
            timed = [i for i, name in enumerate(names) if seconds_in(name)]
            if len(names) < 2 or not timed:
                continue
            rows = [_all_cells(row, mark) for row in lines[place + 1 : place + 2 + _MOST_BELOW]]
            below = next((i for i, row in enumerate(rows) if any(map(_is_number, row))), None)
            if below is None or not _is_number(_cell(rows[below], timed[0])):
                continue
            found = replace(_read(lines[:place], mark), below=below)
            if record:
                return replace(found, names=tuple(names), **_recorded(record))
            if _DISCOVER in lines[0]:
                sensors = _all_cells(lines[max(place - 2, 0)], mark)
                return replace(found, names=_discovered(names, sensors, rows[:below]))
            return found
    return None


def _record(lines: Sequence[str]) -> dict[str, str]:
    """Return what Noraxon MR says about a record; empty for other files."""
    first, second = [*csv.reader(lines[:2]), [], []][:2]
    if not set(_RECORD) <= set(first) or len(first) != len(second):
        return {}
    return dict(zip(first, second, strict=True))


def _recorded(record: Mapping[str, str]) -> dict[str, Any]:
    """Return the rate and the unit of a record; only a record of a single signal has a unit."""
    rate = record["frequency"]
    return {
        "rate_hz": float(rate) if _is_number(rate) else None,
        "units": {"value": record["units"]} if record.get("units") else {},
    }


def _discovered(
    names: Sequence[str], sensors: Sequence[str], below: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Return headings with their sensor, which is named only above its first column.

    Columns of events, further to the right, have their headings in another line.
    """
    wide = max(map(len, (names, *below)))
    found, sensor = [], ""
    for place in range(wide):
        sensor = _cell(sensors, place) or sensor
        name = _cell(names, place)
        if place >= len(names):
            name = next(filter(None, (_cell(row, place) for row in below)), "")
        found.append(f"{sensor}: {name}" if unit_of(name) else name)
    return tuple(found)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _read(lines: Sequence[str], mark: str) -> Preamble:
    said = [found for line in lines if (found := _CHANNEL.fullmatch(line.strip()))]
    rates = [found for line in lines if (found := _RATE.fullmatch(line.strip()))]
    return Preamble(
        len(lines),
        mark,
        units={channel["label"]: channel["unit"] for channel in said},
        rates_hz={
            channel["label"]: float(channel["rate"].rstrip("."))
            for channel in said
            if _is_number(channel["rate"])
        },
        rate_hz=float(rates[0]["rate"]) if rates and _is_number(rates[0]["rate"]) else None,
    )


def _all_cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _cells(line: str, mark: str) -> list[str]:
    """Return cells without the empty ones at the end."""
    cells = _all_cells(line, mark)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _is_row(cells: Sequence[str]) -> bool:
    """Return whether cells are numbers, perhaps with gaps."""
    known = [cell for cell in cells if not is_gap(cell)]
    return bool(known) and all(map(_is_number, known))


def _is_number(cell: str) -> bool:
    return number(cell) is not None
