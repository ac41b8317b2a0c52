"""The kinds of muscle twitch, each simulated in one model of nerve and muscle.

A kind is a way of driving that model, never a waveform: a fasciculation is a stray spike of one
unit, clonus an oscillating reflex loop, a spasm self-sustained firing of motoneurons, myoclonus a
short volley or lapse; the look-alikes are made the same way. Each gives a `Recording`, which is
synthetic and says so.

Examples
--------
>>> from twitchlib import twitches
>>> recording = twitches.simulate("clonus", 5, seed=1)
>>> recording.synthetic, recording.events[0].label
(True, 'clonus')
"""

from twitchlib.twitches import naming
from twitchlib.twitches._kind import Kind
from twitchlib.twitches.files import read, write
from twitchlib.twitches.recording import Event, Recording
from twitchlib.twitches.simulation import kinds, simulate

__all__ = [
    "Event",
    "Kind",
    "Recording",
    "kinds",
    "naming",
    "read",
    "simulate",
    "write",
]
