"""The columns of a diary, from the table ``diary_columns``, and the headings that match them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.named import Named

__all__ = ["Column", "Heading", "columns", "habits", "match"]


@dataclass(frozen=True)
class Column:
    """One column of a diary.

    Attributes
    ----------
    id : str
        Its name with its unit, such as ``sleep_h``.
    label : str
        Its name for the reader.
    kind : str
        ``date``, ``count``, ``number`` or ``text``.
    unit : str
        Unit as shown to a reader; empty if there is none.
    low, high : float or None
        Inclusive range of a count or a number.
    names : tuple of str
        Other headings for the column.
    units : Mapping of str to float
        How many of each other unit make one of the column's unit.
    meaning : str
        What to write in the column.
    """

    id: str
    label: str
    kind: str
    unit: str
    low: float | None
    high: float | None
    names: tuple[str, ...]
    units: Mapping[str, float]
    meaning: str

    @property
    def allowed(self) -> str:
        """What a cell may hold, in words."""
        if self.kind == "date":
            return _("a date such as 2026-03-31")
        if self.low is None or self.high is None:
            return _("text")
        high = f"{self.high:g} {self.unit}".strip()
        if self.kind == "count":
            return _("a whole number from {low:g} to {high}", low=self.low, high=high)
        return _("a number from {low:g} to {high}", low=self.low, high=high)

    def accepts(self, value: float) -> bool:
        """Return whether a count or a number lies in the column's range."""
        if self.kind == "count" and value != int(value):
            return False
        return self.low is not None and self.high is not None and self.low <= value <= self.high


@dataclass(frozen=True)
class Heading:
    """A heading of a file, and how it was interpreted.

    Attributes
    ----------
    text : str
        The heading as written in the file.
    column : Column or None
        The matching column; None if it was ignored.
    unit : str
        The unit in the heading, as written there; empty if there is none.
    twice : bool
        True if an earlier heading means the same column, so this one was ignored.
    """

    text: str
    column: Column | None
    unit: str = ""
    twice: bool = False

    def __str__(self) -> str:
        """Return the interpretation in one sentence."""
        if self.column is None:
            return _("“{text}” is not a column of a diary and was ignored.", text=self.text)
        args = {"text": self.text, "column": self.column.id}
        if self.twice:
            return _(
                "“{text}” means {column}, as an earlier heading does, and was ignored.", **args
            )
        divided_by = self.column.units.get(self.unit, 1)
        if divided_by != 1:
            return _(
                "“{text}” is read as {column}: each number is divided by {divided_by:g}.",
                divided_by=divided_by,
                **args,
            )
        if self.column.unit and not self.unit:
            return _(
                "“{text}” is read as {column}, taken to be in {unit}.",
                unit=self.column.unit,
                **args,
            )
        return _("“{text}” is read as {column}.", **args)


@cache
def columns() -> Named[Column]:
    """Return the columns of a diary in order, by id.

    Examples
    --------
    >>> list(columns())[:4]
    ['date', 'twitches', 'body_part', 'caffeine_mg']
    """
    rows = guide.rows("diary_columns")
    return Named("column", {name: _column(row) for name, row in rows.items()})


@cache
def habits() -> tuple[Column, ...]:
    """Return the columns that hold a habit."""
    return tuple(column for column in columns().values() if column.kind == "number")


def match(text: str) -> Heading:
    """Return the column and the unit that a heading means.

    Case, spaces and punctuation do not matter. A heading is a column's id or another name for it,
    the latter optionally followed by a unit.

    Examples
    --------
    >>> print(match("Sleep (min)"))
    “Sleep (min)” is read as sleep_h: each number is divided by 60.
    >>> print(match("Mood"))
    “Mood” is not a column of a diary and was ignored.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    for column in columns().values():
        own_unit = next((unit for unit, per in column.units.items() if per == 1), "")
        if words == column.id:
            return Heading(text, column, own_unit)
        for name in column.names:
            unit = words.removeprefix(f"{name}_")
            if words == name or unit in column.units:
                return Heading(text, column, "" if words == name else unit)
        if column.id == words.removesuffix(f"_{own_unit}"):  # "stress", without "out of 10"
            return Heading(text, column, own_unit)
        unit = words.removeprefix(f"{column.id}_")
        if unit in column.units:
            return Heading(text, column, unit)
    return Heading(text, None)


def _column(row: guide.Row) -> Column:
    units = dict(pair.split("=") for pair in row["units"])
    return Column(
        id=row["id"],
        label=row["label"],
        kind=row["kind"],
        unit=row["unit"] or "",
        low=row["low"],
        high=row["high"],
        names=row["names"],
        units={unit: float(per) for unit, per in units.items()},
        meaning=row["meaning"],
    )
