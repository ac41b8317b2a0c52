"""The questions at the end of a lesson, one after the other.

The answers stay in the kernel: the page learns what is right when something was answered.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import ipywidgets

from twitchlib import guide, quiz
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quiz import Feedback, Question, Tally
from twitchlib.typed import quoted, read_number
from twitchlib.widgets._panel import QUIZ_STYLE, Panel, script
from twitchlib.widgets.progress import ANSWERS, ProgressPanel

__all__ = ["Questions", "Quiz", "Standing"]

_NOTHING_GIVEN: Final = ("", None)


@dataclass(frozen=True)
class Standing:
    """Which question is shown, and how many are done."""

    question: str
    tally: Tally


class Quiz(ipywidgets.VBox):
    """A lesson's questions, what there is to look at, and the student's progress.

    Parameters
    ----------
    lesson : str
        Name of the lesson's notebook, without its ending.
    reveal : bool
        Whether an answer is judged at once. Otherwise answers are kept, and judged all together
        when ``quiz.reveal`` is set.

    Attributes
    ----------
    questions : Questions
        The panel that asks.
    progress : ProgressPanel
        The panel that tells what is done, and saves it.

    Raises
    ------
    UnknownNameError
        If there is no such lesson, or none with questions.
    """

    def __init__(self, lesson: str, *, reveal: bool = True) -> None:
        asked = quiz.lessons()[lesson]
        self.questions = Questions(asked, reveal=reveal)
        self.progress = ProgressPanel(lesson)
        self._asked = {question.id: question for question in asked}
        self._recording = ipywidgets.Box(_dom_classes=("tw-recording",))
        self._views: dict[str, ipywidgets.Widget] = {}
        self.questions.on_change(lambda standing: self._look_at(standing.question))
        self._look_at(self.questions.value.question)
        super().__init__(
            [self._recording, self.questions, self.progress],
            _dom_classes=("tw-dashboard", "tw-asking"),
        )

    @property
    def reveal(self) -> bool:
        """Whether answers are judged. Once they are, that cannot be taken back."""
        return self.questions.reveal

    @reveal.setter
    def reveal(self, reveal: bool) -> None:
        self.questions.reveal = reveal

    def _look_at(self, name: str) -> None:
        trace = self._asked[name].trace
        if trace is None:
            self._recording.children = ()
            return
        if name not in self._views:
            self._views[name] = _view(trace)
        self._recording.children = (self._views[name],)


def _view(trace: guide.Row) -> ipywidgets.Widget:
    # A lesson without recordings does not pay for making and drawing one.
    from twitchlib import twitches
    from twitchlib.figures.quiz import plot_unnamed
    from twitchlib.widgets.figure_view import FigureView

    recording = twitches.simulate(
        trace["kind"], preset=trace["preset"], seed=trace["seed"], duration_s=trace["duration_s"]
    )
    return FigureView(plot_unnamed(recording))


class Questions(Panel[Standing]):
    """Asks questions one after the other, and says something to every answer.

    Parameters
    ----------
    asked : sequence of Question
        What to ask, at least one.
    reveal : bool
        Whether an answer is judged at once.
    """

    _esm = script("panel.js", "radios.js", "quiz.js")
    _css = QUIZ_STYLE

    def __init__(self, asked: Sequence[Question], *, reveal: bool = True) -> None:
        self._asked = {question.id: question for question in asked}
        self._reveal = reveal
        self._held: dict[str, object] = {}
        self._refused: dict[str, str] = {}
        done = ANSWERS.progress.attempts
        self._at = next((i for i, q in enumerate(self._asked) if q not in done), 0)
        super().__init__({"questions": [_described(question) for question in asked]})
        ANSWERS.observe(lambda _change: self._changed(self.value), "progress")

    @property
    def value(self) -> Standing:
        """Which question is shown, and how many are done."""
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

    def _apply(self, edit: Mapping[str, Any]) -> None:
        answers = edit.get("answers")
        for name, raw in answers.items() if isinstance(answers, dict) else ():
            if name in self._asked:
                self._take(self._asked[name], raw)
        at = edit.get("at")
        if isinstance(at, int) and not isinstance(at, bool) and 0 <= at < len(self._asked):
            self._at = at

    def _take(self, question: Question, raw: object) -> None:
        answer = raw
        if question.kind == "number" and isinstance(raw, str):
            with suppress(NotAllowedError):
                answer = read_number(raw)
        try:
            quiz.grade(question, answer)
        except NotAllowedError as error:
            wanted = _wanted(question, error.allowed)
            self._refused[question.id] = (
                wanted
                if raw in _NOTHING_GIVEN
                else _("{given} is no answer here. {wanted}", given=quoted(raw), wanted=wanted)
            )
            return
        self._refused.pop(question.id, None)
        if self._reveal:
            ANSWERS.progress = ANSWERS.progress.after(question, answer)
        else:
            self._held[question.id] = answer

    def _state(self) -> dict[str, Any]:
        results = {name: self._result(question) for name, question in self._asked.items()}
        return {
            "at": self._at,
            "results": {name: result for name, result in results.items() if result},
            "refused": dict(self._refused),
        }

    def _result(self, question: Question) -> dict[str, Any] | None:
        """Return what the page is told of an answered question; of others it learns nothing."""
        if not self._reveal:
            if question.id not in self._held:
                return None
            return {"answer": self._held[question.id], "right": None, "said": "", "sources": []}
        kept = ANSWERS.progress.attempts.get(question.id)
        if kept is None:
            return None
        try:
            feedback = quiz.grade(question, kept.answer)
        except NotAllowedError:  # an answer of another version, which is kept all the same
            return None
        return {
            "answer": kept.answer,
            "right": feedback.right,
            "said": feedback.said,
            "sources": _sources(feedback),
        }


def _wanted(question: Question, allowed: str) -> str:
    if question.kind in ("choice", "trace"):
        return _("Choose {allowed}.", allowed=allowed)
    return _("Give {allowed}.", allowed=allowed)


def _described(question: Question) -> dict[str, Any]:
    """Return what the page needs to ask a question, and nothing of the answer."""
    options = () if question.kind == "number" else question.options
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "unit": question.unit,
        "options": [{"id": option.id, "text": option.text} for option in options],
    }


def _sources(feedback: Feedback) -> list[dict[str, str]]:
    """Return on what feedback rests: claims with their verdict, and papers with their address."""
    rows = [guide.rows("claims")[claim] for claim in feedback.claims]
    verdicts = [guide.rows("verdicts")[row["verdict"]]["word"] for row in rows]
    claims = [
        _("claim {id} of the guide ({verdict})", id=row["id"], verdict=verdict)
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    keys = dict.fromkeys(
        [*feedback.references, *(key for row in rows for key in row["references"])]
    )
    papers = [guide.references()[key] for key in keys]
    return [
        *({"text": claim, "address": ""} for claim in claims),
        *({"text": paper.short, "address": paper.address} for paper in papers),
    ]
