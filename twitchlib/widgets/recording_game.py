"""A game of naming recordings one by one, with reasons, a score and a table of mistakes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

import ipywidgets

from twitchlib.emg import Classification
from twitchlib.emg.classification import Rule
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.rounds import confusion
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import facing, stack, stage
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Position, Question
from twitchlib.widgets.sound import Sound

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Deck", "RecordingGame", "evidence"]

R = TypeVar("R")

_MOST_REASONS: Final = 2
_LAST_GAME: Final = 999


class Asked(Protocol):
    """A recording to name: its kind, and the kinds to choose from."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def options(self) -> Sequence[str]:
        """The kinds to choose from."""


@dataclass(frozen=True)
class Deck(Generic[R]):
    """The contents of a game.

    Attributes
    ----------
    settings : type of Quantities
        Its one setting is the number of the game.
    rounds : int
        How many recordings a game has.
    draw : callable
        ``draw(number) -> iterator of (round, recording)``; a recording is made only when needed.
    titles : mapping of str to str
        Title of each kind.
    plot : callable
        ``plot(recording, named) -> figure``.
    sound : callable or None
        ``sound(recording) -> str``: its sound in words, without its name; None for the words for
        a `twitches.Recording`.
    why : callable
        ``why(recording, answer) -> list of str``: the reasons for the right name.
    standing : callable
        ``standing(round) -> str``: a remark on the kind of round; may be empty.
    code : callable
        ``code(number) -> str``: code that makes the game's first recording and names it.
    note : str
        Where the recordings come from.
    """

    settings: type[Quantities]
    rounds: int
    draw: Callable[[int], Iterator[tuple[Any, R]]]
    titles: Mapping[str, str]
    plot: "Callable[[R, bool], Figure]"
    why: Callable[[R, str], list[str]]
    code: Callable[[int], str]
    note: str
    standing: Callable[[Any], str] = lambda _round: ""
    sound: Callable[[R], str] | None = None


class RecordingGame(Generic[R]):
    """The state of a game.

    Attributes
    ----------
    dashboard : Dashboard
        The dashboard that shows it.
    question : Question
        The current question.
    answers : list of (str, str)
        The true kind of each recording, and the answer given.
    score : Prose
        How many answers were right.
    sound : Sound
        Plays the current recording.
    """

    def __init__(self, deck: Deck[R]) -> None:
        self._deck = deck
        self.question, self.score = Question(), Prose()
        self.answers: list[tuple[str, str]] = []
        self._rounds: Iterator[tuple[Asked, R]] = iter(())
        self._named = False
        (self._number,) = deck.settings.__dataclass_fields__
        self.dashboard: Dashboard[Any, R] = Dashboard(
            deck.settings,
            run=self._begin,
            figures=lambda _game, recording, _before: [deck.plot(recording, self._named)],
            code=lambda settings: deck.code(self._of(settings)),
            hints={self._number: _("Take the same number and you get the same recordings.")},
            arrange=self._arranged,
        )
        self.dashboard.on_change(self._ask)
        self.dashboard.result  # noqa: B018 - the first round comes with its recording
        self._ask()
        self.question.on_change(self._on_change)

    def _of(self, settings: Quantities) -> int:
        return int(getattr(settings, self._number))

    def _begin(self, settings: Quantities) -> R:
        self.answers.clear()
        # Only the first round is needed now; drawing the whole game would take ten times as long.
        self._rounds = self._deck.draw(self._of(settings))
        self._named = False
        return self._next()

    def _next(self) -> R:
        self._now, recording = next(self._rounds)
        return recording

    def _arranged(self, dashboard: Dashboard[Any, R]) -> list[ipywidgets.Widget]:
        said = {"words": self._deck.sound} if self._deck.sound else {}
        self.sound = Sound(lambda: dashboard.result, clock=dashboard.clock, **said)
        note = Prose(html('<p class="tw-small">{}</p>', self._deck.note))
        asked = stack(self.question, self.sound, dashboard.controls)
        together = facing(asked, stage(dashboard.views), self.score, note)
        return [together, dashboard.code]

    def _ask(self) -> None:
        """Ask about the current round, whose recording is already on display."""
        number = len(self.answers) + 1
        rounds = self._deck.rounds
        self.question.ask(
            _("Recording {n} of {rounds}: what is it?", n=number, rounds=rounds),
            {kind: self._deck.titles[kind] for kind in self._now.options},
            then=_("Play another game") if number == rounds else _("Next recording"),
        )
        self.sound.offer()
        self.score.html = self._score()

    def _on_change(self, position: Position) -> None:
        if position.answer:
            self._judge(position.answer)
        elif len(self.answers) == self._deck.rounds:
            controls = self.dashboard.controls
            controls.set(**{self._number: self._of(controls.value) % _LAST_GAME + 1})
        else:
            self.dashboard.result = self._next()
            self._name(False)
            self._ask()

    def _judge(self, answer: str) -> None:
        now = self._now
        self.answers.append((now.kind, answer))
        kind = self._deck.titles[now.kind]
        right = answer == now.kind
        verdict = (
            _("Right: {kind}.", kind=kind) if right else _("Not this time: {kind}.", kind=kind)
        )
        reasons = self._deck.why(self.dashboard.result, answer)
        self.question.explain(now.kind, [verdict, *reasons])
        self._name(True)
        self.score.html = self._score()

    def _name(self, named: bool) -> None:
        """Show the recording with or without its name."""
        self._named = named
        self.dashboard.redraw()

    def _score(self) -> Markup:
        right = sum(was == said for was, said in self.answers)
        score = (
            _("{right} of {answered} right.", right=right, answered=len(self.answers))
            if self.answers
            else _("Nothing answered yet.")
        )
        text = html("<p><strong>{}</strong> {}</p>", score, self._deck.standing(self._now))
        return text + _confusion(self.answers, self._deck.titles) if self.answers else text


def evidence(found: Classification, kind: str, answer: str, called: Mapping[str, str]) -> list[str]:
    """Return which measured values speak for the true kind, and which against the one answered."""
    features = found.features
    right, wrong = (_nearest(found, name) for name in (kind, answer))
    kept = [rule for rule in right if rule.keeps(features)]
    missed = [rule for rule in wrong if answer != kind and not rule.keeps(features)]
    return [
        *(
            _("For it: {why} {found}", why=rule.why, found=rule.describe(features))
            for rule in kept[:_MOST_REASONS]
        ),
        *(
            _(
                "Against {kind}: {why} {found}",
                kind=called[answer],
                why=rule.why,
                found=rule.describe(features),
            )
            for rule in missed[:_MOST_REASONS]
        ),
    ]


def _nearest(found: Classification, kind: str) -> Sequence[Rule]:
    """Return the best-matching rules of a kind, if any: the candidates come nearest first."""
    return next((rules for rules in found.candidates if rules[0].kind == kind), ())


def _confusion(answers: Sequence[tuple[str, str]], titles: Mapping[str, str]) -> Markup:
    table = confusion(answers, titles)
    return html(
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="tw-counts"><caption>{}</caption>'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>",
        _("What you took for what"),
        _("Down: what it was. Across: what you said."),
        each('<th scope="col">{}</th>', (titles[kind] for kind in table)),
        each(
            '<tr><th scope="row">{}</th>{}</tr>',
            (
                (titles[was], each("{}", (_cell(n, was == said) for said, n in counts.items())))
                for was, counts in table.items()
            ),
        ),
    )


def _cell(count: int, right: bool) -> Markup:
    return html('<td class="tw-right">{}</td>' if right else "<td>{}</td>", count or "·")
