"""Modules that stay away until somebody asks one of them for a name."""

import importlib
import sys
from types import ModuleType
from typing import Any

__all__ = ["Later", "forget"]


class Later(ModuleType):
    """Stands in for a module, which is imported when it is asked for a name.

    Examples
    --------
    >>> Later("colorsys").rgb_to_hsv(1, 0, 0)
    (0.0, 1.0, 1)
    """

    def __getattr__(self, name: str) -> Any:
        """Return what the module has under that name."""
        if name.startswith("__"):  # what the import system itself asks for
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def forget(package: str) -> None:
    """Have a package and its modules imported anew when they are next needed.

    Whoever has imported one of them as a whole is given a `Later` instead; names that were taken
    out of one stay what they are.
    """
    gone = {
        name: module
        for name, module in sys.modules.items()
        if name == package or name.startswith(f"{package}.")
    }
    for name in gone:
        del sys.modules[name]
    away = {id(module): name for name, module in gone.items()}
    for names in [vars(one) for one in sys.modules.values() if isinstance(one, ModuleType)]:
        for known in [key for key, value in names.items() if id(value) in away]:
            names[known] = Later(away[id(names[known])])
