"""What a diary holds, and what was wrong with the file that it came from."""

import dataclasses
import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twitchlib.diary.columns import Column, Heading, columns
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "SYNTHETIC",
    "AmbiguousDatesError",
    "Diary",
    "DiaryError",
    "Entry",
    "Problem",
    "SetAside",
]

SYNTHETIC: Final = "synthetic: made up by a computer"  # untranslated: it is looked for in files
"""The note in each made-up row, so that it is known as such wherever the file goes."""


class DiaryError(ValueError):
    """A file that cannot be read as a diary; the message says why and what would help."""


class AmbiguousDatesError(DiaryError):
    """Dates that can be read two ways, with the day first or with the month first.

    Parameters
    ----------
    example : str
        One of them.
    why : str
        Why the file does not settle it.
    """

    def __init__(self, example: str, why: str) -> None:
        super().__init__(
            _(
                "It is not clear which number in “{example}” is the day and which the month: {why} "
                "Say which comes first, or write dates as 2026-03-31.",
                example=example,
                why=why,
            )
        )
        self.example = example


@dataclass(frozen=True)
class Entry:
    """One row of a diary.

    Attributes
    ----------
    date : datetime.date
        The day.
    twitches : int or None
        How many were noticed; None where nobody counted, which is not the same as none.
    body_part, notes : str
        Where, and anything else; empty where nothing was written.
    caffeine_mg, sleep_h, stress, exercise_h, water_l : float or None
        The habits of the day, as the table ``diary_columns`` describes them; None if not noted.

    Raises
    ------
    NotAllowedError
        If a number lies outside its column's range.
    """

    date: datetime.date
    twitches: int | None = None
    body_part: str = ""
    caffeine_mg: float | None = None
    sleep_h: float | None = None
    stress: float | None = None
    exercise_h: float | None = None
    water_l: float | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        """Check every number."""
        for name, column in columns().items():
            value = getattr(self, name)
            if value is not None and column.low is not None and not column.accepts(value):
                raise NotAllowedError(name, value, column.allowed)


@dataclass(frozen=True)
class Problem:
    """One thing in a file that could not be used.

    Attributes
    ----------
    line : int
        Line of the file, as an editor counts (the heading is line 1 in most files).
    heading : str
        The column's heading; empty where the whole row is meant.
    what : str
        What is wrong, and what would be right.
    whole_row : bool
        Whether the row was set aside; otherwise the cell alone counts as empty.
    """

    line: int
    heading: str
    what: str
    whole_row: bool

    def __str__(self) -> str:
        """Return place, problem and consequence in one or two sentences."""
        place = (
            _("Line {line}, {heading}", line=self.line, heading=self.heading)
            if self.heading
            else _("Line {line}", line=self.line)
        )
        if self.whole_row:
            return _("{place}: {what}. The row was set aside.", place=place, what=self.what)
        return _("{place}: {what}. The cell counts as empty.", place=place, what=self.what)


@dataclass(frozen=True)
class SetAside:
    """A row that could not be used, as it stands in the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Diary:
    """A diary: its entries in the order of their days, and how they were read.

    Attributes
    ----------
    entries : tuple of Entry
        What can be used.
    headings : tuple of Heading
        What each heading of the file was taken to mean.
    problems : tuple of Problem
        What could not be used, each with its line.
    set_aside : tuple of SetAside
        The rows that hold no entry, word for word, so that nothing is lost.
    remarks : tuple of str
        How the file was understood: its encoding, its separator, the order of its dates.
    """

    entries: tuple[Entry, ...] = ()
    headings: tuple[Heading, ...] = ()
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put the entries into the order of their days."""
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.date))
        object.__setattr__(self, "entries", ordered)

    @property
    def synthetic(self) -> bool:
        """Whether a computer made up some of it."""
        return any(entry.notes == SYNTHETIC for entry in self.entries)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per entry, with the columns of the table ``diary_columns``."""
        import pandas as pd  # the dashboards do without

        rows = [dataclasses.asdict(entry) for entry in self.entries]
        frame = pd.DataFrame(rows, columns=list(columns()))
        return frame.astype({name: _dtype(column) for name, column in columns().items()})


def _dtype(column: Column) -> str:
    return {"date": "datetime64[s]", "count": "Int64", "number": "Float64"}.get(column.kind, "str")
