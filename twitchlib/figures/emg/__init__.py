"""Figures of an EMG: detected events, recordings compared, and detection against truth."""

from twitchlib.figures.emg.detection import plot_detection
from twitchlib.figures.emg.match import plot_match
from twitchlib.figures.emg.signals import plot_signals

__all__ = ["plot_detection", "plot_match", "plot_signals"]
