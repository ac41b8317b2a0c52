"""What is wrong with a file that was to be a diary."""

from dataclasses import dataclass
from typing import Any, Final

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["DAY_FIRST", "DiaryError", "Problem"]

DAY_FIRST: Final = "day_first"
"""The field of an error that the reader can settle by saying which number is the day."""


class DiaryError(NotAllowedError):
    """A file that cannot be read as a diary.

    Parameters
    ----------
    message : str
        A sentence that says why, and what would help.
    field : str
        ``"day_first"`` where that argument is needed, since dates can be read two ways; otherwise
        ``"file"``.
    value : object
        The date that can be read two ways.
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
        """Return what makes the error anew."""
        return type(self), (self.message, self.field, self.value, self.allowed)


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
    row : tuple of str
        The cells of the row, word for word, where it was set aside; empty where the cell alone
        counts as empty.
    """

    line: int
    heading: str
    what: str
    row: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return place, problem and consequence in one or two sentences."""
        place = (
            _("Line {line}, {heading}", line=self.line, heading=self.heading)
            if self.heading
            else _("Line {line}", line=self.line)
        )
        if self.row:
            return _("{place}: {what}. The row was set aside.", place=place, what=self.what)
        return _("{place}: {what}. The cell counts as empty.", place=place, what=self.what)
