"""Problems in a file that should be a diary."""

from dataclasses import dataclass
from typing import Final

from twitchlib.messages import gettext as _

__all__ = ["DAY_FIRST", "Problem"]

DAY_FIRST: Final = "day_first"
"""The argument that settles which number of a date is the day."""


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
