"""What a lesson shows: one name for each dashboard, loaded when it is first used."""

from importlib import import_module
from typing import Any, Final

__all__ = ["CaffeineDay", "TriggersDashboard", "evidence", "lesson_map"]

_HOMES: Final = {
    "CaffeineDay": "caffeine_day",
    "TriggersDashboard": "triggers",
    "evidence": "claims",
    "lesson_map": "course_map",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
