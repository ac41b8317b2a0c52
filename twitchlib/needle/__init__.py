"""What a needle picks up in a muscle at rest: ten discharges, each with its shape and its pattern.

The shapes follow from where the needle is beside a fibre (`physiology.muscle_fibre`); the patterns
are drawn from the ranges of the table ``needle_values`` in ``data/``, each with its source. A
`NeedleRecording` is synthetic, and says so. The conditions in which the literature reports a
discharge are not a diagnosis.

Examples
--------
>>> from twitchlib import emg, needle
>>> ticking = needle.simulate("fibrillation", 4, seed=1)
>>> ticking.synthetic, needle.discharges()["fibrillation"].normal
(True, False)
"""

from twitchlib.needle import naming
from twitchlib.needle._discharges import Discharge, Range, discharges
from twitchlib.needle.recording import NeedleRecording, simulate

__all__ = ["Discharge", "NeedleRecording", "Range", "discharges", "naming", "simulate"]
