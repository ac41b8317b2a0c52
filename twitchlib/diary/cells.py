"""What a cell says: numbers and dates in the forms that people and spreadsheets write.

Where a form can be read two ways, the whole column decides; where it does not, nothing is
guessed.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Final

from twitchlib.diary.columns import Column, Heading
from twitchlib.diary.entries import AmbiguousDatesError
from twitchlib.messages import gettext as _

__all__ = [
    "decimal_mark",
    "is_day_first",
    "is_missing",
    "is_serial",
    "quoted",
    "read_date",
    "read_number",
    "serial_date",
]

_MISSING: Final = frozenset({"", "-", "–", "—", "?", "na", "n/a", "nan", "null"})
_LONGEST_QUOTED: Final = 40

_GROUP_SPACE: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_NUMBER: Final = re.compile(r"([+-]?)([\d.,]*\d[\d.,]*)\s*(\D.*)?", re.ASCII | re.DOTALL)
_ONE_MARK: Final = re.compile(r"(\d*)([.,])(\d*)", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)

# Only from the first of several blanks on: tried from each of them, many would take forever.
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
# Day numbers of spreadsheets count from here, with the time of day behind the point.
_DAY_0: Final = datetime.date(1899, 12, 30)
_SERIALS: Final = (datetime.date(1990, 1, 1), datetime.date(2049, 12, 31))
_BUDDHIST_YEARS: Final = 543
_YEARS: Final = range(1900, 2101)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def quoted(text: str) -> str:
    """Return a cell in quotation marks, cut where it is long, to name it in a sentence."""
    short = text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"
    return _("“{text}”", text=short)


def is_missing(text: str) -> bool:
    """Return whether a cell says that nothing was noted."""
    return text.casefold() in _MISSING


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark that a file's numbers show: ``.`` or ``,``, empty if none does."""
    seen = set()
    for cell in cells:
        found = _NUMBER.fullmatch(_tidy(cell))
        if found is None or _GROUPED.fullmatch(found[2]):
            continue
        marks = [c for c in found[2] if c in ".,"]
        if marks and marks.count(marks[-1]) == 1:
            seen.add(marks[-1])
    return seen.pop() if len(seen) == 1 else ""


def read_number(text: str, heading: Heading, decimal: str) -> float:
    """Return the number in a cell, in its column's unit.

    Parameters
    ----------
    text : str
        The cell. A unit of the column may follow the number.
    heading : Heading
        The heading it stands under; its unit counts where the cell names none.
    decimal : str
        The file's decimal mark, empty where it is not known. Then ``1,500`` is refused, as it
        may be 1500 or 1.5.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what would be right.
    """
    column = heading.column
    assert column is not None  # noqa: S101 - a heading without a column has no numbers
    found = _NUMBER.fullmatch(_tidy(text))
    if found is None or len(text) > _LONGEST_QUOTED:
        raise _refusal(text, column)
    sign, digits, written = found.groups()
    unit = re.sub(r"[^a-z0-9]+", "_", (written or "").casefold()).strip("_")
    if unit and unit not in column.units:
        raise _refusal(text, column)
    value = float(sign + _plain(digits, decimal, text, column))
    value /= column.units.get(unit or heading.unit, 1)
    if not column.accepts(value):
        raise _refusal(text, column)
    return value


def _refusal(text: str, column: Column) -> ValueError:
    return ValueError(_("{cell} is not {allowed}", cell=quoted(text), allowed=column.allowed))


def _tidy(text: str) -> str:
    return _GROUP_SPACE.sub("", text.strip().replace("\N{MINUS SIGN}", "-"))


def _plain(digits: str, decimal: str, text: str, column: Column) -> str:
    """Return digits with a point as their decimal mark and nothing between thousands."""
    if digits.isdecimal():
        return digits
    if grouped := _GROUPED.fullmatch(digits):
        mark = grouped[1]
        several = digits.count(mark) > 1
        if several or (decimal and mark != decimal):
            return digits.replace(mark, "")
        if not decimal and not digits.startswith("0"):
            raise ValueError(
                _(
                    "{cell} can be read two ways: write {whole} or {part}",
                    cell=quoted(text),
                    whole=digits.replace(mark, ""),
                    part=f"{digits.replace(mark, '.')}0",
                )
            )
    if _ONE_MARK.fullmatch(digits):
        return digits.replace(",", ".")
    group, last = sorted(".,", key=digits.rindex) if {".", ","} <= set(digits) else ("", "")
    whole, _mark, part = digits.rpartition(last) if last else ("", "", "")
    if last and part.isdecimal() and (_GROUPED.fullmatch(whole) and last not in whole):
        return f"{whole.replace(group, '')}.{part}"
    raise _refusal(text, column)


