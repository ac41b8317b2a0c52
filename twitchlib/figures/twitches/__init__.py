"""Recordings of twitches as figures, words and sound."""

from twitchlib.figures.twitches.plots import plot_gallery, plot_recording
from twitchlib.figures.twitches.sound import transcript, wav
from twitchlib.figures.twitches.tries import plot_tries
from twitchlib.figures.twitches.words import describe

__all__ = [
    "describe",
    "plot_gallery",
    "plot_recording",
    "plot_tries",
    "transcript",
    "wav",
]
