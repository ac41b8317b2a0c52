"""Errors for a file that should be a diary."""

from dataclasses import dataclass
from typing import Any, Final

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["DAY_FIRST", "DiaryError", "Problem"]

DAY_FIRST: Final = "day_first"
"""The field of an error that the reader can resolve by saying which number is the day."""


class DiaryError(NotAllowedError):
    """Raised for a file that cannot be read as a diary.

    Parameters
    ----------
    message : str
        A sentence that says why, and what would help.
    field : str
        ``"day_first"`` if that argument is needed because dates are ambiguous; otherwise
        ``"file"``.
    value : object
        The ambiguous date.
    allowed : str
        What would have been accepted.
    """

    def __init__(
        self,
        message: str,
        field: str = "file",
        value: object = None,
        allowed: str = _("a CSV file with a date and a number of twitches in each row"),
    ) -> None:
        super().__init__(field, value, allowed)
        self.message = message

    def __str__(self) -> str:
        """Return the sentence."""
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling."""
        return type(self), (self.message, self.field, self.value, self.allowed)


@dataclass(frozen=True)
class Problem:
    """Something in a file that could not be used.

    Attributes
    ----------
    line : int
        Line number in the file (the heading is line 1 in most files).
    heading : str
        The column's heading; empty if the problem concerns the whole row.
    what : str
        What is wrong, and what would be right.
    row : tuple of str
        The cells of the row, word for word, if it was set aside; empty if only the cell was
        ignored.
    """

    line: int
    heading: str
    what: str
    row: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return location, problem and consequence in one or two sentences."""
        place = (
            _("Line {line}, {heading}", line=self.line, heading=self.heading)
            if self.heading
            else _("Line {line}", line=self.line)
        )
        if self.row:
            return _("{place}: {what}. The row was set aside.", place=place, what=self.what)
        return _("{place}: {what}. The cell counts as empty.", place=place, what=self.what)
