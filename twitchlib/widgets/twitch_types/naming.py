"""Name that twitch: unseen recordings, from clear to look-alikes, and what decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import ipywidgets

from twitchlib.figures.twitches import plot_recording
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity
from twitchlib.twitches import Recording, kinds, naming
from twitchlib.twitches.recording import SYNTHETIC_NOTE
from twitchlib.widgets.prose import Prose, text
from twitchlib.widgets.question import Question, Turn
from twitchlib.widgets.sound import Sound
from twitchlib.widgets.stop import Stop

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Game", "NamingStop"]

_LEVELS: Final = {
    "clear": _("clear recordings of the four kinds"),
    "noisy": _("noisy recordings, and unusual versions"),
    "look-alikes": _("look-alikes among them"),
}
_MOST_REASONS: Final = 2


@dataclass(frozen=True)
class Game(Quantities):
    """Which recordings are drawn."""

    game: float = quantity(
        1, _("Game (number)"), unit="", low=1, high=999, source=_("Chosen by the reader"),
        illustrative=True, integer=True,
    )  # fmt: skip


class NamingStop(Stop[Game, Recording]):
    """A game of recordings to name, with a score and a table of what was taken for what.

    Attributes
    ----------
    question : Question
        The present question.
    answers : list of (str, str)
        What each recording was, and what was said.
    """

    _compares = False

    def __init__(self) -> None:
        self.question = Question()
        self.answers: list[tuple[str, str]] = []
        self._rounds: tuple[naming.Round, ...] = ()
        self._named = False
        self._score = Prose()
        super().__init__(
            Game, hints={"game": _("Take the same number and you get the same recordings.")}
        )
        self._ask()
        self.question.on_change(self._turned)

    def _run(self, settings: Game) -> Recording:
        self.answers.clear()
        self._rounds = naming.rounds(int(settings.game))
        self._named = False
        return self._rounds[0].recording()

    def _figures(self, result: Recording, _before: Recording | None) -> "Sequence[Figure]":
        return [plot_recording(result, named=self._named)]

    def _columns(self, shown: ipywidgets.Widget) -> Sequence[ipywidgets.Widget]:
        # First the recording, then what it may be, on a phone too.
        return (shown, ipywidgets.VBox([self.question, self._score, self.controls]))

    def _beneath(self) -> Sequence[ipywidgets.Widget]:
        self._sound = Sound(self.result)
        return (self._sound, Prose(f'<p class="tw-small">{text(SYNTHETIC_NOTE)}</p>'))

    def _refresh(self) -> None:
        super()._refresh()
        self._ask()

    def _ask(self) -> None:
        """Put the question of the present round, whose recording is there already."""
        one, number = self._rounds[len(self.answers)], len(self.answers) + 1
        last = number == len(self._rounds)
        self.question.ask(
            _("Recording {n} of {rounds}: what is it?", n=number, rounds=len(self._rounds)),
            {kind: kinds()[kind].title for kind in one.options},
            then=_("Play another game") if last else _("Next recording"),
        )
        self._sound.offer(self.result)
        self._score.html = _score(self.answers, one.level)

    def _turned(self, turn: Turn) -> None:
        if turn.answer:
            self._judge(turn.answer)
        elif len(self.answers) == len(self._rounds):
            game = int(self.controls.value.game)
            self.controls.set(game=game % 999 + 1)
        else:
            self.result = self._rounds[len(self.answers)].recording()
            self._named = False
            self._redraw()
            self._ask()

    def _judge(self, answer: str) -> None:
        now = self._rounds[len(self.answers)]
        self.answers.append((now.kind, answer))
        kind = kinds()[now.kind].title
        right = answer == now.kind
        verdict = (
            _("Right: {kind}.", kind=kind) if right else _("Not this time: {kind}.", kind=kind)
        )
        self.question.explain(now.kind, [verdict, *_why(self.result, answer)])
        self._named = True
        self._redraw()
        self._score.html = _score(self.answers, now.level)

    def _shown_code(self, settings: Game) -> str:
        return (
            "from twitchlib import emg, figures\n"
            "from twitchlib.twitches import naming\n\n"
            f"recording = naming.rounds({settings.game})[0].recording()\n"
            "emg.classify(emg.measure(emg.detect(recording))).sentence\n"
            "figures.twitches.plot_recording(recording, named=False)"
        )


def _why(recording: Recording, answer: str) -> list[str]:
    """Return what decides: what was found of the true kind, and what speaks against the other."""
    from twitchlib import emg  # what a visit without the game need not wait for

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


def _score(answers: Sequence[tuple[str, str]], level: str) -> str:
    right = sum(was == said for was, said in answers)
    score = (
        _("{right} of {answered} right.", right=right, answered=len(answers))
        if answers
        else _("Nothing answered yet.")
    )
    now = _("Now: {level}.", level=_LEVELS[level])
    told = f"<p><strong>{text(score)}</strong> {text(now)}</p>"
    return told + (_confusion(answers) if answers else "")


def _confusion(answers: Sequence[tuple[str, str]]) -> str:
    name, caption = _("What you took for what"), _("Down: what it was. Across: what you said.")
    table = naming.confusion(answers)
    head = "".join(f'<th scope="col">{text(kinds()[kind].title)}</th>' for kind in table)
    rows = "".join(
        f'<tr><th scope="row">{text(kinds()[was].title)}</th>'
        + "".join(_cell(count, was == said) for said, count in counts.items())
        + "</tr>"
        for was, counts in table.items()
    )
    return (
        f'<div class="tw-scroll" tabindex="0" role="region" aria-label="{text(name)}">'
        f'<table class="tw-counts"><caption>{text(caption)}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(count: int, right: bool) -> str:
    look = ' class="tw-right"' if right else ""
    return f"<td{look}>{count or '·'}</td>"
