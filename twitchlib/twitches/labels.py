"""What events are called as data: in files and in tables it is the same in every language.

What a reader sees instead is in `twitchlib.figures.twitches.words`.
"""

from typing import Final

__all__ = [
    "BRIEF_CONTRACTION",
    "CLONUS",
    "FASCICULATION",
    "MYOCLONUS",
    "MYOKYMIA",
    "NEGATIVE_MYOCLONUS",
    "NEUROMYOTONIA",
    "SHIVERING",
    "SPASM",
    "STRETCH_REFLEX",
    "TREMOR",
    "VOLUNTARY",
]

FASCICULATION: Final = "fasciculation"
CLONUS: Final = "clonus"
STRETCH_REFLEX: Final = "stretch reflex"  # untranslated: data
SPASM: Final = "spasm"
BRIEF_CONTRACTION: Final = "brief contraction"  # untranslated: data
MYOCLONUS: Final = "myoclonus"
NEGATIVE_MYOCLONUS: Final = "negative myoclonus"  # untranslated: data
MYOKYMIA: Final = "myokymia"
NEUROMYOTONIA: Final = "neuromyotonia"
TREMOR: Final = "tremor"
SHIVERING: Final = "shivering"
VOLUNTARY: Final = "voluntary contraction"  # untranslated: data