def is_day_first(cells: Sequence[tuple[int, str]]) -> bool | None:
    """Say from a whole column whether dates such as 3/4/2026 have the day first.

    Parameters
    ----------
    cells : sequence of (int, str)
        Line and text of each date.

    Returns
    -------
    bool or None
        None where no date has that form. Dates with points always have the day first.

    Raises
    ------
    AmbiguousDatesError
        If no date has a number above 12 to show the order, or some show the one order and some
        the other.
    """
    shown: dict[bool, int] = {}
    example = ""
    for line, text in cells:
        found = _NUMERIC.fullmatch(_CLOCK.sub("", text))
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first == second:
            continue
        example = example or text[:_LONGEST_QUOTED]
        if (first > 12) != (second > 12):
            shown.setdefault(first > 12, line)
    if not example:
        return None
    if not shown:
        raise AmbiguousDatesError(example, _("no date in the file has a number above 12."))
    if len(shown) == 2:
        raise AmbiguousDatesError(
            example,
            _(
                "line {day_line} has the day first, line {month_line} the month.",
                day_line=shown[True],
                month_line=shown[False],
            ),
        )
    return next(iter(shown))


def read_date(text: str, day_first: bool | None) -> datetime.date:
    """Return the date in a cell.

    Parameters
    ----------
    text : str
        ``2026-03-31``, ``31.3.2026``, ``31 March 2026``, ``March 31, 2026``, or numbers with
        slashes in the order of `day_first`; a time of day behind it does not matter.
    day_first : bool or None
        Order of dates with slashes or hyphens; None where the column has none.

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
                "{cell} has a year of the Buddhist calendar: {year} is written {here} here",
                cell=quoted(text),
                year=date.year,
                here=date.year - _BUDDHIST_YEARS,
            )
        )
    if _SERIAL.fullmatch(bare):
        raise ValueError(
            _(
                "{cell} may be the day number of a spreadsheet: choose a format of dates for the "
                "column there, and save it again",
                cell=quoted(text),
            )
        )
    raise ValueError(_("{cell} is not a date such as 2026-03-31", cell=quoted(text)))


def is_serial(cells: Iterable[str], longest: datetime.timedelta) -> bool:
    """Return whether a whole column holds dates as the day numbers of a spreadsheet.

    Parameters
    ----------
    cells : iterable of str
        Every date of the file. One number alone shows nothing; several do, if each is a day between
        1990 and 2049 and all lie close together.
    longest : timedelta
        How far apart the first and the last may be.
    """
    found = set()
    for cell in cells:
        if is_missing(cell):
            continue
        try:
            found.add(serial_date(cell))
        except ValueError:
            return False
    return len(found) > 1 and max(found) - min(found) <= longest


def serial_date(text: str) -> datetime.date:
    """Return the date whose day number in a spreadsheet a cell holds.

    Raises
    ------
    ValueError
        If it holds no number of a day between 1990 and 2049.

    Examples
    --------
    >>> str(serial_date("45321"))
    '2024-01-30'
    """
    found = _SERIAL.fullmatch(text.strip())
    date = _DAY_0 + datetime.timedelta(int(found[1])) if found else None
    if date is None or not _SERIALS[0] <= date <= _SERIALS[1]:
        raise ValueError(_("{cell} is not a date such as 2026-03-31", cell=quoted(text)))
    return date


def _parts(text: str, day_first: bool | None) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        year, month, day = (found[1], found[3], found[4]) if found[1] else found.group(5, 6, 7)
        return int(year), int(month), int(day)
    if found := _NUMERIC.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        ordered = (second, first) if day_first or found[2] == "." else (first, second)
        return _year(found[4]), *ordered
    if found := _DAY_NAMED.fullmatch(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _MONTH_NAMED.fullmatch(text):
        return _year(found[3]), _month(found[1]), int(found[2])
    raise ValueError


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _month(word: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word.casefold()) or (number == 9 and word.casefold() == "sept"):
            return number
    raise ValueError
