"""An interactive course on muscle twitching, and the library under it.

Submodules are loaded when they are first used, so that ``import twitchlib`` costs next to
nothing: a dashboard loads only what it shows. Lesson 08, which ``twitchlib lab`` opens with the
others, is a cookbook of short recipes.

Examples
--------
>>> import twitchlib
>>> twitchlib.risk.assess(twitchlib.risk.Habits(caffeine_mg=500, sleep_h=5)).band.word
'a factor or two'
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

__all__ = [
    "care",
    "diary",
    "emg",
    "errors",
    "exercises",
    "figures",
    "guide",
    "markup",
    "needle",
    "physiology",
    "quantity",
    "quiz",
    "risk",
    "scenes",
    "triage",
    "twitches",
    "widgets",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    said = f"module {__name__!r} has no attribute {name!r}"  # untranslated: Python's own words
    raise AttributeError(said)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
