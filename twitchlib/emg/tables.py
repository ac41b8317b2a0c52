"""A text table (CSV), read in blocks to save memory; a bad cell is named."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np

from twitchlib.arrays import IntArray
from twitchlib.emg import limits
from twitchlib.emg._cells import Block, Columns, number
from twitchlib.emg._preamble import SEPARATORS, preamble_of
from twitchlib.emg.columns import TIME, rate_hz, seconds_in, unit_of
from twitchlib.emg.formats import Deadline, Raw, checked_length, chosen, cut, labelled, same_rate
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["is_text", "table"]

_AT_ONCE = 262_144
_LINES_A_ROW = 2


def table(data: bytes, name: str, channel: str) -> Raw:
    """Return a column of a table written as text.

    A first row of numbers is the first sample, not headings, unless it has several cells with the
    numbers 0, 1, 2 …, which programs write above unnamed columns. An empty cell is a gap; the error
    for a needed cell that holds anything but a number names its line and column.
    """
    blocks = _blocks(data, name)
    first = next(blocks, Block(0, []))
    preamble = preamble_of(first.lines)
    first = Block(first.start + preamble.lines, first.lines[preamble.lines :])
    head = first.lines[0] if first.lines else ""
    mark = preamble.mark or max(SEPARATORS, key=head.count)
    cells = next(csv.reader([head], delimiter=mark), [])
    names = list(preamble.names) or [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnreadableError(_("{file} holds neither words nor numbers.", file=name))
    checked_length(0, len(names), name)
    bare = _is_numbers(names)
    if bare:
        names = [""] * len(names)
    else:
        first = Block(first.start + 1 + preamble.below, first.lines[1 + preamble.below :])
    timed = [i for i, heading in enumerate(names) if seconds_in(heading)]
    if any(j == i + 1 and names[i] == names[j] for i, j in pairwise(timed)):
        raise UnreadableError(
            _("{file} has {n} columns {time}; it may have one.", file=name, n=len(timed), time=TIME)
        )
    labels = labelled(names)
    others = [i for i in range(len(names)) if i not in timed]
    wanted = others[chosen([labels[i] for i in others], channel, name)]
    # Of several time columns, a column's own is the last one before it.
    timed = [max([i for i in timed if i < wanted], default=timed[0])] if timed else []
    wide = Columns(name, mark, labels, [wanted, *timed])
    values, *times = wide.read(chain([first], blocks))
    if not timed:
        # Drop the rows of nothing but separators that spreadsheets write at the end.
        values = values[: np.flatnonzero(np.isfinite(values))[-1:].sum() + 1]
    gaps = np.flatnonzero(np.isnan(values))
    if 2 * gaps.size > values.size > gaps.size:
        raise UnreadableError(
            _(
                "More than half of the rows of {file} have nothing in the column {column}. Was it "
                "sampled at another rate? Save it in a table of its own.",
                file=name,
                column=cut(labels[wanted]),
            )
        )
    if gaps.size == values.size:
        raise UnreadableError(_("{file} has headings, but no numbers below them.", file=name))
    unit = unit_of(names[wanted]) or preamble.units.get(names[wanted], "")
    found_hz = rate_hz(seconds_in(names[timed[0]]) * times[0], name) if timed else None
    said_hz = preamble.rates_hz.get(names[wanted]) or preamble.rate_hz
    if found_hz and said_hz and not same_rate(found_hz, said_hz):
        raise UnreadableError(
            _(
                "{file} contradicts itself: it says that {column} has {said:,.6g} samples a "
                "second, but its times say {found:,.6g}.",
                file=name,
                column=cut(labels[wanted]),
                said=said_hz,
                found=found_hz,
            )
        )
    return Raw(
        values,
        unit,
        found_hz or said_hz,
        (_("It has no headings, so its first row was read as numbers."),) * bare
        + (preamble.remark, _gap_remark(gaps, labels[wanted])),
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


def _blocks(data: bytes, name: str) -> Iterator[Block]:
    """Yield the lines in blocks, from the first that is not empty, within the time limit."""
    deadline = Deadline(name)
    text = io.TextIOWrapper(io.BytesIO(data), _encoding(data), errors="replace")
    start, rest, started = 1, "", False
    while piece := text.read(_AT_ONCE):
        deadline.check()
        *lines, rest = (rest + piece).split("\n")
        longest = max(map(len, [*lines, rest]))
        if longest > limits.LONGEST_LINE:
            raise UnreadableError(
                _(
                    "{file} has a line of more than {most:,} characters, the limit.",
                    file=name,
                    most=limits.LONGEST_LINE,
                )
            )
        empty = 0
        if not started:
            empty = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
            started = empty < len(lines)
        if lines[empty:]:
            yield Block(start + empty, lines[empty:])
        start += len(lines)
        # Empty lines do not count as rows, but reading them takes time too.
        if start > _LINES_A_ROW * limits.MOST_SAMPLES:
            raise UnreadableError(
                _(
                    "{file} has more than {most:,} lines, the limit.",
                    file=name,
                    most=_LINES_A_ROW * limits.MOST_SAMPLES,
                )
            )
    if rest.strip():
        yield Block(start, [rest])


def _is_numbers(cells: list[str]) -> bool:
    if not cells or any(number(cell) is None for cell in cells):
        return False
    counted = [[str(i + start) for i in range(len(cells))] for start in (0, 1)]
    return len(cells) == 1 or cells not in counted


def _gap_remark(gaps: IntArray, column: str) -> str:
    if not gaps.size:
        return ""
    return ngettext(
        "{n} row has nothing in the column {column}, at sample {first:,}: a gap.",
        "{n} rows have nothing in the column {column}, the first at sample {first:,}: gaps.",
        gaps.size,
        column=cut(column),
        first=int(gaps[0]) + 1,
    )
