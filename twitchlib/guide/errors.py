"""What is wrong with a table, in words that let a teacher fix it."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["GuideError", "Problem"]


@dataclass(frozen=True)
class Problem:
    """One problem in the tables.

    Attributes
    ----------
    file : str
        File name below ``data/``.
    line : int or None
        Line number in an editor or a spreadsheet (the header is line 1).
    column : str or None
        Column, if the problem is in one.
    what : str
        What is wrong, and what would be right.
    """

    file: str
    line: int | None
    column: str | None
    what: str

    def __str__(self) -> str:
        """Return the place and the problem in one line."""
        place = [f"data/{self.file}"]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f"column {self.column!r}")
        return f"{', '.join(place)}: {self.what}"


class GuideError(ValueError):
    """Raised when the tables cannot be used as they are.

    Parameters
    ----------
    problems : sequence of Problem
        All problems found, in the order of the files.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
