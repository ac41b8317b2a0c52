"""Predict, observe, compare: students say what they expect before the page shows the answer.

Examples
--------
>>> from twitchlib.widgets.prose import Prose
>>> asked, seen = predict("axon"), observe("axon", Prose("a spike"))
>>> seen.shown
False
>>> asked.answer("axon.a")
>>> seen.shown
True
"""

from collections.abc import Iterator

import ipywidgets

from twitchlib import guide, quiz
from twitchlib.markup import Markup, each, escaped, html, link, marked
from twitchlib.messages import gettext as _
from twitchlib.quiz.bank import Answer
from twitchlib.widgets.answering import read, sources
from twitchlib.widgets.layout import button, buttons
from twitchlib.widgets.progress import ANSWERS
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Asked, Asking, Manner, Reply

__all__ = ["Observed", "Predicted", "expectations", "observe", "predict"]


class Predicted(Asking[Answer | None]):
    """Asks what a student expects. The first answer stands and is kept with their progress.

    It is judged when they compare it with what they see (`Observed`), or at once if the page has
    nothing to show.

    Parameters
    ----------
    prediction : Prediction
        What to ask.
    """

    manner = Manner(once=True)

    def __init__(self, prediction: quiz.Prediction) -> None:
        self.prediction = prediction
        options = () if prediction.kind == "number" else prediction.options
        asked = Asked(
            prediction.id,
            {option.id: option.text for option in options},
            prediction.kind,
            note=_("Your prediction"),
            title=prediction.prompt,
            unit=prediction.unit,
        )
        super().__init__([asked])
        self.add_class("tw-predicted")
        ANSWERS.follow(self, lambda: self._changed(self.value))

    @property
    def value(self) -> Answer | None:
        """The answer that was given first; None until then."""
        return _expected(self.prediction)

    def answer(self, answer: object) -> None:
        """Answer the question, unless it has been answered before.

        Raises
        ------
        NotAllowedError
            If it is not an answer to the question.
        """
        ANSWERS.progress = ANSWERS.progress.expecting(self.prediction, answer)

    def _take(self, name: str, raw: object) -> None:
        if name != self.prediction.id:
            return
        answer, problem = read(self.prediction, raw)
        self._refused = {name: problem} if problem else {}
        if not problem:
            self.answer(answer)

    def _replies(self) -> dict[str, Reply]:
        given = self.value
        if given is None:
            return {}
        look = self.prediction.look
        if look:
            return {self.prediction.id: Reply(given, [_("Kept. {look}", look=look)])}
        found = quiz.grade(self.prediction, given)
        said = list(_outcome(self.prediction, given))
        return {
            self.prediction.id: Reply(given, said, found.right, _word(found.right), sources(found))
        }


class Observed(ipywidgets.VBox):
    """A widget that shows the answer to a prediction, covered until the prediction is made.

    From then on the prediction stands above it, with a button that compares the two.

    Parameters
    ----------
    prediction : Prediction
        The prediction to make first.
    seen : Widget
        The widget that shows the answer.

    Attributes
    ----------
    shown : bool
        Whether the widget is shown.
    compared : bool
        Whether the prediction has been compared with it.
    """

    def __init__(self, prediction: quiz.Prediction, seen: ipywidgets.Widget) -> None:
        self.prediction, self.seen = prediction, seen
        self.compared = self._anyway = ANSWERS.given_away
        self._drawn: tuple[ipywidgets.Widget, ...] = ()
        self._said = Prose()
        self._button = button("", self.go_on)
        self._row = buttons(self._button)
        self._note = ipywidgets.VBox([self._said, self._row], _dom_classes=("tw-recall",))
        super().__init__(_dom_classes=("tw-observed",))
        ANSWERS.follow(self, self._show)
        self._show()

    @property
    def shown(self) -> bool:
        """Whether the widget is shown."""
        return self._anyway or _expected(self.prediction) is not None

    def go_on(self) -> None:
        """Show the widget without a prediction; if it is shown already, compare."""
        if self.shown:
            self.compared = True
        else:
            self._anyway = True
        self._show()

    def _show(self) -> None:
        given = _expected(self.prediction)
        if not self.shown:
            self._button.description = _("Show me anyway")
            said = marked(_("<strong>Predict first.</strong> The answer is hidden here."))
        elif not self.compared:
            self._button.description = _("Compare with what happens")
            said = (
                marked(_("What do you see?"))
                if given is None
                else marked(
                    _(
                        "You predicted: <strong>{given}</strong> What do you see?",
                        **escaped(given=_closed(_text(self.prediction, given))),
                    )
                )
            )
        else:
            said = _comparison(self.prediction, given)
        self._said.html = html('<div role="status">{}</div>', said)
        self._note.children = (self._said,) if self.compared else (self._said, self._row)
        drawn = (self._note, self.seen) if self.shown else (self._note,)
        if drawn != self._drawn:  # existing views stay as they are
            self.children = self._drawn = drawn


