"""Recordings of twitches as figures, words and sound."""

from twitchlib.figures.twitches.plots import plot_gallery, plot_recording
from twitchlib.figures.twitches.sound import transcript, wav

__all__ = [
    "plot_gallery",
    "plot_recording",
    "transcript",
    "wav",
]
