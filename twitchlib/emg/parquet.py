"""Parquet, in which a few bytes may stand for billions of numbers: count its pages, then unpack.

The footer states the number of rows, and each page header the unpacked size of its page. Packages
trust both. Here both are read first (https://parquet.apache.org/docs/file-format/), so what is
unpacked is known to fit. Unpacking goes piece by piece and is abandoned if it takes too long. All
this happens in a separate process (`apart`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg import limits
from twitchlib.emg.columns import rate_hz, seconds_in, unit_of
from twitchlib.emg.formats import Deadline, Raw, checked_length, chosen, cut, labelled, optional
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["MAGIC", "check_end", "parquet"]

MAGIC = b"PAR1"

_ROWS_A_LOOK = 65_536
# The name pandas gives to its row index.
_INDEX = re.compile(r"__index_level_\d+__")


def parquet(data: bytes, name: str, channel: str) -> Raw:
    """Return a column of a Parquet file whose footer was checked.

    The file is refused if it unpacks to more than is allowed, or the column is not numeric.
    """
    pyarrow = optional("pyarrow", "Parquet")  # untranslated: a name
    package = optional("pyarrow.parquet", "Parquet")  # untranslated: a name
    file = package.ParquetFile(pyarrow.BufferReader(data), pre_buffer=False)
    about = file.metadata
    checked_length(about.num_rows, about.num_columns, name)
    names = [heading for heading in file.schema_arrow.names if not _INDEX.fullmatch(heading)]
    labels = labelled(names)
    timed = [label for label in labels if seconds_in(label)][:1]
    others = [label for label in labels if label not in timed]
    wanted = others[chosen(others, channel, name)]
    if wanted not in names:  # no Parquet reader distinguishes two columns with the same name
        raise UnreadableError(
            _("{file} has several columns with the same name. Give each its own.", file=name)
        )
    columns = [wanted, *timed]
    numbers = [getattr(pyarrow.types, f"is_{kind}") for kind in ("integer", "floating", "decimal")]
    for column in columns:
        _check(data, file, column, numbers, name)
    values, *times = _unpacked(pyarrow, file, columns, name)
    found_hz = rate_hz(seconds_in(timed[0]) * times[0], name) if timed else None
    return Raw(values, unit_of(wanted), found_hz)


def check_end(data: bytes, name: str) -> None:
    """Refuse a file that does not end like Parquet, which can be seen without any package."""
    footer = int.from_bytes(data[-8:-4], "little")
    if not data.endswith(MAGIC) or footer > len(data) - 12:
        raise _damaged(name)
    if footer > limits.LARGEST_FOOTER:
        raise _too_large(name, _("metadata"), footer, limits.LARGEST_FOOTER)


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(_("{file} is cut off or damaged: copy it again.", file=name))


def _too_large(name: str, what: str, size: int, most: int) -> UnreadableError:
    return UnreadableError(
        _(
            "The {what} of {file} has {size_mb:,.0f} MB unpacked, more than the limit of "
            "{most_mb:,.0f} MB.",
            file=name,
            what=what,
            size_mb=size / 1e6,
            most_mb=most / 1e6,
        )
    )


def _check(data: bytes, file: Any, column: str, numbers: Sequence[Any], name: str) -> None:
    """Refuse a column that is not numeric, or holds more numbers than its file states."""
    schema = file.metadata.schema
    places = [i for i in range(len(schema)) if schema.column(i).path == column]
    kind = file.schema_arrow.field(column).type
    # A column of lists stores its pages under another path.
    if len(places) != 1 or not any(is_number(kind) for is_number in numbers):
        raise UnreadableError(
            _(
                "Column {column} of {file} holds {kind}, but an EMG is numbers.",
                column=cut(column),
                file=name,
                kind=cut(str(kind)),
            )
        )
    unpacked = 0
    for group in range(file.metadata.num_row_groups):
        chunk = file.metadata.row_group(group).column(places[0])
        starts = [chunk.data_page_offset]
        if chunk.has_dictionary_page and chunk.dictionary_page_offset:
            starts.append(chunk.dictionary_page_offset)
        start = min(starts)
        for size in _pages(data[start : start + chunk.total_compressed_size], name):
            unpacked += size
            if unpacked > limits.MOST_UNPACKED_BYTES:
                what = _("column {column}", column=cut(column))
                raise _too_large(name, what, unpacked, limits.MOST_UNPACKED_BYTES)


def _pages(chunk: bytes, name: str) -> Iterator[int]:
    """Yield the unpacked size in bytes that each page of a column states."""
    at = 0
    while at < len(chunk):
        try:
            header = _Header(chunk, at)
        except IndexError:
            raise _damaged(name) from None
        packed, unpacked = header.numbers.get(3, -1), header.numbers.get(2, -1)
        if min(packed, unpacked) < 0:
            raise _damaged(name)
        yield unpacked
        at = header.end + packed


class _Header:
    """The header of a page, written in Thrift's compact protocol.

    Attributes
    ----------
    numbers : dict of int to int
        The integer fields, by id: 2 is the unpacked size in bytes, 3 the packed one.
    end : int
        Where the page itself begins.

    Raises
    ------
    IndexError
        If the bytes end too early, or are not a header.
    """

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.end = at
        self.numbers: dict[int, int] = {}
        self._struct(self.numbers, depth=0)

    def _byte(self) -> int:
        self.end += 1
        return self._data[self.end - 1]

    def _varint(self) -> int:
        value = shift = 0
        while shift < 70:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise IndexError

    def _struct(self, numbers: dict[int, int], depth: int) -> None:
        if depth > 8:
            raise IndexError
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._signed()
            kind = head & 15
            if kind in (4, 5, 6):
                numbers[field] = self._signed()
            else:
                self._skip(kind, depth)

    def _signed(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _skip(self, kind: int, depth: int) -> None:
        if kind in (1, 2):  # true and false take no bytes
            return
        if kind == 3:
            self.end += 1
        elif kind == 7:
            self.end += 8
        elif kind == 8:
            size = self._varint()  # on its own line, since it moves `end`
            self.end += size
        elif kind == 12:
            self._struct({}, depth + 1)
        else:  # page headers have no lists or maps
            raise IndexError


def _unpacked(pyarrow: Any, file: Any, columns: list[str], name: str) -> list[FloatArray]:
    deadline = Deadline(name)
    parts: list[list[FloatArray]] = [[] for _column in columns]
    for batch in file.iter_batches(_ROWS_A_LOOK, columns=columns, use_threads=False):
        deadline.check()
        for found, column in zip(parts, columns, strict=True):
            numbers = batch.column(column).cast(pyarrow.float64())
            found.append(numbers.to_numpy(zero_copy_only=False))
    return [np.concatenate([np.empty(0), *found]) for found in parts]
