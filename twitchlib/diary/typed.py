"""One day as typed by a reader."""

from collections.abc import Mapping
from typing import Any, Final

from twitchlib.diary.cells import is_missing, read_amount, read_date
from twitchlib.diary.columns import Heading, columns
from twitchlib.diary.entries import Entry
from twitchlib.messages import gettext as _

__all__ = ["TypedDayError", "read_day"]

_LONGEST_TEXT: Final = 1000


class TypedDayError(ValueError):
    """Raised for a day that cannot be accepted as typed.

    Parameters
    ----------
    problems : Mapping of str to str
        What is wrong, by column.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {what}" for name, what in problems.items()))
        self.problems = dict(problems)


def read_day(typed: Mapping[str, str]) -> Entry:
    """Return the entry in typed text.

    Parameters
    ----------
    typed : Mapping of str to str
        Text by column id of the table ``diary_columns``; empty if not noted.

    Raises
    ------
    TypedDayError
        If anything cannot be used; the error lists all of it, by column.

    Examples
    --------
    >>> read_day({"date": "2026-03-31", "twitches": "3", "sleep_h": "7,5"}).sleep_h
    7.5
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, column in columns().items():
        text = typed.get(name, "").strip()
        try:
            if column.kind == "date":
                values[name] = read_date(text, day_first=None)
            elif column.kind == "text":
                values[name] = text[:_LONGEST_TEXT]
            elif not is_missing(text):
                number = read_amount(text, Heading(column.label, column), decimal="")
                values[name] = int(number) if column.kind == "count" else number
        except ValueError as error:
            problems[name] = f"{error}." if text else _("Give {allowed}.", allowed=column.allowed)
    if problems:
        raise TypedDayError(problems)
    return Entry(**values)
