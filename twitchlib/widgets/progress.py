"""A student's progress in all quizzes of a kernel, and a panel that shows and saves it.

Answers survive when a cell is run again, since they belong to the kernel. Between kernels (each
lesson has its own) the browser carries them: in the tab, which forgets them when it is closed, or
on the computer, if the student asks for that. The file belongs to the student. On a hub it lies in
the student's home directory (`_kept`), and the browser carries nothing.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Final

import ipywidgets
import traitlets

from twitchlib import guide, quiz
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.places import progress_file
from twitchlib.quiz import Progress, Tally
from twitchlib.quiz.attempts import LARGEST_FILE
from twitchlib.widgets._kept import keep
from twitchlib.widgets._panel import QUIZ_STYLE, Panel

__all__ = ["ANSWERS", "Answers", "ProgressPanel"]


class Answers(traitlets.HasTraits):
    """The progress that the widgets of a kernel share and observe.

    Attributes
    ----------
    progress : Progress
        The progress in all lessons.
    given_away : bool
        Whether predictions are answered at once, as on a page without a kernel.
    """

    progress = traitlets.Instance(Progress, args=())
    given_away = traitlets.Bool(default_value=False)

    def follow(self, widget: ipywidgets.Widget, react: Callable[[], object]) -> None:
        """Call `react` after each change of the progress, until `widget` is closed."""

        def changed(_change: object) -> None:
            if widget.comm is None:
                self.unobserve(changed, "progress")
            else:
                react()

        self.observe(changed, "progress")


ANSWERS: Final = Answers()
"""The answers of this kernel."""

if (_file := progress_file()) is not None:
    keep(ANSWERS, _file)


class ProgressPanel(Panel[Progress]):
    """Reports what has been answered, saves it to a file, and loads such a file.

    Parameters
    ----------
    lesson : str, optional
        Report on this lesson and on the whole course in two sentences; by default, on every lesson
        in a table.
    """

    _scripts = ("progress.js",)
    _css = QUIZ_STYLE

    def __init__(self, lesson: str | None = None) -> None:
        self._lesson = lesson
        self._message = ""
        file = progress_file()
        kept = file.name if file else ""
        super().__init__({"largest": LARGEST_FILE, "open": lesson is None, "kept": kept})
        ANSWERS.follow(self, lambda: self._changed(self.value))

    @property
    def value(self) -> Progress:
        """The progress in all lessons."""
        return ANSWERS.progress

    def _apply(self, edit: Mapping[str, Any]) -> None:
        self._message = ""
        if edit.get("forget"):
            ANSWERS.progress = Progress()
            self._message = _("Your answers are forgotten.")
            return
        if "stored" in edit:
            self._take(edit["stored"])
            self._message = ""  # loaded unasked, so not reported
        if "file" in edit:
            self._take(edit["file"])

    def _take(self, text: str) -> None:
        before = _size(ANSWERS.progress)
        try:
            found = Progress.from_json(text)
        except UnreadableError as error:
            self._message = _("{problem} Nothing was changed.", problem=error)
            return
        ANSWERS.progress = ANSWERS.progress.merged(found)
        new = _size(ANSWERS.progress) - before
        answers = _size(found)
        self._message = _("Answers loaded: {answers}. New here: {new}.", answers=answers, new=new)

    def _state(self) -> dict[str, Any]:
        return {
            "file": self.value.to_json() if _size(self.value) else "",
            "message": self._message,
            "summary": self._sentence(),
            "lessons": [] if self._lesson else list(self._lessons()),
        }

    def _sentence(self) -> str:
        whole = _tally_text(self.value.tally(chain(*quiz.lessons().values())))
        if self._lesson is None:
            return _("In the whole course: {whole}", whole=whole)
        here = _tally_text(self.value.tally(quiz.lessons()[self._lesson]))
        return _("In this lesson: {here} In the whole course: {whole}", here=here, whole=whole)

    def _lessons(self) -> list[list[str]]:
        rows = guide.rows("lessons")
        found = []
        for lesson, asked in quiz.lessons().items():
            if lesson in rows:
                tally = self.value.tally(asked)
                answered = _("{n} of {total}", n=tally.answered, total=tally.total)
                title = f"{lesson[:2]} {rows[lesson]['title']}"
                found.append([title, answered, str(tally.at_first_try)])
        return found


def _size(progress: Progress) -> int:
    """Return how many answers there are, to questions and to predictions."""
    return len(progress.attempts) + len(progress.expected)


def _tally_text(tally: Tally) -> str:
    """Return a tally as a sentence."""
    if not tally.answered:
        return _("none of {total} answered yet.", total=tally.total)
    return _(
        "{answered} of {total} answered, {right} right at first try.",
        answered=tally.answered,
        total=tally.total,
        right=tally.at_first_try,
    )
