"""Results as plotly figures, and the same results as sentences and tables.

Each figure carries its description in ``layout.meta["description"]``, so that whatever displays the
figure can also describe it.
"""

from importlib import import_module
from types import ModuleType

__all__ = [
    "cable",
    "caffeine",
    "care",
    "diary",
    "emg",
    "fatigue",
    "ions",
    "junction",
    "membrane",
    "motor_pool",
    "needle",
    "reflex",
    "risk",
    "triage",
    "twitches",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    message = f"module {__name__!r} has no attribute {name!r}"  # untranslated: Python's own words
    raise AttributeError(message)
