"""Front-end files under addresses that change with their content.

The browser can cache such a file for ever, so a second visit fetches only the page. Each file is
compressed once, on first use, and held in memory.
"""

import gzip
import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from twitchlib.snapshot import common

__all__ = ["TYPES", "Assets", "Part", "Shelf", "common_file", "digest", "packed", "part"]

TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",  # untranslated: a type
    ".js": "text/javascript; charset=utf-8",  # untranslated: a type
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""The file types that are served; any other is reported as missing."""

_COMPRESSED_ALREADY: Final = frozenset({".woff", ".woff2"})


@dataclass(frozen=True)
class Part:
    """A file that a page fetches separately, with the sizes it needs to report progress.

    Attributes
    ----------
    url : str
        Its address.
    bytes : int
        Its uncompressed size, which is what a script can count as it arrives.
    sent : int
        Its size on the wire.
    """

    url: str
    bytes: int
    sent: int


@dataclass(frozen=True)
class Shelf:
    """Folders whose files are served under one name.

    Attributes
    ----------
    name : str
        First part of the address; changes when the files do.
    folders : tuple of pathlib.Path
        Searched in this order.
    within : tuple of str
        Path prefixes that may be served; by default everything.
    """

    name: str
    folders: tuple[Path, ...]
    within: tuple[str, ...] = ("",)

    def find(self, path: str) -> Path | None:
        """Return the file at `path`, or None if there is none that may be served."""
        if not any(path.startswith(start) for start in self.within):
            return None
        with suppress(OSError, ValueError):  # no file can have such a name
            for folder in self.folders:
                file = (folder / path).resolve()
                within = file.is_relative_to(folder.resolve())
                if within and file.suffix in TYPES and file.is_file():
                    return file
        return None


class Assets:
    """All shelves.

    Parameters
    ----------
    shelves : iterable of Shelf
        Each with a unique name.
    """

    def __init__(self, shelves: Iterable[Shelf]) -> None:
        self._shelves = {shelf.name: shelf for shelf in shelves}

    def find(self, shelf: str, path: str) -> Path | None:
        """Return a file by shelf and path, or None."""
        return self._shelves[shelf].find(path) if shelf in self._shelves else None


@lru_cache(maxsize=1)
def common_file() -> Path:
    """Return the file that the widgets of all lessons share, in a folder named after its mark.

    Each process writes it once, from the package's scripts and styles.
    """
    folder = Path(_temporary_folder().name) / f"common-{common.mark()}"
    folder.mkdir()
    file = folder / "common.js"
    file.write_text(common.module(), encoding="utf-8")
    return file


@lru_cache(maxsize=1)
def _temporary_folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a folder that is removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="twitchlib-")


def digest(folder: Path) -> str:
    """Return a short hash of a folder's files; empty if there is no folder or no file."""
    if not folder.is_dir():
        return ""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    hasher = hashlib.sha256()
    for file in files:
        hasher.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return hasher.hexdigest()[:12] if files else ""


def part(url: str, file: Path) -> Part | None:
    """Return what a page needs to know about a file, or None if there is no such file.

    Parameters
    ----------
    url : str
        Address of the file.
    file : pathlib.Path
        The file.
    """
    if not file.is_file():
        return None
    plain, small = packed(file, file.stat().st_mtime_ns)
    return Part(url, len(plain), len(plain if small is None else small))


@lru_cache(maxsize=1024)
def packed(file: Path, changed_ns: int) -> tuple[bytes, bytes | None]:  # noqa: ARG001
    """Return a file's bytes, plain and compressed.

    Parameters
    ----------
    file : pathlib.Path
        The file.
    changed_ns : int
        When it last changed, so that a changed file is read again.

    Returns
    -------
    plain : bytes
        The file.
    small : bytes or None
        The file gzipped, or None if that would not help.
    """
    plain = file.read_bytes()
    if file.suffix in _COMPRESSED_ALREADY:
        return plain, None
    small = gzip.compress(plain, compresslevel=9, mtime=0)
    return plain, small if len(small) < len(plain) else None
