"""The course as the pages of a site see it: all in one folder, with relative addresses."""

from twitchlib.serving.course import Course
from twitchlib.serving.lessons import Lesson

__all__ = ["SiteCourse"]


class SiteCourse(Course):
    """A folder of lessons, written as a folder of pages."""

    @property
    def instructor_url(self) -> str:
        """Address of the page for instructors."""
        return "instructor.html"

    def lesson_url(self, lesson: Lesson) -> str:
        """Return the address of a lesson."""
        return lesson.file.removesuffix(".ipynb") + ".html"

    def session_url(self, name: str) -> str:
        """Return the address of a session's plan."""
        return f"session_{name}.html"

    def sheet_url(self, name: str) -> str:
        """Return the address of a session's worksheet."""
        return f"sheet_{name}.html"

    def notes_url(self, file: str) -> str:
        """Return the address of a lesson's teaching notes."""
        return "notes_" + file.removesuffix(".ipynb") + ".html"
