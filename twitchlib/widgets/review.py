"""Questions from earlier lessons at the start of a lesson, so that they are not forgotten.

`twitchlib.quiz.warm_up` decides which ones come back. Until the reader begins, the choice follows
their progress, which the browser may bring after the page has been shown; then it stays.
"""

from collections.abc import Callable, Sequence
from datetime import date

import ipywidgets

from twitchlib import quiz
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.quiz import Question, Tally
from twitchlib.quiz.recall import PAUSES_DAYS, this_day
from twitchlib.widgets.answering import judged
from twitchlib.widgets.layout import button, buttons
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Reply
from twitchlib.widgets.quiz import Questions, Sheet, Standing

__all__ = ["Recalled", "Review"]


class Recalled(Questions):
    """Asks questions that come back. The first answer to each counts; others may follow.

    Parameters
    ----------
    questions : sequence of Question
        What to ask, at least one.
    today : callable
        Returns today's date.
    begin : callable
        Called before the first answer is kept.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        today: Callable[[], date],
        begin: Callable[[], object],
    ) -> None:
        self._today, self._begin = today, begin
        self._given: dict[str, Reply] = {}
        self._first: dict[str, bool] = {}
        super().__init__(questions)

    @property
    def value(self) -> Standing:
        """The question on display, and how many of them have been answered here."""
        replies, first = self._given.values(), self._first.values()
        right = sum(reply.right is True for reply in replies)
        tally = Tally(len(self._asked), len(replies), right, sum(first))
        return Standing(list(self._asked)[self._at], tally)

    def _start(self) -> int:
        return 0  # questions answered before are asked again

    def _note(self, question: Question, position: int, total: int) -> str:
        return _(
            "Question {position} of {total}, from lesson {lesson}",
            position=position,
            total=total,
            lesson=question.lesson[:2],
        )

    def _record(self, question: Question, answer: object) -> None:
        feedback = quiz.grade(question, answer)
        self._given[question.id] = judged(answer, feedback)
        if question.id not in self._first:
            self._begin()
            self._first[question.id] = feedback.right
            ANSWERS.progress = ANSWERS.progress.recalled(question, answer, self._today())

    def _replies(self) -> dict[str, Reply]:
        return dict(self._given)


class Review(ipywidgets.VBox):
    """Three to five questions from earlier lessons: open if some are due, otherwise one line.

    Parameters
    ----------
    lesson : str
        The lesson that begins: the name of its notebook, without extension.
    today : callable, optional
        Returns today's date; by default that of the clock.

    Attributes
    ----------
    asked : tuple of Question
        The questions that are asked, or would be.
    begun : bool
        Whether the reader has begun; from then on the choice stays.

    Raises
    ------
    UnknownNameError
        If there is no such lesson.
    """

    def __init__(self, lesson: str, *, today: Callable[[], date] = this_day) -> None:
        self._lesson, self._today = lesson, today
        self.begun = self._open = False
        self.asked: tuple[Question, ...] = ()
        self._said = Prose()
        self._after = Prose()
        self._button = button("", self.begin)
        super().__init__(_dom_classes=("tw-dashboard", "tw-review"))
        self._follow()
        ANSWERS.follow(self, self._follow)

    def begin(self) -> None:
        """Ask the questions, and choose no others from now on."""
        self.begun = True
        if not self._open:
            self._ask()

    def _follow(self) -> None:
        """Choose the questions that suit the current progress, unless the reader has begun."""
        if self.begun:
            return
        progress, today = ANSWERS.progress, self._today()
        asked, due = (choose(progress, self._lesson, today) for choose in (quiz.warm_up, quiz.due))
        if self.children and (asked, bool(due)) == (self.asked, self._open):
            return
        self.asked = asked
        if due:
            self._ask()
        else:
            self._wait()

    def _wait(self) -> None:
        self._open = False
        n = len(self.asked)
        self._button.description = ngettext(
            "Warm up: {n} question from before",
            "Warm up: {n} questions from before",
            n,
        )
        self.children = [buttons(self._button)] if n else []

    def _ask(self) -> None:
        self._open = True
        self._said.html = html(
            "<p><strong>{}</strong> {}</p>",
            _("Do you remember?"),
            _("These come back from earlier lessons, so that they stay with you."),
        )
        self._after.html = Markup()
        questions = Recalled(self.asked, self._today, self.begin)
        questions.on_change(self._go_on)
        self.children = [self._said, Sheet(questions), self._after]

    def _go_on(self, standing: Standing) -> None:
        self.begun = True
        tally = standing.tally
        if tally.answered < tally.total:
            return
        self._after.html = html(
            '<p role="status">{}</p>',
            _(
                "{right} of {total} right first time. What went wrong comes back in the next "
                "lesson, the rest after {pauses} or {longest} days: the more often you were right, "
                "the longer the pause. These pauses were chosen for this course.",
                right=tally.at_first_try,
                total=tally.total,
                pauses=", ".join(map(str, PAUSES_DAYS[1:-1])),
                longest=PAUSES_DAYS[-1],
            ),
        )
