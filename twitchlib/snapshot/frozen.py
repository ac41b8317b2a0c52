"""What is done once, when a site is made, in the Python that every page of it goes on from.

A browser takes seconds to start Python and import what a lesson imports. So it is done when the
site is made, and a page gets the memory of that. The modules that were not imported then are in a
file of their own, which is fetched if somebody imports one of them.
"""

import gc
import importlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from twitchlib.snapshot.more import More

__all__ = ["begin"]

_PANDAS: Final = ("pandas", "dateutil", "six")
_LARGEST: Final = 512
_STEP: Final = 16
_EMPTIED: Final = 2_000_000
_HEAD: Final = 17  # bytes of an object that holds bytes, beside these


def begin(modules: str, course: str) -> str:
    """Import modules, and return which files are not needed any more.

    Parameters
    ----------
    modules : str
        Their names, as a list in JSON.
    course : str
        The folder that they are in.

    Returns
    -------
    str
        As a list in JSON, the files of all modules that were imported, relative to the folder.
    """
    import twitchlib.snapshot.worker  # noqa: F401 - answers imports of IPython, so it comes first

    for name in json.loads(modules):
        importlib.import_module(name)
    root = Path(course)
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    loaded = [Path(file).relative_to(root) for file in files if file.startswith(f"{course}/")]
    left = {*_names(root)} - sys.modules.keys()
    of_pandas = {name for name in left if name.partition(".")[0] in _PANDAS}
    sys.meta_path[:0] = [
        More(of_pandas, root, "pandas.bin"),
        More(left - of_pandas, root, "more.bin"),
    ]
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
    """Fill with zeros what Python keeps for small objects, so that it takes no space in a file."""
    for size in range(_STEP, _LARGEST + 1, _STEP):
        held = [bytes(max(0, size - _HEAD)) for _ in range(_EMPTIED // size)]
        held.clear()
