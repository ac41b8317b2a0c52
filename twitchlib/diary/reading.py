"""A file → a diary: every row is looked at, good rows are kept, bad ones are named."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final

import numpy as np

from twitchlib.diary.cells import decimal_mark, is_day_first, is_missing, read_date, read_number
from twitchlib.diary.columns import Heading, columns, habits, match
from twitchlib.diary.entries import Diary, DiaryError, Entry, Problem, SetAside
from twitchlib.diary.files import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LINES,
    Record,
    decode,
    records,
    table_text,
)
from twitchlib.messages import gettext as _

__all__ = ["read", "to_csv", "write"]

_SEPARATORS: Final = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
_MISSING: Final = {
    "date": _("There is no column for the date."),
    "twitches": _("There is no column for the twitches."),
}
# Further from the middle of a diary than this, a date is a slip of the pen.
_FURTHEST: Final = datetime.timedelta(days=1830)


def read(source: str | PathLike[str] | bytes, *, day_first: bool | None = None) -> Diary:
    r"""Read a diary from a CSV file.

    The columns, their units and the other names under which they are known are those of the
    table ``diary_columns``; ``date`` and ``twitches`` must be there. Encoding, separator, decimal
    mark and the order of day and month are found out from the file, and `Diary.remarks` tells
    them. A row without a usable date or count is set aside, another cell that cannot be used
    counts as empty; `Diary.problems` names each.

    Parameters
    ----------
    source : path or bytes
        A file, or what is in one.
    day_first : bool, optional
        Whether 3/4/2026 is the third of April, for a file that does not show it.

    Raises
    ------
    DiaryError
        If the file is no table, too large, or lacks a column that must be there.
    AmbiguousDatesError
        If `day_first` is needed.
    OSError
        If there is no such file.

    Examples
    --------
    >>> diary = read(b"Day;Twitches;Sleep (min)\n31.3.2026;4;450\n1.4.2026;many;420\n")
    >>> diary.entries[0].sleep_h
    7.5
    >>> print(diary.problems[0])
    Line 3, Twitches: “many” is not a whole number from 0 to 10000. The row was set aside.
    """
    text, encoding = decode(source if isinstance(source, bytes) else _bytes(Path(source)))
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise DiaryError(
            _("The file has more than {most:,} lines, the most that are read.", most=MOST_LINES)
        )
    text, separator = _separator(text)
    rows = list(records(text, separator))
    if not rows:
        raise DiaryError(_("The file holds no words and no numbers, only empty cells."))
    header, *rows = rows
    headings = _headings(header)
    placed = {h.column.id: i for i, h in enumerate(headings) if h.column and not h.twice}
    for needed, missing in _MISSING.items():
        if needed not in placed:
            raise DiaryError(
                _(
                    "{missing} The first row must hold headings, one of them “{needed}”; it holds "
                    "{found}.",
                    missing=missing,
                    needed=needed,
                    found=", ".join(
                        _("“{text}”", text=h.text[:40]) for h in headings[:12] if h.text
                    ),
                )
            )
    lines = _Lines(headings, placed)
    own_format = separator == "," and all(h.text in columns() for h in headings)
    lines.decimal = (
        "."
        if own_format
        else decimal_mark(
            record.cells[i]
            for name, i in placed.items()
            if columns()[name].kind in ("count", "number")
            for record in rows
            if i < len(record.cells)
        )
    )
    dates = [(r.line, r.cells[placed["date"]]) for r in rows if placed["date"] < len(r.cells)]
    lines.day_first = is_day_first(dates) if day_first is None else day_first
    for record in rows:
        lines.take(record)
    lines.drop_far_dates()
    lines.settle_habits()
    return Diary(
        entries=tuple(entry for _, entry in lines.entries),
        headings=headings,
        problems=tuple(sorted(lines.problems, key=lambda problem: problem.line)),
        set_aside=tuple(sorted(lines.set_aside, key=lambda row: row.line)),
        remarks=tuple(_remarks(encoding, separator, lines)),
    )


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _separator(text: str) -> tuple[str, str]:
    """Return the text from its headings on, and the separator that makes most sense of them."""
    text = text.lstrip("\ufeff\r\n \t")
    first, _end, rest = text.partition("\n")
    if first.strip().casefold() in {f"sep={mark}" for mark in _SEPARATORS}:  # left by Excel
        return rest, first.strip()[4:] or "\t"
    for mark in _SEPARATORS:
        if first.count(mark) >= MOST_COLUMNS:
            raise DiaryError(_("The file has more than {most} columns.", most=MOST_COLUMNS))

    def known(mark: str) -> int:
        header = next(records(text, mark), Record(1, ()))
        return sum(match(cell).column is not None for cell in header.cells)

    return text, max(_SEPARATORS, key=known)


def _headings(header: Record) -> tuple[Heading, ...]:
    if len(header.cells) > MOST_COLUMNS:
        raise DiaryError(_("The file has more than {most} columns.", most=MOST_COLUMNS))
    found: list[Heading] = []
    seen: set[str] = set()
    for text in header.cells:
        heading = match(text)
        if heading.column and heading.column.id in seen:
            heading = Heading(text, heading.column, heading.unit, twice=True)
        elif heading.column:
            seen.add(heading.column.id)
        found.append(heading)
    return tuple(found)


class _Lines:
    """The rows of one file while they are read."""

    def __init__(self, headings: Sequence[Heading], placed: Mapping[str, int]) -> None:
        self.headings = headings
        self.placed = placed
        self.decimal = ""
        self.day_first: bool | None = None
        self.entries: list[tuple[Record, Entry]] = []
        self.problems: list[Problem] = []
        self.set_aside: list[SetAside] = []

    def take(self, record: Record) -> None:
        """Make an entry of a row, or set it aside."""
        if record.problem:
            return self._drop(record, "", record.problem)
        if any(record.cells[len(self.headings) :]):
            what = _(
                "it has {cells} cells where there are {headings} headings (a text with a separator "
                "needs quotation marks)",
                cells=len(record.cells),
                headings=len(self.headings),
            )
            return self._drop(record, "", what)
        values: dict[str, Any] = {}
        for name, i in self.placed.items():
            text = record.cells[i] if i < len(record.cells) else ""
            try:
                values[name] = self._value(name, text)
            except ValueError as error:
                if name in ("date", "twitches"):
                    return self._drop(record, self.headings[i].text, str(error))
                self._note(record, self.headings[i].text, str(error))
        self.entries.append((record, Entry(**values)))
        return None

    def _value(self, name: str, text: str) -> Any:
        heading = self.headings[self.placed[name]]
        kind = columns()[name].kind
        if kind == "text":
            return text
        if kind == "date":
            if is_missing(text):
                raise ValueError(_("the date is missing"))
            return read_date(text, self.day_first)
        if is_missing(text):
            return None
        number = read_number(text, heading, self.decimal)
        return int(number) if kind == "count" else number

    def drop_far_dates(self) -> None:
        """Set aside rows whose date lies years from all others."""
        if not self.entries:
            return
        days = sorted(entry.date for _, entry in self.entries)
        middle = days[len(days) // 2]
        near = []
        for record, entry in self.entries:
            if abs(entry.date - middle) <= _FURTHEST:
                near.append((record, entry))
                continue
            heading = self.headings[self.placed["date"]].text
            what = _("{date} is years away from the rest of the diary", date=entry.date)
            self._drop(record, heading, what)
        self.entries = near

    def settle_habits(self) -> None:
        """Keep one value of a habit a day: the first, where the rows of a day differ."""
        first: dict[tuple[datetime.date, str], tuple[int, float]] = {}
        settled = []
        for record, entry in self.entries:
            cleared: dict[str, Any] = {}
            for habit in habits():
                value = getattr(entry, habit.id)
                if value is None:
                    continue
                line, known = first.setdefault((entry.date, habit.id), (record.line, value))
                if known != value:
                    cleared[habit.id] = None
                    what = _(
                        "it is {value:g} here and {known:g} for the same day in line {line}",
                        value=value,
                        known=known,
                        line=line,
                    )
                    self._note(record, self.headings[self.placed[habit.id]].text, what)
            settled.append((record, dataclasses.replace(entry, **cleared)))
        self.entries = settled

    def _note(self, record: Record, heading: str, what: str) -> None:
        self.problems.append(Problem(record.line, heading, what, whole_row=False))

    def _drop(self, record: Record, heading: str, what: str) -> None:
        self.problems.append(Problem(record.line, heading, what, whole_row=True))
        self.set_aside.append(SetAside(record.line, record.cells))


def _remarks(encoding: str, separator: str, lines: _Lines) -> Iterator[str]:
    yield _(
        "Read as {encoding}, with {separators} between the cells.",
        encoding=encoding,
        separators=_SEPARATORS[separator],
    )
    if encoding == "Windows-1252":
        yield _("If letters with accents look wrong, save the file as “CSV UTF-8”.")
    if lines.decimal == ",":
        yield _("Numbers have a decimal comma.")
    if lines.day_first:
        yield _("In dates with slashes or hyphens the day comes first.")
    elif lines.day_first is not None:
        yield _("In dates with slashes or hyphens the month comes first.")


def to_csv(diary: Diary) -> str:
    """Return a diary as CSV, with the course's own headings and units.

    `read` brings the same entries back. A text that a spreadsheet would run as a formula gets an
    apostrophe before it.

    Examples
    --------
    >>> from twitchlib import diary
    >>> to_csv(diary.simulate(seed=1, n_days=7)).splitlines()[0]
    'date,twitches,body_part,caffeine_mg,sleep_h,stress,exercise_h,water_l,notes'
    """
    rows = ([_written(getattr(entry, name)) for name in columns()] for entry in diary.entries)
    return table_text(list(columns()), rows)


def write(diary: Diary, path: str | PathLike[str]) -> None:
    """Write a diary to a CSV file that spreadsheets open; an existing file is replaced.

    Raises
    ------
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import os
    >>> from twitchlib import diary
    >>> write(diary.simulate(seed=1, n_days=7), os.devnull)
    """
    # With a byte order mark, or Excel takes accents for something else.
    Path(path).write_text(to_csv(diary), encoding="utf-8-sig", newline="")


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)
