"""The rows of a diary's file while it is read: each becomes an entry or is set aside."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Final

from twitchlib.diary.cells import is_missing, read_amount, read_date, serial_date
from twitchlib.diary.columns import Heading, columns, habits
from twitchlib.diary.entries import Entry
from twitchlib.diary.files import Record
from twitchlib.diary.limits import LONGEST_CELL, LONGEST_NOTE
from twitchlib.diary.problems import Problem
from twitchlib.messages import gettext as _

__all__ = ["FURTHEST", "Rows"]

FURTHEST: Final = datetime.timedelta(days=1830)
"""A date further than this from the middle of a diary is taken for a slip."""


class Rows:
    """The rows of one file while it is read."""

    def __init__(self, headings: Sequence[Heading], placed: Mapping[str, int]) -> None:
        self.headings = headings
        self.placed = placed
        self.decimal = ""
        self.day_first: bool | None = None
        self.serial = False
        self.entries: list[tuple[Record, Entry]] = []
        self.problems: list[Problem] = []

    def take(self, record: Record) -> None:
        """Turn a row into an entry, or set it aside."""
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
        most = LONGEST_NOTE if kind == "text" else LONGEST_CELL
        if len(text) > most:
            raise ValueError(
                _(
                    "it has {n:,} characters, more than the limit of {most:,}",
                    n=len(text),
                    most=most,
                )
            )
        if kind == "text":
            return text
        if kind == "date":
            if is_missing(text):
                raise ValueError(_("the date is missing"))
            if self.serial:
                return serial_date(text)
            return read_date(text, self.day_first)
        if is_missing(text):
            return None
        number = read_amount(text, heading, self.decimal)
        return int(number) if kind == "count" else number

    def drop_far_dates(self) -> None:
        """Set aside rows whose date lies years from the rest of the diary."""
        days = sorted(entry.date for _, entry in self.entries)
        middle = days[len(days) // 2]
        near = []
        for record, entry in self.entries:
            if abs(entry.date - middle) <= FURTHEST:
                near.append((record, entry))
                continue
            heading = self.headings[self.placed["date"]].text
            what = _("{date} is years away from the rest of the diary", date=entry.date)
            self._drop(record, heading, what)
        self.entries = near

    def settle_habits(self) -> None:
        """Keep one value of a habit per day: the first, if the rows of a day differ."""
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
        self.problems.append(Problem(record.line, heading, what))

    def _drop(self, record: Record, heading: str, what: str) -> None:
        self.problems.append(Problem(record.line, heading, what, record.cells))
