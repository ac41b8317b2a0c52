"""A text table (CSV), read in blocks, so that a bad cell is named and little memory is used."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg._preamble import SEPARATORS, preamble_of
from twitchlib.emg.columns import TIME, rate_hz, seconds_in, unit_of
from twitchlib.emg.formats import (
    Deadline,
    Raw,
    SignalError,
    checked_length,
    chosen,
    cut,
    labelled,
)
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.typed import read_number

__all__ = ["is_text", "table"]

_AT_ONCE = 262_144
_LINES_A_ROW = 2


def table(data: bytes, name: str, channel: str) -> Raw:
    """Return a column of a table written as text.

    A first row of numbers is not a heading but the first sample. (In a row of several cells, the
    numbers 0, 1, 2 … are what programs write over unnamed columns.) A needed cell that holds no
    number is named, with its line and column.
    """
    blocks = _blocks(data, name)
    first = next(blocks, _Block(0, []))
    above = preamble_of(first.lines)
    first = _Block(first.start + above.lines, first.lines[above.lines :])
    head = first.lines[0] if first.lines else ""
    mark = above.mark or max(SEPARATORS, key=head.count)
    names = [cell.strip() for cell in next(csv.reader([head], delimiter=mark), [])]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SignalError(_("{file} holds no words and no numbers.", file=name))
    checked_length(0, len(names), name)
    bare = _is_numbers(names)
    if bare:
        names = [""] * len(names)
    else:
        first = _Block(first.start + 1, first.lines[1:])
    timed = [i for i, heading in enumerate(names) if seconds_in(heading)]
    if len({names[i] for i in timed}) < len(timed):
        raise SignalError(
            _("{file} has {n} columns {time}; one is the most.", file=name, n=len(timed), time=TIME)
        )
    labels = labelled(names)
    others = [i for i in range(len(names)) if i not in timed]
    wanted = others[chosen([labels[i] for i in others], channel, name)]
    # Of several times, a column's own stand before it.
    timed = [max([i for i in timed if i < wanted], default=timed[0])] if timed else []
    wide = _Columns(name, mark, labels, [wanted, *timed])
    values, *times = wide.read(chain([first], blocks))
    if not values.size:
        raise SignalError(_("{file} has headings, and no number beneath them.", file=name))
    unit = unit_of(names[wanted]) or above.units.get(names[wanted], "")
    found_hz = rate_hz(seconds_in(names[timed[0]]) * times[0], name) if timed else None
    return Raw(
        values,
        unit,
        found_hz or above.rates_hz.get(names[wanted]) or above.rate_hz,
        (_("It has no headings, so its first row was read as numbers."),) * bare
        + (above.remark,) * bool(above.lines),
    )


def is_text(data: bytes) -> bool:
    """Return whether a file begins like text, without control characters except line breaks."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not any(byte < 32 and byte not in b"\t\n\f\r" for byte in data[:4096])


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), 1 << 20):
            decoder.decode(data[at : at + (1 << 20)])
    except UnicodeDecodeError:
        return "cp1252"  # in which numbers, and the µ of a heading, are as spreadsheets wrote them
    return "utf-8-sig"


@dataclass(frozen=True)
class _Block:
    """Some lines of a file, and the line number of the first."""

    start: int
    lines: list[str]


def _blocks(data: bytes, name: str) -> Iterator[_Block]:
    """Yield the lines in blocks from the first that is not empty, checking the time at each."""
    deadline = Deadline(name)
    text = io.TextIOWrapper(io.BytesIO(data), _encoding(data), errors="replace")
    start, rest, started = 1, "", False
    while piece := text.read(_AT_ONCE):
        deadline.check()
        *lines, rest = (rest + piece).split("\n")
        longest = max(map(len, [*lines, rest]))
        if longest > limits.LONGEST_LINE:
            raise SignalError(
                _(
                    "{file} has a line of more than {most:,} characters, the most that are read.",
                    file=name,
                    most=limits.LONGEST_LINE,
                )
            )
        empty = 0
        if not started:
            empty = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
            started = empty < len(lines)
        if lines[empty:]:
            yield _Block(start + empty, lines[empty:])
        start += len(lines)
        # Empty lines do not count as rows, but reading them takes time too.
        if start > _LINES_A_ROW * limits.MOST_SAMPLES:
            raise SignalError(
                _(
                    "{file} has more than {most:,} lines, the most that are read.",
                    file=name,
                    most=_LINES_A_ROW * limits.MOST_SAMPLES,
                )
            )
    if rest.strip():
        yield _Block(start, [rest])


