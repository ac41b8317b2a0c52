"""Recordings of twitches as figures, as words and as sound."""

from twitchlib.figures.twitches.plots import SIGNALS, plot_gallery, plot_recording
from twitchlib.figures.twitches.sound import SOUND_HZ, transcript, wav
from twitchlib.figures.twitches.tries import plot_tries
from twitchlib.figures.twitches.words import describe, rhythm_hz

__all__ = [
    "SIGNALS",
    "SOUND_HZ",
    "describe",
    "plot_gallery",
    "plot_recording",
    "plot_tries",
    "rhythm_hz",
    "transcript",
    "wav",
]
