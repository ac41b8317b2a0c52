"""How long a lesson takes, as a whole and for its core alone, worked out from its notebook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.serving.outline import ASIDE, TEXT, arrange, heading

__all__ = [
    "CODE_MIN", "COMING_BACK", "OPENER_MIN", "QUESTION_MIN", "TRY_MIN", "WORDS_PER_MIN", "Minutes",
    "minutes", "more",
]  # fmt: skip

WORDS_PER_MIN: Final = 238
"""How fast adults read non-fiction silently: Brysbaert (2019), doi:10.1016/j.jml.2019.104047."""

# The course's own assumptions. Lesson 00 says so, and gives these numbers, below its map.
TRY_MIN: Final = 4.0
"""For whatever can be tried: a dashboard, a drawing, an exercise."""
OPENER_MIN: Final = 1.0
"""For what opens a lesson, before its first step: a drawing to play, one case to judge."""
QUESTION_MIN: Final = 0.5
"""For a question: to answer it, and to read why."""
COMING_BACK: Final = 5
"""The most questions from earlier lessons that can open a lesson."""
CODE_MIN: Final = 1.0
"""For a cell of code that is there to be read and run."""

_STEPS_OF_MIN: Final = 5  # finer steps would claim too much
_NOT_READ: Final = re.compile(r"\]\([^)]*\)|<[^>]+>|https?://\S+")  # addresses and markup
_WORD: Final = re.compile(r"[^\W_][\w'’.,-]*")
_REVIEW: Final = re.compile(r"^Review\(", re.MULTILINE)
_QUIZ: Final = re.compile(r"^Quiz\(\"(\w+)\"", re.MULTILINE)
_TEST: Final = re.compile(r"^BeforeAndAfter\(", re.MULTILINE)
_PREDICTION: Final = re.compile(r"^predict\(", re.MULTILINE)
_RECALL: Final = re.compile(r"^expectations\(", re.MULTILINE)


@dataclass(frozen=True)
class Minutes:
    """How long a lesson takes.

    Attributes
    ----------
    whole, core : int
        Minutes for all steps, and for those of the core, each rounded up to five.
    """

    whole: int
    core: int

    @property
    def sentence(self) -> str:
        """Both durations in words; only one if they are the same."""
        if self.core == self.whole:
            return _("About {whole} minutes.", whole=self.whole)
        return _("About {whole} minutes, or {core} for the core.", whole=self.whole, core=self.core)


def more(lesson: str) -> frozenset[str]:
    """Return the headings of a lesson that do not belong to its core.

    Parameters
    ----------
    lesson : str
        Name of the lesson; one from outside this course is all core.
    """
    rows = guide.rows("steps").values()
    return frozenset(r["step"] for r in rows if r["lesson"] == lesson and r["path"] == "more")


def minutes(notebook: Path) -> Minutes:
    """Return how long a lesson takes.

    Parameters
    ----------
    notebook : pathlib.Path
        The lesson's file.
    """
    return _minutes(notebook, notebook.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _minutes(notebook: Path, _changed_ns: int) -> Minutes:
    beyond = more(notebook.stem)
    each = list(_needed(nbformat.read(notebook, as_version=4).cells))
    return Minutes(
        _rounded(sum(needed for _step, needed in each)),
        _rounded(sum(needed for step, needed in each if step not in beyond)),
    )


def _rounded(needed: float) -> int:
    return _STEPS_OF_MIN * max(1, ceil(needed / _STEPS_OF_MIN))


def _needed(cells: list[NotebookNode]) -> Iterator[tuple[str, float]]:
    """Yield the step and the minutes of each piece of a notebook."""
    step = ""
    for cell in arrange(cells):
        step = heading(cell) or step
        if cell.cell_type == "markdown":
            words = _WORD.findall(_NOT_READ.sub("", cell.source))
            yield step, len(words) / WORDS_PER_MIN
        elif cell.cell_type == "code":
            yield step, _of_code(cell, TRY_MIN if step else OPENER_MIN)


def _of_code(cell: NotebookNode, tried: float) -> float:
    tags = set(cell.metadata.get("tags", ()))
    quiz = _QUIZ.search(cell.source)
    if _REVIEW.search(cell.source):
        return COMING_BACK * QUESTION_MIN
    if tags & {ASIDE, TEXT} or _RECALL.search(cell.source):  # seen in passing
        return 0
    if quiz or _TEST.search(cell.source):
        rows = guide.rows("questions").values()
        in_test = [row for row in rows if row["form"]]
        asked = [row for row in rows if quiz and row["lesson"] == quiz[1] and not row["form"]]
        return len(asked if quiz else in_test) * QUESTION_MIN
    if _PREDICTION.search(cell.source):
        return QUESTION_MIN
    if "show-code" in tags and "exercises.check(" not in cell.source:
        return CODE_MIN
    return tried
