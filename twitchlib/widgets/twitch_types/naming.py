"""Name that twitch: unseen recordings, from clear ones to look-alikes, with the reasons."""

from dataclasses import dataclass
from typing import Final

from twitchlib.figures.twitches import plot_recording
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.twitches import Recording, kinds, naming
from twitchlib.twitches.recording import SYNTHETIC_NOTE
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.recording_game import Deck, RecordingGame, evidence

__all__ = ["Game", "NamingGame", "naming_stop"]

_LEVELS: Final = {
    "clear": _("clear recordings of the four kinds"),
    "noisy": _("noisy recordings, and unusual versions"),
    "look-alikes": _("look-alikes among them"),
}


@dataclass(frozen=True)
class Game(Quantities):
    """Which recordings to draw."""

    game: float = setting(1, _("Game (number)"), low=1, high=999, integer=True)


def naming_stop() -> Dashboard[Game, Recording]:
    """Play a game of recordings to name, with a score and a table of what was taken for what."""
    return NamingGame().dashboard


class NamingGame(RecordingGame[Recording]):
    """The game of lesson 02."""

    def __init__(self) -> None:
        super().__init__(
            Deck(
                settings=Game,
                rounds=naming.ROUNDS,
                draw=naming.one_by_one,
                titles={name: kind.title for name, kind in kinds().items()},
                plot=lambda recording, named: plot_recording(recording, named=named),
                why=_why,
                standing=lambda one: _("Now: {level}.", level=_LEVELS[one.level]),
                code=_shown_code,
                note=SYNTHETIC_NOTE,
            )
        )


def _shown_code(game: int) -> str:
    return (
        "from twitchlib import emg, figures\n"
        "from twitchlib.twitches import naming\n\n"
        f"recording = naming.rounds({game})[0].recording()\n"
        "emg.classify(emg.measure(emg.detect(recording))).sentence\n"
        "figures.twitches.plot_recording(recording, named=False)"
    )


def _why(recording: Recording, answer: str) -> list[str]:
    """Return the part at fault, and the evidence for the right name and against the answer."""
    from twitchlib import emg  # only the game needs it

    found = emg.classify(emg.measure(emg.detect(recording)))
    kind = kinds()[recording.kind]
    called = {name: known.in_sentence for name, known in kinds().items()}
    fault = _("Part at fault: {part}. {how}.", part=kind.part, how=beginning(kind.how))
    return [fault, *evidence(found, recording.kind, answer, called)]
