"""Analyse an EMG: filter, detect, measure, and classify it by open rules.

`analyse` does it all at once, and each step can be run on its own. A `Signal` is an EMG in
millivolts with its sampling rate; `read` makes one from a file, and a `twitches.Recording` is
accepted too. Kinds of traces are named here; nothing is diagnosed.

Examples
--------
>>> from twitchlib import emg, twitches
>>> recording = twitches.simulate("clonus", seed=1, duration_s=10)
>>> emg.analyse(recording).classification.sentence
'By these rules the trace looks like clonus.'
>>> found = emg.detect(emg.bandpass(recording))
>>> emg.classify(emg.measure(found)).kind
'clonus'
"""

from twitchlib.emg.analysis import Analysis, analyse
from twitchlib.emg.batches import analyse_folder
from twitchlib.emg.channels import Events, scan
from twitchlib.emg.classification import Classification, Rule, classify, needle_rules, rules
from twitchlib.emg.cleaning import clean
from twitchlib.emg.counting import Count, count
from twitchlib.emg.detection import Detection, detect
from twitchlib.emg.examples import Example, examples
from twitchlib.emg.features import Features, measure
from twitchlib.emg.filtering import bandpass
from twitchlib.emg.flaws import Flaw
from twitchlib.emg.needle_features import NeedleFeatures, measure_needle
from twitchlib.emg.readers import read
from twitchlib.emg.scoring import Match
from twitchlib.emg.signal import Signal
from twitchlib.emg.spike_trains import SpikeTrains, read_units

__all__ = [
    "Analysis",
    "Classification",
    "Count",
    "Detection",
    "Events",
    "Example",
    "Features",
    "Flaw",
    "Match",
    "NeedleFeatures",
    "Rule",
    "Signal",
    "SpikeTrains",
    "analyse",
    "analyse_folder",
    "bandpass",
    "classify",
    "clean",
    "count",
    "detect",
    "examples",
    "measure",
    "measure_needle",
    "needle_rules",
    "read",
    "read_units",
    "rules",
    "scan",
]
