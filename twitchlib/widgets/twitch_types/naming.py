"""Name that twitch: unseen recordings, from clear ones to look-alikes, and what decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import ipywidgets

from twitchlib.figures.twitches import plot_recording
from twitchlib.markup import Markup, each, html
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.twitches import Recording, kinds, naming
from twitchlib.twitches.recording import SYNTHETIC_NOTE
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import facing, stack, stage
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Question, Turn
from twitchlib.widgets.sound import Sound

__all__ = ["Game", "NamingGame", "naming_stop"]

_LEVELS: Final = {
    "clear": _("clear recordings of the four kinds"),
    "noisy": _("noisy recordings, and unusual versions"),
    "look-alikes": _("look-alikes among them"),
}
_MOST_REASONS: Final = 2


@dataclass(frozen=True)
class Game(Quantities):
    """Which recordings to draw."""

    game: float = setting(1, _("Game (number)"), low=1, high=999, integer=True)


def naming_stop() -> Dashboard[Game, Recording]:
    """Play a game of recordings to name, with a score and a table of what was taken for what."""
    return NamingGame().dashboard


class NamingGame:
    """The state of the game.

    Attributes
    ----------
    dashboard : Dashboard
        The dashboard that shows it.
    question : Question
        The current question.
    answers : list of (str, str)
        The true kind of each recording, and the answer given.
    score : Prose
        How many were right.
    sound : Sound
        The current recording, to listen to.
    """

    def __init__(self) -> None:
        self.question, self.score = Question(), Prose()
        self.answers: list[tuple[str, str]] = []
        self._rounds: Iterator[tuple[naming.Round, Recording]] = iter(())
        self._named = False
        self.dashboard = Dashboard(
            Game,
            run=self._begin,
            figures=lambda _game, recording, _before: [
                plot_recording(recording, named=self._named)
            ],
            code=_shown_code,
            hints={"game": _("Take the same number and you get the same recordings.")},
            arrange=self._arranged,
        )
        self.dashboard.on_change(self._ask)
        self.dashboard.result  # noqa: B018 - the first round comes with its recording
        self._ask()
        self.question.on_change(self._on_turn)

    def _begin(self, settings: Game) -> Recording:
        self.answers.clear()
        # Only the first round is needed now; a whole game takes ten times as long to draw.
        self._rounds = naming.one_by_one(int(settings.game))
        self._named = False
        return self._next()

    def _next(self) -> Recording:
        self._now, recording = next(self._rounds)
        return recording

    def _arranged(self, dashboard: Dashboard[Game, Recording]) -> list[ipywidgets.Widget]:
        self.sound = Sound(lambda: dashboard.result, clock=dashboard.clock)
        note = Prose(html('<p class="tw-small">{}</p>', SYNTHETIC_NOTE))
        asked = stack(self.question, self.sound, dashboard.controls)
        together = facing(asked, stage(dashboard.views), self.score, note)
        return [together, dashboard.code]

    def _ask(self) -> None:
        """Ask about the current round, whose recording is already on display."""
        one, number = self._now, len(self.answers) + 1
        last = number == naming.ROUNDS
        self.question.ask(
            _("Recording {n} of {rounds}: what is it?", n=number, rounds=naming.ROUNDS),
            {kind: kinds()[kind].title for kind in one.options},
            then=_("Play another game") if last else _("Next recording"),
        )
        self.sound.offer()
        self.score.html = _score(self.answers, one.level)

    def _on_turn(self, turn: Turn) -> None:
        if turn.answer:
            self._judge(turn.answer)
        elif len(self.answers) == naming.ROUNDS:
            controls = self.dashboard.controls
            controls.set(game=int(controls.value.game) % 999 + 1)
        else:
            self.dashboard.result = self._next()
            self._name(False)
            self._ask()

    def _judge(self, answer: str) -> None:
        now = self._now
        self.answers.append((now.kind, answer))
        kind = kinds()[now.kind].title
        right = answer == now.kind
        verdict = (
            _("Right: {kind}.", kind=kind) if right else _("Not this time: {kind}.", kind=kind)
        )
        self.question.explain(now.kind, [verdict, *_why(self.dashboard.result, answer)])
        self._name(True)
        self.score.html = _score(self.answers, now.level)

    def _name(self, named: bool) -> None:
        """Show the recording with or without its name."""
        self._named = named
        self.dashboard.redraw()


def _shown_code(settings: Game) -> str:
    return (
        "from twitchlib import emg, figures\n"
        "from twitchlib.twitches import naming\n\n"
        f"recording = naming.rounds({settings.game})[0].recording()\n"
        "emg.classify(emg.measure(emg.detect(recording))).sentence\n"
        "figures.twitches.plot_recording(recording, named=False)"
    )


def _called(kind: str) -> str:
    return kinds()[kind].title


def _why(recording: Recording, answer: str) -> list[str]:
    """Return what decides: evidence for the true kind, and against the one answered."""
    from twitchlib import emg  # imported late: only the game needs it

    found = emg.classify(emg.measure(emg.detect(recording)))
    kind = kinds()[recording.kind]
    lines = [_("Part at fault: {part}. {how}.", part=kind.part, how=beginning(kind.how))]
    # The candidates come nearest first.
    of_kind = [rules for rules in found.candidates if rules[0].kind == recording.kind]
    if of_kind:
        kept = [rule for rule in of_kind[0] if rule.keeps(found.features)][:_MOST_REASONS]
        lines += [
            _("For it: {why} {found}", why=rule.why, found=rule.describe(found.features))
            for rule in kept
        ]
    wrong = [r for r in found.candidates if r[0].kind == answer != recording.kind]
    if wrong:
        missed = [rule for rule in wrong[0] if not rule.keeps(found.features)][:_MOST_REASONS]
        lines += [
            _(
                "Against {kind}: {why} {found}",
                kind=kinds()[answer].in_sentence,
                why=rule.why,
                found=rule.describe(found.features),
            )
            for rule in missed
        ]
    return lines


def _score(answers: Sequence[tuple[str, str]], level: str) -> Markup:
    right = sum(was == said for was, said in answers)
    score = (
        _("{right} of {answered} right.", right=right, answered=len(answers))
        if answers
        else _("Nothing answered yet.")
    )
    now = _("Now: {level}.", level=_LEVELS[level])
    text = html("<p><strong>{}</strong> {}</p>", score, now)
    return text + _confusion(answers) if answers else text


def _confusion(answers: Sequence[tuple[str, str]]) -> Markup:
    table = naming.confusion(answers)
    return html(
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="tw-counts"><caption>{}</caption>'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>",
        _("What you took for what"),
        _("Down: what it was. Across: what you said."),
        each('<th scope="col">{}</th>', map(_called, table)),
        each(
            '<tr><th scope="row">{}</th>{}</tr>',
            (
                (_called(was), each("{}", (_cell(n, was == said) for said, n in counts.items())))
                for was, counts in table.items()
            ),
        ),
    )


def _cell(count: int, right: bool) -> Markup:
    return html('<td class="tw-right">{}</td>' if right else "<td>{}</td>", count or "·")
