"""Pages that are written by a program: Markdown, and no more writing than needed."""

import re
from pathlib import Path

__all__ = ["plain", "put", "sweep"]


def plain(text: object) -> str:
    """Return text whose every character stands for itself in Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>|$#~^])", r"\\\1", str(text))


def put(path: Path, text: str) -> None:
    """Write a page unless it reads so already: Sphinx reads again what has changed."""
    path.parent.mkdir(exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def sweep(folder: Path, kept: set[str]) -> None:
    """Remove what earlier builds wrote into a folder and this one did not."""
    for path in folder.glob("*.*"):
        if path.name not in kept:
            path.unlink()
