"""The questions at the end of a lesson, one after another.

The right answers stay in the kernel: the page learns one only after an answer has been given.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets

from twitchlib import quiz
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quiz import Question, Tally
from twitchlib.widgets.answering import judged, read
from twitchlib.widgets.progress import ANSWERS, ProgressPanel
from twitchlib.widgets.question import Asked, Asking, Manner, Reply

if TYPE_CHECKING:
    from twitchlib.widgets.shown import Shown

__all__ = ["Questions", "Quiz", "Sheet", "Standing"]


@dataclass(frozen=True)
class Standing:
    """The question on display, and how many have been answered."""

    question: str
    tally: Tally


class Sheet(ipywidgets.VBox):
    """Questions, each below the figure that belongs to it.

    Parameters
    ----------
    questions : Questions
        The panel that asks.
    *below : Widget
        Widgets below it.
    """

    def __init__(self, questions: "Questions", *below: ipywidgets.Widget) -> None:
        self.questions = questions
        self._above = ipywidgets.Box(_dom_classes=("tw-recording",))
        self._views: dict[str, ipywidgets.Widget] = {}
        questions.on_change(lambda standing: self._show(standing.question))
        self._show(questions.value.question)
        super().__init__([self._above, questions, *below], _dom_classes=("tw-asking",))

    def _show(self, name: str) -> None:
        shown = self.questions.shown.get(name)
        if shown is None:
            self._above.children = ()
            return
        if name not in self._views:
            from twitchlib.widgets.figure_view import FigureView

            self._views[name] = FigureView(shown.figure)
        self._above.children = (self._views[name],)


class Quiz(Sheet):
    """A lesson's questions with their figures, and the student's progress.

    Parameters
    ----------
    lesson : str
        Name of the lesson's notebook, without extension.
    reveal : bool
        Whether an answer is judged at once. Otherwise answers are kept and judged together when
        ``quiz.reveal`` is set.

    Attributes
    ----------
    questions : Questions
        The panel that asks.
    progress : ProgressPanel
        The panel that reports progress and saves it.

    Raises
    ------
    UnknownNameError
        If there is no such lesson, or it has no questions.
    """

    def __init__(self, lesson: str, *, reveal: bool = True) -> None:
        asked = quiz.lessons()[lesson]
        self.progress = ProgressPanel(lesson)
        super().__init__(Questions(asked, reveal=reveal), self.progress)
        self.add_class("tw-dashboard")

    @property
    def reveal(self) -> bool:
        """Whether answers are judged. Once they are, that cannot be undone."""
        return self.questions.reveal

    @reveal.setter
    def reveal(self, reveal: bool) -> None:
        self.questions.reveal = reveal


class Questions(Asking[Standing]):
    """Asks questions one after another, with feedback on every answer.

    Parameters
    ----------
    questions : sequence of Question
        What to ask, at least one.
    reveal : bool
        Whether an answer is judged at once.

    Attributes
    ----------
    shown : dict of str to Shown
        The figure above each question asked so far, if it has one.
    """

    manner = Manner(steps=True)

    def __init__(self, questions: Sequence[Question], *, reveal: bool = True) -> None:
        self._asked = {question.id: question for question in questions}
        self._reveal = reveal
        self._held: dict[str, object] = {}
        self.shown: dict[str, Shown] = {}
        super().__init__(self._entries(), at=self._start())
        self._draw()
        ANSWERS.follow(self, lambda: self._changed(self.value))

    @property
    def value(self) -> Standing:
        """The question on display, and how many have been answered."""
        return Standing(list(self._asked)[self._at], ANSWERS.progress.tally(self._asked.values()))

    @property
    def reveal(self) -> bool:
        """Whether answers are judged. Setting it judges those that were kept until then."""
        return self._reveal

    @reveal.setter
    def reveal(self, reveal: bool) -> None:
        before = self.value
        self._reveal = self._reveal or reveal
        if self._reveal:
            held, self._held = self._held, {}
            for name, answer in held.items():
                ANSWERS.progress = ANSWERS.progress.after(self._asked[name], answer)
        self._changed(before)

    def _start(self) -> int:
        """Return the index of the first question to ask: the first without an answer."""
        done = ANSWERS.progress.attempts
        return next((i for i, name in enumerate(self._asked) if name not in done), 0)

    def _note(self, _question: Question, position: int, total: int) -> str:
        """Return the remark above a question."""
        return _("Question {position} of {total}", position=position, total=total)

    def _go(self, at: int) -> None:
        super()._go(at)
        self._draw()

    def _draw(self) -> None:
        """Draw the figure for the question on display, when it is asked for the first time."""
        name = self.value.question
        trace = self._asked[name].trace
        if trace is None or name in self.shown:
            return
        # Imported here, so that a lesson without recordings does not pay for it.
        from twitchlib.widgets.shown import show

        self.shown[name] = show(trace)
        if self.shown[name].order:  # only now is it known what its options stand for
            self._spec = self._described(self._entries())

    def _entries(self) -> list[Asked]:
        total = len(self._asked)
        orders = {name: shown.order for name, shown in self.shown.items()}
        return [
            _asked(question, self._note(question, n, total), orders.get(name, ()))
            for n, (name, question) in enumerate(self._asked.items(), 1)
        ]

    def _take(self, name: str, raw: object) -> None:
        question = self._asked.get(name)
        if question is None:
            return
        answer, problem = read(question, raw)
        if problem:
            self._refused[question.id] = problem
            return
        self._refused.pop(question.id, None)
        self._record(question, answer)

    def _record(self, question: Question, answer: object) -> None:
        """Keep an answer that can be graded."""
        if self._reveal:
            ANSWERS.progress = ANSWERS.progress.after(question, answer)
        else:
            self._held[question.id] = answer

    def _replies(self) -> dict[str, Reply]:
        """Return the replies to answered questions; the page learns nothing about others."""
        if not self._reveal:
            said = [_("Your answer is kept. It will be judged later.")]
            return {name: Reply(answer, said) for name, answer in self._held.items()}
        replies = {}
        for name, question in self._asked.items():
            kept = ANSWERS.progress.attempts.get(name)
            # An answer to another version of the question is kept, but not shown.
            with suppress(NotAllowedError):
                if kept:
                    replies[name] = judged(kept.answer, quiz.grade(question, kept.answer))
        return replies


def _asked(question: Question, note: str, order: Sequence[int]) -> Asked:
    return Asked(
        question.id,
        {} if question.kind == "number" else _labels(question, order),
        question.kind,
        note=note,
        title=question.prompt,
        unit=question.unit,
        next=_("Next question"),
        because=_("Why? Choose the reason as well.") if question.kind == "two-tier" else "",
        reasons={option.id: option.text for option in question.tier(2)},
        shows=question.trace is not None,
    )


def _labels(question: Question, order: Sequence[int]) -> dict[str, str]:
    """Return the labels of the answers; parts of a figure are numbered from top to bottom."""
    options = question.tier(1)
    if question.trace is None or question.trace["kind"] != "needles":
        return {option.id: option.text for option in options}
    places = order or range(len(options))
    return {options[place].id: _("Recording {n}", n=n) for n, place in enumerate(places, start=1)}
