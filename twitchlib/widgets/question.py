"""Questions on a page: one script, with the right answers kept in Python.

The page gets the feedback on an answer only once it has been given. How a question is asked and
answered is a `Manner`: `Choices` allows second thoughts, `Question` takes one answer and goes on to
the next, the quiz at the end of a lesson lets a student go back and forth, and a prediction takes
one answer and stays.

Examples
--------
>>> question = Choices(
...     Choice(
...         "Does a nerve tell a muscle to relax?",
...         [Option("Yes", "It falls silent; nothing else is said."), Option("No", "Right.", True)],
...     )
... )
>>> question.on_change(print)
>>> question.choose(0, 1)
(1,)
>>> question.right
1
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.widgets._panel import QUIZ_STYLE, Panel

__all__ = [
    "Asked", "Asking", "Choice", "Choices", "Manner", "Option", "Position", "Question", "Reply",
]  # fmt: skip

V = TypeVar("V")


@dataclass(frozen=True)
class Manner:
    """How questions are asked and answered.

    Attributes
    ----------
    at_once : bool
        An answer counts as soon as it is chosen, and another may follow. Otherwise a button
        checks it.
    final : bool
        The first answer stands, and a button goes on to the next question.
    steps : bool
        A row of numbers leads to any of the questions.
    once : bool
        The first answer stands, right or wrong, and nothing follows.
    """

    at_once: bool = False
    final: bool = False
    steps: bool = False
    once: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as the page gets it, with nothing of its answer.

    Attributes
    ----------
    id : str
        Identifies the question in an answer.
    options : Mapping of str to str
        Labels of the options, by id.
    kind : str
        ``choice``, ``two-tier``, ``trace``, ``number`` or ``order``.
    note, title, prompt : str, str, sequence of str
        A remark, a heading and paragraphs, any of which may be empty.
    unit : str
        Unit of a number.
    next : str
        Label of the button that goes on.
    because : str
        The request for a reason, shown between the options and the reasons.
    reasons : Mapping of str to str
        Labels of the reasons, by id.
    shows : bool
        Whether there is something to look at above the question.
    """

    id: str
    options: Mapping[str, str]
    kind: str = "choice"
    note: str = ""
    title: str = ""
    prompt: Sequence[str] = ()
    unit: str = ""
    next: str = ""
    because: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    shows: bool = False

    def described(self) -> dict[str, Any]:
        """Return the question in the form given in `protocol.json`."""
        lists = {
            part: [{"id": name, "label": label} for name, label in labels.items()]
            for part, labels in (("options", self.options), ("reasons", self.reasons))
        }
        return vars(self) | lists


@dataclass(frozen=True)
class Reply:
    """What the page gets once a question has been answered.

    Attributes
    ----------
    answer : object
        The answer given.
    said : sequence of str
        The feedback, as paragraphs of plain text; `word` precedes the first.
    right : bool or None
        Whether it is right, if that is disclosed.
    word : str
        A mark and a word for the verdict.
    sources : sequence of dict
        Sources of the feedback: ``text`` and ``address``, which may be empty.
    key : str
        The right option, if that is disclosed.
    """

    answer: object
    said: Sequence[str] = ()
    right: bool | None = None
    word: str = ""
    sources: Sequence[Mapping[str, str]] = ()
    key: str = ""


class Asking(Panel[V]):
    """Asks questions in its `manner`, starting at index `at`.

    A subclass accepts answers in `_take` and returns the feedback on them from `_replies`.
    """

    manner: Manner

    _scripts = ("options.js", "lab_start.js", "question.js")
    _css = QUIZ_STYLE

    def __init__(self, questions: Sequence[Asked], at: int = 0) -> None:
        self._at = at
        self._total = len(questions)
        self._refused: dict[str, str] = {}
        super().__init__(self._described(questions))

    def _described(self, questions: Iterable[Asked]) -> dict[str, Any]:
        asked = [question.described() for question in questions]
        return {"manner": vars(self.manner), "asked": asked}

    def _take(self, name: str, raw: object) -> None:
        """Accept an answer to the question `name`, if there is one."""
        raise NotImplementedError

    def _replies(self) -> dict[str, Reply]:
        """Return the reply to each answer, by question."""
        raise NotImplementedError

    def _go(self, at: int) -> None:
        """Ask another question, if there is one."""
        if 0 <= at < self._total:
            self._at = at

    def _apply(self, edit: Mapping[str, Any]) -> None:
        for name, raw in edit.get("answers", {}).items():
            self._take(name, raw)
        if "at" in edit:
            self._go(edit["at"])

    def _state(self) -> dict[str, Any]:
        results = {name: vars(reply) for name, reply in self._replies().items()}
        return {"at": self._at, "results": results, "refused": dict(self._refused)}


@dataclass(frozen=True)
class Option:
    """One answer.

    Attributes
    ----------
    text : str
        Text of the answer.
    feedback : str
        Plain text shown once it is chosen.
    is_right : bool
        Whether it is right; several may be.
    """

    text: str
    feedback: str
    is_right: bool = False


