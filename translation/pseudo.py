"""A pseudo-language in which every marked text is put in brackets.

Any text without brackets on a page in this language has not been marked.
"""

from pathlib import Path
from typing import Final

from translation.catalogue import collect, write

__all__ = ["BRACKETS", "write_pseudo"]

BRACKETS: Final = ("⟦", "⟧")


def write_pseudo(path: Path) -> None:
    """Write the catalogue of the pseudo-language to ``path``, which ends in ``.po``."""
    opening, closing = BRACKETS
    catalogue = collect()
    catalogue.locale = "eo"  # a code not otherwise used, with a singular and a plural
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(f"{opening}{text}{closing}" for text in message.id)
        elif message.id:
            message.string = f"{opening}{message.id}{closing}"
    catalogue.fuzzy = False
    write(catalogue, path)
