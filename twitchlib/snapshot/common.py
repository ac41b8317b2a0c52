"""The paragraphs of the scripts and styles of all lessons' widgets.

They are in one file, which a browser caches, and not in the page of each lesson. They are read from
the package's own files, so the process that writes a page and the one that runs its lesson have the
same paragraphs.
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
"""The separator between paragraphs."""

_FOLDER: Final = Path(twitchlib.__file__).parent / "widgets" / "js"
_BUNDLED: Final = "plotly_"  # begins the names of the scripts that have a separate bundle


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
    """Return a short hash of the paragraphs, with which a page and its lesson are compared."""
    return hashlib.sha256("\0".join(common()).encode()).hexdigest()[:12]


def module() -> str:
    """Return the text of the file: a JavaScript module with the paragraphs and their mark."""
    paragraphs = json.dumps(common(), ensure_ascii=False, separators=(",", ":"))
    lines = (
        f"export const mark = {json.dumps(mark())};",  # untranslated: code
        f"export default {paragraphs};",  # untranslated: code
    )
    return "".join(f"{line}\n" for line in lines)
