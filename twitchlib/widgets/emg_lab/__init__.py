"""The dashboards of lesson 07: an EMG analysed, a hidden one, and needles at rest and at work."""

from twitchlib.widgets.emg_lab.at_rest import NeedleAtRest
from twitchlib.widgets.emg_lab.compare import CompareRecordings
from twitchlib.widgets.emg_lab.hidden import HiddenRecording
from twitchlib.widgets.emg_lab.lab import EmgLab
from twitchlib.widgets.emg_lab.needle_game import NeedleGame

__all__ = ["CompareRecordings", "EmgLab", "HiddenRecording", "NeedleAtRest", "NeedleGame"]
