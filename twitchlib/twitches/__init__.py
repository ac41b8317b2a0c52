"""The kinds of muscle twitch, each made to happen in one model of nerve and muscle.

A kind is a way of driving that model, never a shape: a fasciculation is a stray spike of one unit,
clonus a reflex loop that swings, a spasm motoneurons that hold themselves up, myoclonus a short
volley or lapse; the look-alikes are made likewise. Each gives a `Recording`, which is synthetic and
says so.

Examples
--------
>>> from twitchlib import twitches
>>> recording = twitches.simulate("clonus", seed=1, duration_s=5)
>>> recording.synthetic, recording.events[0].label
(True, 'clonus')
"""

from twitchlib.twitches.files import RecordingFileError, read, write
from twitchlib.twitches.kinds import KINDS, Kind, kind, simulate
from twitchlib.twitches.recording import SYNTHETIC_NOTE, WHOLE_MUSCLE, Event, Recording

__all__ = [
    "KINDS",
    "SYNTHETIC_NOTE",
    "WHOLE_MUSCLE",
    "Event",
    "Kind",
    "Recording",
    "RecordingFileError",
    "kind",
    "read",
    "simulate",
    "write",
]
