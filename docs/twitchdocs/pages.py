"""Write generated Markdown pages, and only those that have changed."""

import re
from pathlib import Path

__all__ = ["escape", "put", "sweep"]


def escape(text: object) -> str:
    """Escape text so that Markdown shows every character as it is."""
    return re.sub(r"([\\`*_{}\[\]<>|$#~^])", r"\\\1", str(text))


def put(path: Path, text: str) -> None:
    """Write a page unless it is unchanged, since Sphinx reads every rewritten page again."""
    path.parent.mkdir(exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def sweep(folder: Path, kept: set[str]) -> None:
    """Remove files that earlier builds wrote into a folder and this one did not."""
    for path in folder.glob("*.*"):
        if path.name not in kept:
            path.unlink()
