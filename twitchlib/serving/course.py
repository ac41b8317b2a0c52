"""The course as its pages see it: the lessons, navigation between them, and their addresses."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from twitchlib import messages, palette
from twitchlib.serving import duration
from twitchlib.serving.lessons import Lesson, find_lessons, neighbours

__all__ = ["Course"]

_FIRST: Final = "00_"


@dataclass(frozen=True)
class Course:
    """A folder of lessons, which may change at any time, and the path under which it is served.

    No address includes the host.

    Attributes
    ----------
    folder : pathlib.Path
        Folder of the lessons.
    home : str
        Address of the course, with a trailing slash.
    """

    folder: Path
    home: str

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons, in order."""
        return find_lessons(self.folder)

    @property
    def first_lesson(self) -> Lesson | None:
        """The lesson the course begins with, None if no file name marks it as first."""
        lessons = self.lessons
        return lessons[0] if lessons and lessons[0].file.startswith(_FIRST) else None

    def has_lesson(self, file: str) -> bool:
        """Return whether there is a lesson with this file name."""
        return any(lesson.file == file for lesson in self.lessons)

    @property
    def instructor_url(self) -> str:
        """Address of the page for instructors."""
        return self.home + "instructor"

    def lesson_url(self, lesson: Lesson) -> str:
        """Return the address of a lesson."""
        return f"{self.home}voila/render/{lesson.file}"

    def lesson_urls(self) -> dict[str, str]:
        """Return the addresses of all lessons by file name."""
        return {lesson.file: self.lesson_url(lesson) for lesson in self.lessons}

    def notes_url(self, file: str) -> str:
        """Return the address of a lesson's teaching notes."""
        return f"{self.instructor_url}/notes/{file.removesuffix('.ipynb')}"

    def session_url(self, name: str) -> str:
        """Return the address of a session's plan."""
        return f"{self.instructor_url}/sessions/{name}"

    def sheet_url(self, name: str) -> str:
        """Return the address of a session's worksheet."""
        return f"{self.instructor_url}/sheets/{name}"

    def context(self, file: str | None = None) -> dict[str, Any]:
        """Return the template context of a lesson, or of a page that is not a lesson.

        Parameters
        ----------
        file : str, optional
            Name of the lesson's notebook.

        Raises
        ------
        KeyError
            If there is no such lesson.
        """
        lessons = self.lessons
        before, after = neighbours(lessons, file) if file else (None, None)

        def entry(lesson: Lesson | None) -> dict[str, Any] | None:
            if lesson is None:
                return None
            return {
                "title": lesson.title,
                "url": self.lesson_url(lesson),
                "current": lesson.file == file,
                "minutes": duration.minutes(self.folder / lesson.file),
            }

        return {
            "home": self.home,
            "instructor": self.instructor_url,
            "notes": self.notes_url(file) if file else "",
            "lessons": [entry(lesson) for lesson in lessons],
            "title": next((lesson.title for lesson in lessons if lesson.file == file), ""),
            "minutes": duration.minutes(self.folder / file) if file else None,
            "more": bool(file and duration.more(file.removesuffix(".ipynb"))),
            "before": entry(before),
            "after": entry(after),
            "palette": palette.css(),
            "language": messages.language(),
            "texts": messages.script(),
        }