@dataclass(frozen=True)
class Choice:
    """A question with a few answers to choose from.

    Attributes
    ----------
    prompt : str
        The question, as plain text; blank lines make paragraphs.
    options : sequence of Option
        The answers, in the order shown.
    title : str
        A short heading above the question.

    Raises
    ------
    ValueError
        If there are fewer than two options, or none is right.
    """

    prompt: str
    options: Sequence[Option]
    title: str = ""

    def __post_init__(self) -> None:
        """Refuse a question without a choice or without a right answer."""
        if len(self.options) < 2 or not any(option.is_right for option in self.options):
            raise ValueError(
                _(
                    "{prompt!r} needs two options or more, and a right one among them",
                    prompt=self.prompt,
                )
            )

    def asked(self, name: str) -> Asked:
        """Return the question as the page gets it."""
        texts = {str(place): option.text for place, option in enumerate(self.options)}
        paragraphs = [part for part in self.prompt.split("\n\n") if part.strip()]
        return Asked(name, texts, title=self.title, prompt=paragraphs, next=_("Next"))


class Choices(Asking[tuple[int | None, ...]]):
    """Multiple-choice questions, one at a time, with feedback on the chosen answer.

    Another answer can be chosen at any time.

    Parameters
    ----------
    *questions : Choice
        The questions, in order.
    """

    def __init__(self, *questions: Choice) -> None:
        self.manner = Manner(at_once=True, steps=len(questions) > 1)
        self.questions = questions
        self._chosen: list[int | None] = [None] * len(questions)
        super().__init__([one.asked(str(place)) for place, one in enumerate(questions)])

    @property
    def value(self) -> tuple[int | None, ...]:
        """Index of the option chosen for each question; None until one is chosen."""
        return tuple(self._chosen)

    @property
    def right(self) -> int:
        """How many were answered with a right option."""
        return sum(option.is_right for option in self._options().values())

    def choose(self, question: int, place: int | None) -> None:
        """Choose an option for a question, or none.

        Raises
        ------
        NotAllowedError
            If there is no such question or option.
        """
        _check_index("question", question, len(self.questions))
        if place is not None:
            _check_index("place", place, len(self.questions[question].options))
        before, self._chosen[question] = self.value, place
        self._changed(before)

    def _options(self) -> dict[int, Option]:
        """Return the chosen options, by question."""
        return {
            question: self.questions[question].options[place]
            for question, place in enumerate(self._chosen)
            if place is not None
        }

    def _take(self, name: str, raw: object) -> None:
        for question, one in enumerate(self.questions):
            places = {str(place): place for place in range(len(one.options))}
            if name == str(question) and isinstance(raw, str) and raw in places:
                self._chosen[question] = places[raw]

    def _replies(self) -> dict[str, Reply]:
        return {
            str(question): Reply(
                str(self._chosen[question]),
                [option.feedback],
                option.is_right,
                _("✓ Yes.") if option.is_right else _("✗ Not quite."),
            )
            for question, option in self._options().items()
        }


def _check_index(name: str, index: int, count: int) -> None:
    if index not in range(count):
        allowed = _("a whole number from {low} to {high}", low=0, high=count - 1)
        raise NotAllowedError(name, index, allowed)


@dataclass(frozen=True)
class Position:
    """Where a reader is in a series of questions.

    Attributes
    ----------
    number : int
        Number of questions completed.
    answer : str
        Answer to the current one; empty until it is given.
    """

    number: int = 0
    answer: str = ""


class Question(Asking[Position]):
    """One question after another, each answered once.

    An `on_change` callback runs after each answer and each request to go on, and supplies what
    follows: `explain` after an answer, `ask` after that.
    """

    manner = Manner(final=True)

    def __init__(self) -> None:
        self._position = Position()
        self._asked = Asked("0", {})
        self._reply = Reply("")
        super().__init__([self._asked])

    @property
    def value(self) -> Position:
        """Where the reader is."""
        return self._position

    def ask(self, legend: str, options: Mapping[str, str], *, then: str) -> None:
        """Ask a question, replacing the previous one and its answer.

        Parameters
        ----------
        legend : str
            The question.
        options : Mapping of str to str
            Labels of the options, by id.
        then : str
            Label of the button that goes on after the answer.
        """
        id_ = str(int(self._asked.id) + 1)  # so that an answer to an earlier question is ignored
        self._asked = Asked(id_, dict(options), prompt=[legend], next=then)
        self._position = Position(self._position.number)
        with self.hold_sync():  # the page gets a question together with its state
            self._spec = self._described([self._asked])
            self._show()

    def explain(self, right: str, lines: Sequence[str]) -> None:
        """Disclose the right option, and why, in a few sentences of plain text."""
        self._reply = Reply(self._position.answer, lines, key=right)
        self._show()

    def _take(self, name: str, raw: object) -> None:
        fresh = name == self._asked.id and not self._position.answer
        if fresh and isinstance(raw, str) and raw in self._asked.options:
            self._position, self._reply = Position(self._position.number, raw), Reply(raw)

    def _go(self, at: int) -> None:
        if at == self._at + 1 and self._position.answer:
            self._position = Position(self._position.number + 1)

    def _replies(self) -> dict[str, Reply]:
        return {self._asked.id: self._reply} if self._position.answer else {}