def predict(name: str) -> Predicted:
    """Ask for a prediction.

    Parameters
    ----------
    name : str
        Id of the prediction in the table ``predictions``.

    Raises
    ------
    UnknownNameError
        If there is no such prediction.

    Examples
    --------
    >>> predict("axon").prediction.kind
    'choice'
    """
    return Predicted(quiz.predictions()[name])


def observe(name: str, seen: ipywidgets.Widget) -> Observed:
    """Cover a widget until a prediction is made.

    Parameters
    ----------
    name : str
        Id of the prediction in the table ``predictions``.
    seen : Widget
        A dashboard, or anything else that shows the answer.

    Raises
    ------
    UnknownNameError
        If there is no such prediction.

    Examples
    --------
    >>> observe("axon", Prose("a spike")).compared
    False
    """
    return Observed(quiz.predictions()[name], seen)


def expectations(lesson: str) -> Prose:
    """List what a student expected in a lesson, and what turned out to be the case.

    Parameters
    ----------
    lesson : str
        Name of the lesson's notebook, without extension.

    Raises
    ------
    UnknownNameError
        If there is no such lesson.

    Examples
    --------
    >>> "Your predictions" in expectations("01_nervous_system").html
    True
    """
    title = guide.rows("lessons")[lesson]["title"]
    asked = [one for one in quiz.predictions().values() if one.lesson == lesson]
    shown = Prose()

    def show() -> None:
        made = [(one, given) for one in asked if (given := _expected(one)) is not None]
        shown.html = html(
            '<section class="tw-expected" aria-label="{}"><p>{}</p><ol>{}</ol></section>',
            _("Your predictions in “{lesson}”", lesson=title),
            _("Predictions made: {made} of {total}.", made=len(made), total=len(asked)),
            each("<li>{}</li>", (_remembered(one, given) for one, given in made)),
        )

    ANSWERS.follow(shown, show)
    show()
    return shown


def _expected(prediction: quiz.Prediction) -> Answer | None:
    """Return the first answer; None if there is none, or if it answers another version."""
    kept = ANSWERS.progress.expected.get(prediction.id)
    return kept.answer if kept and not read(prediction, kept.answer)[1] else None


def _text(prediction: quiz.Prediction, given: Answer) -> str:
    """Return an answer as a student saw it."""
    if isinstance(given, float):
        return f"{given:g} {prediction.unit}".strip()
    return next(option.text for option in prediction.options if option.id == given)


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _word(right: bool) -> str:
    return _("✓ As you expected.") if right else _("✗ Not what you expected.")


def _outcome(prediction: quiz.Prediction, given: Answer | None) -> Iterator[str]:
    """Yield the comments on an answer: what speaks against it, then the explanation."""
    if given is not None:
        found = quiz.grade(prediction, given)
        if not found.right:
            yield found.said
    yield prediction.explanation


def _comparison(prediction: quiz.Prediction, given: Answer | None) -> Markup:
    found = quiz.grade(prediction, prediction.key if given is None else given)
    word = "" if given is None else _word(found.right)
    right = given is not None and found.right
    look = "tw-feedback tw-right" if right else "tw-feedback"  # untranslated: names of styles
    rests = Markup("; ").join(link(one["address"], one["text"]) for one in sources(found))
    said = list(_outcome(prediction, given))
    asked = (
        html("<p>{}</p>", _("You predicted: {given}", given=_closed(_text(prediction, given))))
        if given is not None
        else Markup()
    )
    return html(
        '{}<div class="{}"><p><strong>{}</strong> {}</p>{}<p class="tw-small">{} {}.</p></div>',
        asked,
        look,
        word,
        said[0],
        each("<p>{}</p>", said[1:]),
        _("Based on:"),
        rests,
    )


def _remembered(prediction: quiz.Prediction, given: Answer) -> Markup:
    found = quiz.grade(prediction, given)
    return html(
        "<p><strong>{}</strong></p><p>{} <b>{}</b></p><p>{}</p>",
        prediction.prompt,
        _("You expected: {given}", given=_closed(_text(prediction, given))),
        _word(found.right),
        prediction.explanation,
    )
