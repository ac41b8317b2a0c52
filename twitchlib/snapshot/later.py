"""Modules that are imported only when a name in them is used."""

import importlib
import sys
from types import ModuleType
from typing import Any

__all__ = ["Later", "forget"]


class Later(ModuleType):
    """Stands in for a module, which is imported when a name in it is used.

    Examples
    --------
    >>> Later("colorsys").rgb_to_hsv(1, 0, 0)
    (0.0, 1.0, 1)
    """

    def __getattr__(self, name: str) -> Any:
        """Import the module, and return its attribute of that name."""
        if name.startswith("__"):  # the import system itself looks these up
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def forget(package: str) -> None:
    """Unload a package and its modules, which are imported again when next needed.

    Other modules that refer to one of them get a `Later` instead; names imported from one of them
    stay as they are.
    """
    unloaded = {
        name: module
        for name, module in sys.modules.items()
        if name == package or name.startswith(f"{package}.")
    }
    for name in unloaded:
        del sys.modules[name]
    by_id = {id(module): name for name, module in unloaded.items()}
    for names in [vars(one) for one in sys.modules.values() if isinstance(one, ModuleType)]:
        for key in [key for key, value in names.items() if id(value) in by_id]:
            names[key] = Later(by_id[id(names[key])])
