"""The lessons in a folder of notebooks: their order, their titles, their neighbours."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from twitchlib.messages import gettext as _

__all__ = ["Lesson", "find_lessons", "neighbours"]

_HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_EMPHASIS = re.compile(r"[*_`]")


@dataclass(frozen=True)
class Lesson:
    """One notebook of the course.

    Attributes
    ----------
    file : str
        Name of the notebook file, which is also the end of its address.
    title : str
        First heading of the notebook, as plain text.
    """

    file: str
    title: str


@lru_cache(maxsize=256)
def _title(notebook: Path, changed_ns: int) -> str:  # noqa: ARG001 - a changed file is read again
    cells = json.loads(notebook.read_text(encoding="utf-8")).get("cells", [])
    for cell in cells:
        if cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            heading = _HEADING.search(source if isinstance(source, str) else "".join(source))
            if heading:
                return _EMPHASIS.sub("", heading[1])
    return notebook.stem.lstrip("0123456789_").replace("_", " ").capitalize() or notebook.stem


def find_lessons(folder: Path) -> tuple[Lesson, ...]:
    """Return the lessons of a folder, in the order of their file names.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of notebooks. Notebooks in subfolders are not lessons.

    Raises
    ------
    NotADirectoryError
        If there is no such folder.
    ValueError
        If a notebook cannot be read.
    """
    if not folder.is_dir():
        raise NotADirectoryError(_("no folder of notebooks at {path}", path=folder))
    lessons = []
    for notebook in sorted(folder.glob("*.ipynb")):
        try:
            lessons.append(Lesson(notebook.name, _title(notebook, notebook.stat().st_mtime_ns)))
        except (ValueError, AttributeError) as error:
            problem = _("{path} is not a notebook: {reason}", path=notebook, reason=error)
            raise ValueError(problem) from error
    return tuple(lessons)


def neighbours(lessons: tuple[Lesson, ...], file: str) -> tuple[Lesson | None, Lesson | None]:
    """Return the lessons before and after the one in `file`, either of which may be None.

    Raises
    ------
    KeyError
        If `file` is not one of the lessons.
    """
    files = [lesson.file for lesson in lessons]
    if file not in files:
        raise KeyError(file)
    here = files.index(file)
    before = lessons[here - 1] if here else None
    after = lessons[here + 1] if here + 1 < len(lessons) else None
    return before, after
