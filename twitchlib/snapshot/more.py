"""Modules that a page fetches when one of them is imported."""

import importlib
import json
import struct
import sys
import zlib
from collections.abc import Callable, Collection
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, Final

__all__ = ["More"]

_GZIP: Final = 31  # zlib's name for the format of gzip


class More(MetaPathFinder):
    """Fetches an archive of modules when one of them is imported; the usual finders then find it.

    Parameters
    ----------
    names : collection of str
        Names of the modules.
    root : pathlib.Path
        The folder that they belong in.
    archive : str
        Name of the archive, a file as `twitchlib.serving.site.archive.packed` makes it.

    Attributes
    ----------
    fetch : callable or None
        Returns the content of a file by its name.
    """

    def __init__(self, names: Collection[str], root: Path, archive: str) -> None:
        self._names = frozenset(names)
        self._root = root
        self._archive = archive
        self.fetch: Callable[[str], bytes] | None = None

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """Find nothing, but fetch the modules so that other finders can."""
        if fullname in self._names and self.fetch is not None:
            sys.meta_path.remove(self)
            self._unpack(self.fetch(self._archive))
            importlib.invalidate_caches()
        return None

    def _unpack(self, archive: bytes) -> None:
        content = zlib.decompress(archive, _GZIP)
        (length,) = struct.unpack_from("<I", content)
        end = struct.calcsize("<I") + length
        for name, size in json.loads(content[struct.calcsize("<I") : end]):
            file = self._root / name  # an absolute name stays as it is
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content[end : end + size])
            end += size
