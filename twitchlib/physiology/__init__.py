"""Pure models of nerve and muscle: numbers in, numbers out.

Each module holds one model: its parameters (a frozen dataclass with units, ranges and sources), a
function that runs it, and the result of a run. Every model with an input and a duration is run in
the same way, ``simulate(model, input, duration_ms, …)``, with a `seed` wherever chance plays a
part. `models` says what each model includes and what it leaves out. Nothing here draws, reads files
or knows about widgets, and pandas is loaded only when a result is turned into a table.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twitchlib.physiology.cards import models as models
    from twitchlib.physiology.model_card import Check as Check
    from twitchlib.physiology.model_card import ModelCard as ModelCard

_HOMES = {
    "Check": "model_card",  # untranslated: a name
    "ModelCard": "model_card",
    "models": "cards",
}
# The building blocks of models. Every other module is a model, and public without being listed.
_INNER = {"cards", "fibres", "membranes", "model_card", "motor_units"}

__all__ = [
    *_HOMES,
    *(
        module.name
        for module in iter_modules(__path__)
        if not module.name.startswith("_") and module.name not in _INNER
    ),
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        home = import_module(f"{__name__}.{_HOMES.get(name, name)}")
        return getattr(home, name) if name in _HOMES else home
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")  # untranslated: code


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
