"""The contents of cells: numbers and dates as people and spreadsheets write them.

If a date is ambiguous, the whole column decides; if that is ambiguous too, nothing is guessed.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Final

from twitchlib.diary.columns import Heading
from twitchlib.diary.problems import DAY_FIRST
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.typed import quoted, read_number

__all__ = [
    "decimal_mark",
    "is_day_first",
    "is_missing",
    "is_serial",
    "read_amount",
    "read_date",
    "serial_date",
]

_MISSING: Final = frozenset({"", "-", "–", "—", "?", "na", "n/a", "nan", "null"})
_LONGEST: Final = 40

# A number, perhaps with a unit.
_AMOUNT: Final = re.compile(r"(.*?\d[.,]?)\s*([^\d\s.,'’].*)?", re.ASCII)
# A number whose mark may be a thousands separator.
_UNCLEAR: Final = re.compile(r"\D?\d{1,3}([.,]\d{3})+", re.ASCII)

# Matched only from the first of several spaces: trying each of many would take forever.
_CLOCK: Final = re.compile(r"(?<![T ])[T ]+\d{1,2}:\d{2}.*")
_ISO: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})", re.ASCII)
_DAY_NAMED: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([a-z]{3,9})[\s.,-]*(\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
_MONTH_NAMED: Final = re.compile(
    r"([a-z]{3,9})[\s.-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
_WEEKDAY: Final = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+", re.IGNORECASE
)
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
# Spreadsheet day numbers count from this date, with the time of day as the fraction.
_DAY_0: Final = datetime.date(1899, 12, 30)
_SERIALS: Final = (datetime.date(1990, 1, 1), datetime.date(2049, 12, 31))
_BUDDHIST_YEARS: Final = 543
_YEARS: Final = range(1900, 2101)


def is_missing(text: str) -> bool:
    """Return whether a cell means that nothing was noted."""
    return text.casefold() in _MISSING


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark evident from a file's numbers: ``.``, ``,`` or empty if unclear."""
    seen = set()
    for cell in cells:
        match = _AMOUNT.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
        if match is None or _UNCLEAR.fullmatch(match[1]):
            continue
        marks = [c for c in match[1] if c in ".,"]
        if marks and marks.count(marks[-1]) == 1:
            seen.add(marks[-1])
    return seen.pop() if len(seen) == 1 else ""


def read_amount(text: str, heading: Heading, decimal: str) -> float:
    """Return the number in a cell, in its column's unit.

    Parameters
    ----------
    text : str
        The cell: a number as `twitchlib.typed.read_number` reads it, perhaps followed by a unit of
        the column.
    heading : Heading
        The heading above the cell; its unit applies if the cell has none.
    decimal : str
        The file's decimal mark, empty if unknown.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what would be right.
    """
    column = heading.column
    assert column is not None  # noqa: S101 - a heading without a column has no numbers
    refusal = ValueError(_("{cell} is not {allowed}", cell=quoted(text), allowed=column.allowed))
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise refusal
    number, unit = match[1], re.sub(r"[^a-z0-9]+", "_", (match[2] or "").casefold()).strip("_")
    if unit not in column.units:
        number, unit = text, heading.unit
    try:
        value = read_number(number, decimal) / column.units.get(unit, 1)
    except NotAllowedError:
        raise refusal from None
    if not column.accepts(value):
        raise refusal
    return value


def is_day_first(cells: Sequence[tuple[int, str]]) -> bool | None:
    """Return whether dates such as 3/4/2026 in a column have the day first.

    Parameters
    ----------
    cells : sequence of (int, str)
        Line and text of each date.

    Returns
    -------
    bool or None
        None if no date has that form. Dates with points always have the day first.

    Raises
    ------
    UnreadableError
        If no date has a number above 12 to show the order, or different dates show different
        orders.
    """
    shown: dict[bool, int] = {}
    example = ""
    for line, text in cells:
        match = _NUMERIC.fullmatch(_CLOCK.sub("", text))
        if match is None or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if first == second:
            continue
        example = example or text[:_LONGEST]
        if (first > 12) != (second > 12):
            shown.setdefault(first > 12, line)
    if not example:
        return None
    if not shown:
        raise _unclear(example, _("no date in the file has a number above 12."))
    if len(shown) == 2:
        why = _(
            "line {day_line} has the day first, line {month_line} the month.",
            day_line=shown[True],
            month_line=shown[False],
        )
        raise _unclear(example, why)
    return next(iter(shown))


