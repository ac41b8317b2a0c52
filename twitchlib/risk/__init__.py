"""From habits to the guide's qualitative risk factors for muscle twitching.

Levels and reasons, never a probability and never a diagnosis. Each reason carries the guide's
claim and, beside it, what the literature says about that claim. The rules (thresholds, words,
sources) are the tables ``factors``, ``levels`` and ``bands`` in ``data/``.

Examples
--------
>>> from twitchlib import risk
>>> found = risk.assess(risk.Habits(caffeine_mg=500, sleep_h=5))
>>> [finding.label for finding in found.contributing]
['Caffeine', 'Sleep']
"""

from twitchlib.risk.assessment import Assessment, Finding, assess
from twitchlib.risk.habits import Habits, presets
from twitchlib.risk.rules import Band, Factor, Level, factors
from twitchlib.risk.table import assess_frame

__all__ = [
    "Assessment",
    "Band",
    "Factor",
    "Finding",
    "Habits",
    "Level",
    "assess",
    "assess_frame",
    "factors",
    "presets",
]
