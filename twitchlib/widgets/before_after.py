"""The tests before and after the course: two forms, and no feedback until both are done.

A coin is tossed for the first form when a student begins, so about half of a class begins with
each. The outcome is kept with the student's progress.
"""

import math
import secrets

import ipywidgets

from twitchlib import quiz
from twitchlib.errors import UnreadableError
from twitchlib.figures.gains import plot_gain
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.quiz import Question
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import button, buttons
from twitchlib.widgets.progress import ANSWERS, ProgressPanel
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Reply
from twitchlib.widgets.quiz import Questions, Sheet

__all__ = ["BeforeAndAfter", "Sitting"]


class Sitting(Questions):
    """The questions of one form. The first answer stands, and is not judged yet."""

    def _note(self, _question: Question, position: int, total: int) -> str:
        return _(
            "Question {position} of {total}. Your first answer stands.",
            position=position,
            total=total,
        )

    def _replies(self) -> dict[str, Reply]:
        kept = ANSWERS.progress.attempts
        said = [_("Your answer is kept. You will see how it went when both halves are done.")]
        return {name: Reply(kept[name].answer, said) for name in self._asked if name in kept}


class BeforeAndAfter(ipywidgets.VBox):
    """The two forms, one after the other, and what the student has gained.

    Attributes
    ----------
    stage : str
        ``"start"``, ``"before"``, ``"between"``, ``"after"`` or ``"done"``.
    """

    def __init__(self) -> None:
        self.stage = self._form = ""
        self._goes_on = False
        self._said = Prose()
        self._progress = ProgressPanel()
        super().__init__(_dom_classes=("tw-dashboard",))
        ANSWERS.follow(self, self._follow)
        self._follow()

    def begin(self) -> None:
        """Toss a coin for the first form, unless that has been done."""
        # Not from `random`, whose state forked kernels share.
        form = secrets.choice(list(quiz.forms()))
        ANSWERS.progress = ANSWERS.progress.tossed(form)

    def go_on(self) -> None:
        """Take the second form."""
        self._goes_on = True
        self._follow()

    def _order(self) -> list[str]:
        """Return the forms in this student's order."""
        first = ANSWERS.progress.first_form
        return sorted(quiz.forms(), key=lambda form: first is not None and form != first.form)

    def _now(self) -> str:
        if ANSWERS.progress.first_form is None:
            return "start"
        tallies = [ANSWERS.progress.tally(quiz.forms()[form]) for form in self._order()]
        before, after = (tally.answered for tally in tallies)
        if before < tallies[0].total:
            return "before"
        if after < tallies[1].total:
            return "after" if after or self._goes_on else "between"
        return "done"

    def _follow(self) -> None:
        """Show what the progress calls for, if the stage or the form has changed."""
        stage, form = self._now(), self._order()[0]
        if (stage, form) == (self.stage, self._form):
            return
        self.stage, self._form = stage, form
        self.children = [*getattr(self, f"_show_{stage}")(), self._progress]

    def _show_start(self) -> list[ipywidgets.Widget]:
        self._say(
            _("Before the course."),
            _(
                "{n} questions, about ten minutes. A coin decides which of two forms you get.",
                n=len(next(iter(quiz.forms().values()))),
            ),
        )
        return [self._said, buttons(button(_("Begin the first half"), self.begin))]

    def _show_before(self) -> list[ipywidgets.Widget]:
        self._say(
            _("Before the course."), _("Guess if you do not know: nobody knows all of it yet.")
        )
        return [self._said, Sheet(Sitting(quiz.forms()[self._order()[0]]))]

    def _show_between(self) -> list[ipywidgets.Widget]:
        self._say(
            _("The first half is done."),
            _("Now take the course. Save your progress, and come back afterwards."),
        )
        return [self._said, buttons(button(_("I have taken the course"), self.go_on))]

    def _show_after(self) -> list[ipywidgets.Widget]:
        self._say(_("After the course."), _("The same things, asked another way."))
        return [self._said, Sheet(Sitting(quiz.forms()[self._order()[1]]))]

    def _show_done(self) -> list[ipywidgets.Widget]:
        try:
            found = quiz.gain(ANSWERS.progress)
        except UnreadableError as error:  # answers from another version of the course
            self._say(_("The two halves cannot be compared."), str(error))
            return [self._said]
        if math.isnan(found.normalised):
            share = _("You had everything right before, so there was nothing to gain.")
        else:
            share = _(
                "Of what was still to gain, you gained {share:.0%} (the normalised gain).",
                share=found.normalised,
            )
        self._say(
            _("Gain: {raw:+} of {total}.", raw=found.raw, total=len(found.before)),
            share,
            # By chance alone two such scores differ by two or three (binomial, half of them right).
            _(
                "One test of {n} questions is a rough measure: two more or fewer may be chance.",
                n=len(found.before),
            ),
            _(
                "Nobody has measured yet whether the two forms are equally hard. The coin gave you "
                "form {form} first.",
                form=found.first,
            ),
        )
        asked = [question for form in self._order() for question in quiz.forms()[form]]
        return [self._said, FigureView(plot_gain(found)), Sheet(Questions(asked))]

    def _say(self, title: str, *sentences: str) -> None:
        self._said.html = html(
            '<p role="status"><strong>{}</strong> {}</p>', title, " ".join(sentences)
        )