def _unclear(example: str, why: str) -> UnreadableError:
    return UnreadableError(
        _(
            "It is not clear which number in “{example}” is the day and which the month: {why} "
            "Say which comes first, or write dates as 2026-03-31.",
            example=example,
            why=why,
        ),
        DAY_FIRST,
    )


def read_date(text: str, day_first: bool | None) -> datetime.date:
    """Return the date in a cell.

    Parameters
    ----------
    text : str
        ``2026-03-31``, ``31.3.2026``, ``31 March 2026``, ``March 31, 2026``, or numbers with
        slashes in the order of `day_first`; a time of day after the date is ignored.
    day_first : bool or None
        Order of dates with slashes or hyphens; None if the column has none.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what would be right.
    """
    bare = _WEEKDAY.sub("", _CLOCK.sub("", text.strip()), count=1)
    try:
        date = datetime.date(*_parts(bare, day_first))
    except ValueError:
        date = None
    if date is not None and date.year in _YEARS:
        return date
    if date is not None and date.year - _BUDDHIST_YEARS in _YEARS:
        raise ValueError(
            _(
                "{cell} has a year of the Buddhist calendar: write {here} for {year}",
                cell=quoted(text),
                year=date.year,
                here=date.year - _BUDDHIST_YEARS,
            )
        )
    if _SERIAL.fullmatch(bare):
        raise ValueError(
            _(
                "{cell} may be the day number of a spreadsheet: choose a date format for the "
                "column there, and save the file again",
                cell=quoted(text),
            )
        )
    raise ValueError(_("{cell} is not a date such as 2026-03-31", cell=quoted(text)))


def is_serial(cells: Iterable[str], longest: datetime.timedelta) -> bool:
    """Return whether a column holds dates as spreadsheet day numbers.

    Parameters
    ----------
    cells : iterable of str
        Every date of the file. A single number proves nothing; several count as dates if each is a
        day between 1990 and 2049 and all are close together.
    longest : timedelta
        The longest time from the first date to the last.
    """
    dates = set()
    for cell in cells:
        if is_missing(cell):
            continue
        try:
            dates.add(serial_date(cell))
        except ValueError:
            return False
    return len(dates) > 1 and max(dates) - min(dates) <= longest


def serial_date(text: str) -> datetime.date:
    """Return the date of a spreadsheet day number in a cell.

    Raises
    ------
    ValueError
        If it is not a day number between 1990 and 2049.

    Examples
    --------
    >>> str(serial_date("45321"))
    '2024-01-30'
    """
    match = _SERIAL.fullmatch(text.strip())
    date = _DAY_0 + datetime.timedelta(int(match[1])) if match else None
    if date is None or not _SERIALS[0] <= date <= _SERIALS[1]:
        raise ValueError(_("{cell} is not a date such as 2026-03-31", cell=quoted(text)))
    return date


def _parts(text: str, day_first: bool | None) -> tuple[int, int, int]:
    if match := _ISO.fullmatch(text):
        year, month, day = (match[1], match[3], match[4]) if match[1] else match.group(5, 6, 7)
        return int(year), int(month), int(day)
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        ordered = (second, first) if day_first or match[2] == "." else (first, second)
        return _year(match[4]), *ordered
    if match := _DAY_NAMED.fullmatch(text):
        return _year(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_NAMED.fullmatch(text):
        return _year(match[3]), _month(match[1]), int(match[2])
    raise ValueError


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _month(word: str) -> int:
    from babel import Locale  # most diaries write their months as numbers

    for number, name in Locale("en").months["format"]["wide"].items():
        if name.casefold().startswith(word.casefold()):
            return int(number)
    raise ValueError
