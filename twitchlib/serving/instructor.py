"""What an instructor needs in class: the steps of each lesson, links to them, QR codes, notes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.serving import duration
from twitchlib.serving.course import Course
from twitchlib.serving.lessons import Lesson
from twitchlib.snapshot.qr import qr_svg

__all__ = [
    "LONGEST_STATE",
    "Link",
    "Step",
    "address",
    "anchor",
    "link",
    "notes",
    "plans",
    "steps",
]

# A longer address makes a pattern too fine for a phone's camera, and is slow to encode.
LONGEST_STATE: Final = 2000
_LONGEST_STEP: Final = 200

_HEADING: Final = re.compile(r"^##\s+(.+?)\s*#*\s*$", re.MULTILINE)
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Step:
    """A part of a lesson under its own heading.

    Attributes
    ----------
    heading : str
        As written in the notebook.
    anchor : str
        Its name in an address.
    core : bool
        Whether it belongs to the core of its lesson.
    """

    heading: str
    anchor: str
    core: bool


@dataclass(frozen=True)
class Link:
    """An address that opens a lesson where an instructor wants it.

    Attributes
    ----------
    address : str
        The whole address.
    to : str
        Lesson and step, as requested.
    state : str
        The query string, without `present`.
    present : bool
        Whether it opens for presenting.
    local : bool
        Whether only the computer that serves the course can open it.
    """

    address: str
    to: str
    state: str
    present: bool
    local: bool

    @property
    def qr(self) -> str:
        """The address as a QR code in SVG; empty if it is too long for a camera to read."""
        return qr_svg(self.address)


def anchor(heading: str) -> str:
    """Return the name that a heading has in an address.

    Examples
    --------
    >>> anchor("Axon: all or nothing")
    'Axon:-all-or-nothing'
    """
    return heading.replace(" ", "-")


def steps(notebook: Path) -> tuple[Step, ...]:
    """Return the steps of a lesson, in order.

    Parameters
    ----------
    notebook : pathlib.Path
        The lesson's file.
    """
    return _steps(notebook, notebook.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _steps(notebook: Path, _changed_ns: int) -> tuple[Step, ...]:
    beyond = duration.more(notebook.stem)
    found = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(source)
            headings = _HEADING.findall(text)
            found += [Step(name, anchor(name), name not in beyond) for name in headings]
    return tuple(found)


def notes(lesson: Lesson, lesson_url: str) -> list[dict[str, Any]]:
    """Return the teaching notes of a lesson, each with the address of its step.

    Parameters
    ----------
    lesson : Lesson
        The lesson; one from outside this course has no notes.
    lesson_url : str
        Its address, without the host.
    """
    name, predictions = lesson.file.removesuffix(".ipynb"), guide.rows("predictions")
    return [
        {
            **row,
            "url": address(lesson_url, row["link"] or "", True, anchor(row["step"])),
            "asked": predictions[row["prediction"]]["prompt"] if row["prediction"] else "",
        }
        for row in guide.rows("teaching").values()
        if row["lesson"] == name
    ]


def plans(course: Course) -> list[dict[str, Any]]:
    """Return what an instructor needs to know about every lesson, in order.

    Parameters
    ----------
    course : Course
        The lessons and their addresses; for one from outside this course only its steps are known.
    """
    return [_plan(course, lesson) for lesson in course.lessons]


def _plan(course: Course, lesson: Lesson) -> dict[str, Any]:
    url = course.lesson_url(lesson)
    known = guide.rows("lessons").get(lesson.file.removesuffix(".ipynb"), {})
    noted = notes(lesson, url)
    return {
        "file": lesson.file,
        "title": lesson.title,
        "url": url,
        "minutes": duration.minutes(course.folder / lesson.file),
        "summary": known.get("summary", ""),
        "steps": steps(course.folder / lesson.file),
        "notes": noted,
        "notes_url": course.notes_url(lesson.file),
        "planned": sum(note["minutes"] for note in noted),
    }


def link(
    origin: str, lessons: Mapping[str, str], *, to: str, state: str = "", present: bool = False
) -> Link:
    """Return a link that opens a lesson at a step, in a state.

    Parameters
    ----------
    origin : str
        Scheme and host, such as ``http://room12:8866``.
    lessons : Mapping of str to str
        Addresses of the lessons by file name, without the host.
    to : str
        File name of the lesson, then optionally ``#`` and the step.
    state : str
        A query string, or an address that contains one.
    present : bool
        Whether to open it for presenting.

    Raises
    ------
    ValueError
        If there is no such lesson or the state cannot be read; worded for the instructor.
    """
    file, _hash, step = to.partition("#")
    if file not in lessons:
        raise ValueError(_("There is no lesson {file!r} in this course.", file=file))
    if len(step) > _LONGEST_STEP:
        raise ValueError(_("The step is longer than {most} characters.", most=_LONGEST_STEP))
    if len(state) > LONGEST_STATE:
        raise ValueError(_("The state is longer than {most} characters.", most=LONGEST_STATE))
    query = urlsplit(state).query if "?" in state else state.strip()
    query = "&".join(part for part in query.split("&") if part.partition("=")[0] != "present")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise ValueError(
            _(
                "The state {state!r} cannot be read. Write name=value, and join several by &.",
                state=state,
            )
        ) from None
    clean = urlencode(pairs)
    return Link(
        origin + address(lessons[file], clean, present, step),
        to,
        clean,
        present,
        urlsplit(origin).hostname in _HERE,
    )


def address(path: str, query: str, present: bool, step: str) -> str:
    """Return the address of a lesson, without the host.

    Parameters
    ----------
    path : str
        The lesson's own.
    query : str
        What follows the question mark; may be empty.
    present : bool
        Whether it opens for presenting.
    step : str
        Name of the step in an address; may be empty.

    Examples
    --------
    >>> address("/voila/render/03_triggers.ipynb", "sleep_h=5", True, "Predict")
    '/voila/render/03_triggers.ipynb?sleep_h=5&present#Predict'
    """
    full = "&".join(filter(None, [query, "present" if present else ""]))
    return path + (f"?{full}" if full else "") + (f"#{quote(step, safe=':,')}" if step else "")
