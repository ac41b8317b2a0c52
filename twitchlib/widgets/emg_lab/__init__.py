"""The dashboards of lesson 07: analyse an EMG, compare three, and search a hidden one."""

from twitchlib.widgets.emg_lab.compare import CompareRecordings
from twitchlib.widgets.emg_lab.hidden import HiddenRecording
from twitchlib.widgets.emg_lab.lab import EmgLab

__all__ = ["CompareRecordings", "EmgLab", "HiddenRecording"]
