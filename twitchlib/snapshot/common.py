"""What the widgets of all lessons are made of: the paragraphs of their scripts and styles.

They stand in one file, which a browser keeps, and not in the page of each lesson. They are read
from the package's own files, so that whoever writes a page and whoever runs its lesson know the
same.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

import twitchlib
from twitchlib import messages, palette

__all__ = ["BREAK", "common", "mark", "module"]

BREAK: Final = "\n\n"
"""What stands between two paragraphs."""

_FOLDER: Final = Path(twitchlib.__file__).parent / "widgets" / "js"
_BUNDLED: Final = "plotly_"  # how the names of scripts begin that are in a bundle of their own


@cache
def common() -> tuple[str, ...]:
    """Return the paragraphs, each once.

    Examples
    --------
    >>> "export default { render };" in common()
    True
    """
    files = [file for kind in ("js", "css") for file in sorted(_FOLDER.rglob(f"*.{kind}"))]
    texts = [
        file.read_text(encoding="utf-8") for file in files if not file.name.startswith(_BUNDLED)
    ]
    whole = [messages.script(), palette.css(), *texts]
    return tuple(dict.fromkeys(part for text in whole for part in text.strip().split(BREAK)))


@cache
def mark() -> str:
    """Return a short hash of them, by which a page and a lesson see that they mean the same."""
    return hashlib.sha256("\0".join(common()).encode()).hexdigest()[:12]


def module() -> str:
    """Return the file: a module of JavaScript with the paragraphs and their mark."""
    paragraphs = json.dumps(common(), ensure_ascii=False, separators=(",", ":"))
    lines = (
        f"export const mark = {json.dumps(mark())};",  # untranslated: code
        f"export default {paragraphs};",  # untranslated: code
    )
    return "".join(f"{line}\n" for line in lines)
