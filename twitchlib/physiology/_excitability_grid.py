"""The thresholds of a motor axon's node in many baths, computed once and stored.

Computing one curve takes up to a second, and changing one salt changes the curves of the others. A
test recomputes the table and, if it differs, shows the new one, which can be pasted here.
"""

from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray

__all__ = ["DIVALENT_MM", "FIRES", "NEVER", "POTASSIUM_MM", "STUCK", "THRESHOLDS", "parsed"]

POTASSIUM_MM: Final = np.arange(2, 10.01, 0.5)
"""Potassium of each row, in mmol/L."""

DIVALENT_MM: Final = np.array([0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.1, 1.38, 1.7, 2.1, 2.5, 3])
"""Calcium plus weighted magnesium of each column, in mmol/L."""

FIRES, STUCK, NEVER = np.nan, -np.inf, np.inf
"""Stand for a node that fires by itself, is blocked, or is not made to fire by any pulse."""

_WORDS: Final = {"fires": FIRES, "stuck": STUCK, "never": NEVER}

# The weakest pulse of 0.1 ms that makes the node fire, in µA/cm².
THRESHOLDS: Final = """
   64   146   224   296   328   360   418   522   646   770 never never never
fires    60   134   206   240   272   334   442   568   688   824 never never
fires fires    54   122   156   190   254   368   500   622   752   878 never
fires fires fires    48    78   112   178   298   436   564   694   808   970
fires fires fires fires fires    38   100   226   374   510   644   756   886
    0 fires fires fires fires fires    30   152   314   456   596   710   832
never     0 fires fires fires fires fires    74   248   404   552   668   790
stuck stuck stuck fires fires fires fires    10   176   350   508   628   752
stuck stuck stuck stuck stuck fires fires fires    94   292   464   590   716
stuck stuck stuck stuck stuck stuck stuck fires    16   226   418   554   684
stuck stuck stuck stuck stuck stuck stuck fires fires   144   370   516   652
stuck stuck stuck stuck stuck stuck stuck stuck fires    40   316   478   620
stuck stuck stuck stuck stuck stuck stuck stuck fires fires   252   438   590
stuck stuck stuck stuck stuck stuck stuck stuck stuck fires   164   396   558
stuck stuck stuck stuck stuck stuck stuck stuck stuck fires fires   346   526
stuck stuck stuck stuck stuck stuck stuck stuck stuck stuck fires   286   494
stuck stuck stuck stuck stuck stuck stuck stuck stuck stuck fires   190   458
"""  # untranslated: numbers


def parsed() -> FloatArray:
    """Return the table as numbers, with `FIRES`, `STUCK` and `NEVER` among them."""
    rows = [line.split() for line in THRESHOLDS.strip().splitlines()]
    return np.array([[_WORDS.get(cell) or float(cell) for cell in row] for row in rows])