def _is_numbers(cells: list[str]) -> bool:
    if not cells or any(_number(cell) is None for cell in cells):
        return False
    counted = [[str(i + start) for i in range(len(cells))] for start in (0, 1)]
    return len(cells) == 1 or cells not in counted


def _floats(cells: list[str]) -> FloatArray:
    """Return the numbers in cells, with a decimal point or comma."""
    if "_" in "".join(cells):
        raise ValueError  # Python accepts 1_000 as a number
    try:
        return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        pointed = (cell.replace(",", ".") for cell in cells)
        return np.fromiter(map(float, pointed), np.float64, len(cells))


def _number(cell: str) -> float | None:
    """Return the number in one cell; None where there is none, or it is not finite."""
    # Samples have no thousands separators: any such mark is the decimal mark.
    try:
        return read_number(cell, decimal="," if "," in cell else ".")
    except NotAllowedError:
        return None


@dataclass(frozen=True)
class _Columns:
    """The wanted columns of a table, and the table's format."""

    name: str
    mark: str
    labels: list[str]
    places: list[int]

    def read(self, blocks: Iterable[_Block]) -> list[FloatArray]:
        """Return the numbers of each column."""
        parts = [np.empty((0, len(self.places)))]
        samples = 0
        for block in blocks:
            found = self._at_once(block)
            parts.append(self._row_by_row(block) if found is None else found)
            samples += len(parts[-1])
            checked_length(samples, len(self.labels), self.name)
        whole = np.concatenate(parts)
        return [np.ascontiguousarray(column) for column in whole.T]

    def _at_once(self, block: _Block) -> FloatArray | None:
        """Return the numbers of a regular block, fast; None for any other."""
        try:
            rows = [row for row in csv.reader(block.lines, delimiter=self.mark, strict=True) if row]
            if max(map(len, rows), default=0) > len(self.labels):
                return None
            columns = [[row[place] for row in rows] for place in self.places]
            numbers = np.stack([_floats(cells) for cells in columns], axis=1)
        except (csv.Error, IndexError, ValueError):
            return None
        return numbers if np.isfinite(numbers).all() else None

    def _row_by_row(self, block: _Block) -> FloatArray:
        """Return the numbers of a block, or say which row has none."""
        rows = csv.reader(block.lines, delimiter=self.mark, strict=True)
        found: list[list[float]] = []
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return np.array(found, dtype=np.float64).reshape(-1, len(self.places))
            except csv.Error:
                raise SignalError(
                    _(
                        "The quotation marks near line {line} of {file} do not match.",
                        line=block.start + rows.line_num - 1,
                        file=self.name,
                    )
                ) from None
            if any(map(str.strip, cells)):
                found.append(self._numbers(cells, block.start + rows.line_num - 1))

    def _numbers(self, cells: list[str], line: int) -> list[float]:
        if any(map(str.strip, cells[len(self.labels) :])):
            raise SignalError(
                _(
                    "Line {line} of {file} has {cells} cells where there are {headings} columns.",
                    line=line,
                    file=self.name,
                    cells=len(cells),
                    headings=len(self.labels),
                )
            )
        found = []
        for place in self.places:
            cell = cells[place] if place < len(cells) else ""
            value = _number(cell)
            if value is None:
                raise _refusal(line, self.labels[place], cell, self.name)
            found.append(value)
        return found


def _refusal(line: int, label: str, cell: str, name: str) -> SignalError:
    place = {"file": name, "line": line, "column": cut(label)}
    if not cell.strip():
        return SignalError(
            _(
                "Line {line} of {file} has nothing in the column {column}, and an EMG has a number "
                "in every row.",
                **place,
            )
        )
    return SignalError(
        _(
            "Line {line} of {file} has “{cell}” in the column {column}, which is no number.",
            cell=cut(cell),
            **place,
        )
    )
