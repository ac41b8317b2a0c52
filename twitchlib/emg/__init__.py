"""Analyse an EMG: filter, detect, measure, and say by open rules what it looks like.

Works on any EMG given as numbers in millivolts and a sampling rate, recorded or synthetic. It names
kinds of traces; it never diagnoses.

Examples
--------
>>> from twitchlib import emg, twitches
>>> recording = twitches.simulate("clonus", seed=1, duration_s=10)
>>> clean = emg.bandpass(recording.emg_mv, recording.sample_hz)
>>> found = emg.detect(clean, recording.sample_hz)
>>> measured = emg.measure(found)
>>> emg.classify(measured).sentence
'By these rules the trace looks like clonus.'
"""

from twitchlib.emg.classification import (
    NOTE,
    Candidate,
    Classification,
    Reason,
    Rule,
    classify,
    rules,
)
from twitchlib.emg.detection import DETECTOR, Detection, Detector, detect
from twitchlib.emg.examples import EXAMPLES, Example, fetch, openhdemg_sample, standin
from twitchlib.emg.features import FEATURES, Feature, Features, measure, potentials
from twitchlib.emg.filtering import bandpass
from twitchlib.emg.readers import FORMATS, Signal, SignalError, read
from twitchlib.emg.scoring import TOLERANCE_S, Match, match

__all__ = [
    "DETECTOR",
    "EXAMPLES",
    "FEATURES",
    "FORMATS",
    "NOTE",
    "TOLERANCE_S",
    "Candidate",
    "Classification",
    "Detection",
    "Detector",
    "Example",
    "Feature",
    "Features",
    "Match",
    "Reason",
    "Rule",
    "Signal",
    "SignalError",
    "bandpass",
    "classify",
    "detect",
    "fetch",
    "match",
    "measure",
    "openhdemg_sample",
    "potentials",
    "read",
    "rules",
    "standin",
]
