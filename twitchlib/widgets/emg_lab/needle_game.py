"""A game of naming ten recordings of a needle at rest."""

from dataclasses import dataclass

from twitchlib import emg
from twitchlib.figures.needle import plot_needle, transcript
from twitchlib.messages import gettext as _
from twitchlib.needle import NeedleRecording, discharges, naming
from twitchlib.needle.recording import NOTE
from twitchlib.quantity import Quantities
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.recording_game import Deck, RecordingGame, evidence

__all__ = ["NeedleGame", "NeedleNaming"]


@dataclass(frozen=True)
class Game(Quantities):
    """Which recordings to draw."""

    needle_game: float = setting(1, _("Game (number)"), low=1, high=999, integer=True)


class NeedleNaming(RecordingGame[NeedleRecording]):
    """The game of lesson 07."""

    def __init__(self) -> None:
        super().__init__(
            Deck(
                settings=Game,
                rounds=naming.ROUNDS,
                draw=naming.one_by_one,
                titles={name: known.title for name, known in discharges().items()},
                plot=lambda recording, named: plot_needle(recording, named=named),
                sound=transcript,
                why=_why,
                code=_shown_code,
                note=NOTE,
            )
        )


def NeedleGame() -> Dashboard[Game, NeedleRecording]:
    """Play a game of ten recordings of a needle at rest.

    Examples
    --------
    >>> NeedleGame().result.duration_s
    6.0
    """
    return NeedleNaming().dashboard


def _why(recording: NeedleRecording, answer: str) -> list[str]:
    """Return how to recognise it, and the evidence for it and against the answer."""
    known = discharges()[recording.kind]
    called = {name: one.word for name, one in discharges().items()}
    found = emg.classify(emg.measure_needle(recording))
    return [known.tells_apart, *evidence(found, recording.kind, answer, called)]


def _shown_code(game: int) -> str:
    return (
        "from twitchlib import emg, figures, needle\n\n"
        f"recording = needle.naming.rounds({game})[0].recording()\n"
        "emg.classify(emg.measure_needle(recording)).sentence\n"
        "figures.needle.plot_needle(recording, named=False)"
    )
