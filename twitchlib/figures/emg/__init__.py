"""Figures of an EMG: what was found in it, recordings side by side, and how well one did."""

from twitchlib.figures.emg.detection import plot_detection
from twitchlib.figures.emg.match import plot_match
from twitchlib.figures.emg.signals import plot_signals

__all__ = ["plot_detection", "plot_match", "plot_signals"]
