"""What a lesson shows: one name for each dashboard, loaded when it is first used."""

from importlib import import_module
from typing import Any, Final

__all__ = [
    "CaffeineDay",
    "NervousSystem",
    "TriggersDashboard",
    "evidence",
    "signal_path",
]

_HOMES: Final = {
    "CaffeineDay": "caffeine_day",
    "NervousSystem": "nervous_system",
    "TriggersDashboard": "triggers",
    "evidence": "claims",
    "signal_path": "nervous_system.diagram",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
