"""Preparation, once for each site, of the Python from whose memory its pages continue.

A browser takes seconds to start Python and import what a lesson imports. So this is done when the
site is made, and a page gets the resulting memory. Modules that were not imported then are in
separate files, which are fetched when one of them is imported.
"""

import gc
import importlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from twitchlib.snapshot.later import Later, forget
from twitchlib.snapshot.lean import lean
from twitchlib.snapshot.more import More

__all__ = ["begin"]

_PANDAS: Final = ("pandas", "dateutil", "six")
# Modules that others import and lessons do not use.
_LATER: Final = ("numpy.linalg.lapack_lite",)
_DONE_WITH: Final = ("bibtexparser", "pylatexenc")
_VALIDATORS: Final = "_plotly_utils.basevalidators"
_LARGEST: Final = 512
_STEP: Final = 16
_EMPTIED: Final = 2_000_000
_HEAD: Final = 17  # size of an empty bytes object, in bytes


class _NoTables(ModuleType):
    """Stands in for the part of narwhals that plotly imports, until pandas has been imported."""

    class Series:
        """Has no instances."""

    DataFrame = Series

    def from_native(self, value: Any, **options: Any) -> Any:
        """Return a value as it is, or make way for narwhals itself."""
        if "pandas" not in sys.modules:
            return value
        real = importlib.import_module(self.__name__)
        vars(sys.modules[_VALIDATORS])["nw"] = real
        return real.from_native(value, **options)


def _stand_ins() -> dict[str, ModuleType]:
    """Return the stand-in for narwhals and its parent packages, by name."""
    outer, inner = ModuleType("narwhals"), ModuleType("narwhals.stable")
    within = _NoTables("narwhals.stable.v1")
    vars(outer)["stable"], vars(inner)["v1"] = inner, within
    return {module.__name__: module for module in (outer, inner, within)}


def begin(modules: str, course: str) -> str:
    """Import modules, and return which files are no longer needed.

    Parameters
    ----------
    modules : str
        Their names, as a JSON list.
    course : str
        The folder that they are in.

    Returns
    -------
    str
        The files of all imported modules, relative to the folder, as a JSON list.
    """
    import twitchlib.snapshot.worker  # noqa: F401 - stands in for IPython, so it comes first
    from twitchlib.guide import references

    for name in _LATER:
        sys.modules[name] = Later(name)
    tables = _stand_ins()
    sys.modules.update(tables)
    for name in json.loads(modules):
        if name.partition(".")[0] not in tables:
            importlib.import_module(name)
    for name in tables:
        del sys.modules[name]
    references()  # every page needs them
    for package in _DONE_WITH:
        forget(package)
    root = Path(course)
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    loaded = [Path(file).relative_to(root) for file in files if file.startswith(f"{course}/")]
    here = {name for name, module in sys.modules.items() if not isinstance(module, Later)}
    left = {*_names(root)} - here
    of_pandas = {name for name in left if name.partition(".")[0] in _PANDAS}
    sys.meta_path[:0] = [
        More(of_pandas, root, "pandas.bin"),
        More(left - of_pandas, root, "more.bin"),
    ]
    lean()
    gc.collect()
    _empty_freed()
    return json.dumps([file.as_posix() for file in loaded])


def _names(root: Path) -> Iterator[str]:
    """Yield the names of all modules that can be imported."""
    for archive in filter(zipfile.is_zipfile, sys.path):
        yield from map(_name, map(Path, zipfile.ZipFile(archive).namelist()))
    for file in root.rglob("*"):
        if file.suffix in (".pyc", ".so"):
            yield _name(file.relative_to(root))


def _name(file: Path) -> str:
    parts = [*file.parent.parts, file.name.partition(".")[0]]
    return ".".join(part for part in parts if part != "__init__")


def _empty_freed() -> None:
    """Zero the memory that Python keeps for small objects, so that it takes no space in a file."""
    for size in range(_STEP, _LARGEST + 1, _STEP):
        held = [bytes(max(0, size - _HEAD)) for _ in range(_EMPTIED // size)]
        held.clear()
