"""From a file to a diary: every row is checked, good rows are kept, bad ones are reported."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Final

from twitchlib.diary.cells import decimal_mark, is_day_first, is_serial
from twitchlib.diary.columns import Heading, columns, match
from twitchlib.diary.entries import Diary
from twitchlib.diary.files import Record, decode, records
from twitchlib.diary.limits import LONGEST_HEADING, MOST_BYTES, MOST_COLUMNS, MOST_LINES
from twitchlib.diary.rows import FURTHEST, Rows
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.typed import quoted

__all__ = ["parse", "read", "write"]

_SEPARATORS: Final = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
_MISSING: Final = {
    "date": _("There is no column for the date."),
    "twitches": _("There is no column for the twitches."),
}
# How many rows are reported if none can be used.
_MOST_NAMED: Final = 3


def read(path: str | PathLike[str], *, day_first: bool | None = None) -> Diary:
    """Read a diary from a CSV file, as `parse` reads its contents.

    Parameters
    ----------
    path : path
        The file.
    day_first : bool, optional
        Whether 3/4/2026 is the third of April, for a file in which that is unclear.

    Raises
    ------
    UnreadableError
        As for `parse`.
    OSError
        If there is no such file.

    Examples
    --------
    >>> from twitchlib import diary
    >>> diary.read("my_diary.csv").summary().total  # doctest: +SKIP
    412
    """
    with Path(path).open("rb") as file:
        return parse(file.read(MOST_BYTES + 1), day_first=day_first)


def parse(data: bytes, *, day_first: bool | None = None) -> Diary:
    r"""Return the diary in the contents of a CSV file.

    The columns, their units and alternative names are those of the table ``diary_columns``;
    ``date`` and ``twitches`` are required. Encoding, separator, decimal mark and the order of day
    and month are inferred from the file and reported in `Diary.remarks`. A row without a usable
    date or count is set aside; any other unusable cell counts as empty. `Diary.problems` lists
    each of them.

    Parameters
    ----------
    data : bytes
        The contents of the file.
    day_first : bool, optional
        Whether 3/4/2026 is the third of April, for a file in which that is unclear.

    Raises
    ------
    UnreadableError
        If the file is not a table, is too large, lacks a required column, or has no usable row. Its
        `field` is ``"day_first"`` if that argument is needed.

    Examples
    --------
    >>> diary = parse(b"Day;Twitches;Sleep (min)\n31.3.2026;4;450\n1.4.2026;many;420\n")
    >>> diary.entries[0].sleep_h
    7.5
    >>> print(diary.problems[0])
    Line 3, Twitches: “many” is not a whole number from 0 to 10000. The row was set aside.
    """
    text, encoding = decode(data)
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise UnreadableError(
            _("The file has more than {most:,} lines, the limit.", most=MOST_LINES)
        )
    text, separator = _separator(text)
    rows = list(records(text, separator))
    if not rows:
        raise UnreadableError(_("The file has nothing but empty cells."))
    header, *rows = rows
    if header.problem:
        raise UnreadableError(
            _(
                "The first row, which must hold the headings, cannot be read: {what}.",
                what=header.problem,
            )
        )
    headings = _headings(header)
    placed = {h.column.id: i for i, h in enumerate(headings) if h.column and not h.twice}
    for needed, missing in _MISSING.items():
        if needed not in placed:
            raise UnreadableError(
                _(
                    "{missing} The first row must hold headings, one of them “{needed}”; it holds "
                    "{found}.",
                    missing=missing,
                    needed=needed,
                    found=", ".join(quoted(h.text) for h in headings[:12] if h.text),
                )
            )
    lines = Rows(headings, placed)
    own_format = separator == "," and all(h.text in columns() for h in headings)
    lines.decimal = (
        "."
        if own_format
        else decimal_mark(
            record.cells[i]
            for name, i in placed.items()
            if columns()[name].kind in ("count", "number")
            for record in rows
            if i < len(record.cells) and not record.problem
        )
    )
    dates = [
        (record.line, record.cells[placed["date"]])
        for record in rows
        if placed["date"] < len(record.cells) and not record.problem
    ]
    lines.serial = is_serial((text for _line, text in dates), 2 * FURTHEST)
    lines.day_first = is_day_first(dates) if day_first is None else day_first
    for record in rows:
        lines.take(record)
    if not lines.entries:
        raise UnreadableError(_none_usable(lines))
    lines.drop_far_dates()
    lines.settle_habits()
    return Diary(
        entries=tuple(entry for _, entry in lines.entries),
        problems=tuple(sorted(lines.problems, key=lambda problem: problem.line)),
        left_aside=tuple(heading.text for heading in headings if heading.column is None),
        remarks=(
            *(str(heading) for heading in headings if heading.text),
            *_remarks(encoding, separator, lines),
        ),
    )


def _separator(text: str) -> tuple[str, str]:
    """Return the text from its headings on, and the separator that makes most of them known."""
    text = text.lstrip("\ufeff\r\n \t")
    first, _end, rest = text.partition("\n")
    if first.strip().casefold() in {f"sep={mark}" for mark in _SEPARATORS}:  # left by Excel
        return rest, first.strip()[4:] or "\t"
    for mark in _SEPARATORS:
        if first.count(mark) >= MOST_COLUMNS:
            raise UnreadableError(_("The file has more than {most} columns.", most=MOST_COLUMNS))

    def known(mark: str) -> int:
        header = next(records(text, mark), Record(1, ()))
        return sum(match(cell).column is not None for cell in header.cells)

    return text, max(_SEPARATORS, key=known)


def _headings(header: Record) -> tuple[Heading, ...]:
    if max(map(len, header.cells)) > LONGEST_HEADING:
        raise UnreadableError(
            _(
                "A heading has more than {most} characters. Give it a word or two.",
                most=LONGEST_HEADING,
            )
        )
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


def _none_usable(lines: Rows) -> str:
    problems = [problem for problem in lines.problems if problem.row]
    if not problems:
        return _("It has headings, but no rows below them.")
    sentences = [
        ngettext(
            "It has {n} row, which cannot be used.",
            "It has {n} rows, and none of them can be used.",
            len(problems),
        ),
        *map(str, problems[:_MOST_NAMED]),
    ]
    if len(problems) > _MOST_NAMED:
        sentences.append(_("And {n} more.", n=len(problems) - _MOST_NAMED))
    return " ".join(sentences)


def _remarks(encoding: str, separator: str, lines: Rows) -> Iterator[str]:
    yield _(
        "Read as {encoding}, with {separators} between the cells.",
        encoding=encoding,
        separators=_SEPARATORS[separator],
    )
    if encoding == "Windows-1252":
        yield _("If letters with accents look wrong, save the file as “CSV UTF-8”.")
    if lines.decimal == ",":
        yield _("Numbers have a decimal comma.")
    if lines.serial:
        record, entry = lines.entries[0]
        yield _(
            "The dates are the day numbers of a spreadsheet: {number} is {date}.",
            number=record.cells[lines.placed["date"]],
            date=entry.date,
        )
    if lines.day_first:
        yield _("In dates with slashes or hyphens the day comes first.")
    elif lines.day_first is not None:
        yield _("In dates with slashes or hyphens the month comes first.")


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
    # Without a byte order mark Excel misreads accents.
    Path(path).write_text(diary.to_csv(), encoding="utf-8-sig", newline="")
