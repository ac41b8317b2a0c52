"""Pure models of nerve and muscle: numbers in, numbers out.

Each module holds one model: its parameters (a frozen dataclass with units, ranges and sources),
a function that runs it and the result of a run. Nothing here draws, reads files or knows a
widget, and pandas is loaded only when a result is asked for its table.
"""

from importlib import import_module
from types import ModuleType

__all__ = [
    "axon",
    "bathed_node",
    "caffeine",
    "cards",
    "excitability",
    "ions",
    "junction",
    "motoneuron",
    "motor_pool",
    "motor_units",
    "reflex",
    "stability",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")  # untranslated: code


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
