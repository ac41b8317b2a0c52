"""The numbers in the cells of a text table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg.columns import is_gap
from twitchlib.emg.formats import checked_length, cut
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.typed import read_number

__all__ = ["Block", "Columns", "number"]


@dataclass(frozen=True)
class Block:
    """Some lines of a file, and the line number of the first."""

    start: int
    lines: list[str]


def _floats(cells: list[str]) -> FloatArray:
    """Return the numbers in cells, with a decimal point or comma."""
    if "_" in "".join(cells):
        raise ValueError  # Python accepts 1_000 as a number
    try:
        return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        pointed = (cell.replace(",", ".") for cell in cells)
        return np.fromiter(map(float, pointed), np.float64, len(cells))


def number(cell: str) -> float | None:
    """Return the number in one cell, or None if it holds none or one that is not finite."""
    # Samples have no thousands separators: any such mark is the decimal mark.
    try:
        return read_number(cell, decimal="," if "," in cell else ".")
    except NotAllowedError:
        return None


@dataclass(frozen=True)
class Columns:
    """The wanted columns of a table, and the format of the table."""

    name: str
    mark: str
    labels: list[str]
    places: list[int]

    def read(self, blocks: Iterable[Block]) -> list[FloatArray]:
        """Return the numbers of each column."""
        parts = [np.empty((0, len(self.places)))]
        samples = 0
        for block in blocks:
            found = self._at_once(block)
            parts.append(self._row_by_row(block) if found is None else found)
            samples += len(parts[-1])
            checked_length(samples, len(self.labels), self.name)
        whole = np.concatenate(parts)
        if len(self.places) > 1:
            # A row without a time for this column is not a sample: another column is longer.
            whole = whole[~np.isnan(whole).all(axis=1)]
        return [np.ascontiguousarray(column) for column in whole.T]

    def _at_once(self, block: Block) -> FloatArray | None:
        """Return the numbers of a regular block, fast, or None for any other."""
        try:
            rows = [row for row in csv.reader(block.lines, delimiter=self.mark, strict=True) if row]
            if max(map(len, rows), default=0) > len(self.labels):
                return None
            columns = [[row[place] for row in rows] for place in self.places]
            numbers = np.stack([_floats(cells) for cells in columns], axis=1)
        except (csv.Error, IndexError, ValueError):
            return None
        return numbers if np.isfinite(numbers).all() else None

    def _row_by_row(self, block: Block) -> FloatArray:
        """Return the numbers of a block, or say which row has none."""
        rows = csv.reader(block.lines, delimiter=self.mark, strict=True)
        found: list[list[float]] = []
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return np.array(found, dtype=np.float64).reshape(-1, len(self.places))
            except csv.Error:
                raise UnreadableError(
                    _(
                        "The quotation marks near line {line} of {file} do not match.",
                        line=block.start + rows.line_num - 1,
                        file=self.name,
                    )
                ) from None
            if cells:
                found.append(self._numbers(cells, block.start + rows.line_num - 1))

    def _numbers(self, cells: list[str], line: int) -> list[float]:
        if any(map(str.strip, cells[len(self.labels) :])):
            raise UnreadableError(
                _(
                    "Line {line} of {file} has {cells} cells where there are {headings} columns.",
                    line=line,
                    file=self.name,
                    cells=len(cells),
                    headings=len(self.labels),
                )
            )
        wanted = [cells[place] if place < len(cells) else "" for place in self.places]
        if all(map(is_gap, wanted)):
            return [np.nan] * len(wanted)
        found = []
        for place, cell in zip(self.places, wanted, strict=True):
            value = np.nan if is_gap(cell) and place == self.places[0] else number(cell)
            if value is None:
                raise _refusal(line, self.labels[place], cell, self.name)
            found.append(value)
        return found


def _refusal(line: int, label: str, cell: str, name: str) -> UnreadableError:
    place = {"file": name, "line": line, "column": cut(label)}
    if is_gap(cell):
        return UnreadableError(
            _(
                "Line {line} of {file} has a number, but no time for it in the column {column}.",
                **place,
            )
        )
    return UnreadableError(
        _(
            "Line {line} of {file} has “{cell}” in the column {column}, which is not a number.",
            cell=cut(cell),
            **place,
        )
    )
