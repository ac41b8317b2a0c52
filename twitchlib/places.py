"""Where the course's files are, and a student's progress file if a hub names one.

The course's files lie beside the package in a checkout, and inside it in a wheel.
"""

import os
from pathlib import Path
from typing import Final

__all__ = ["PROGRESS", "folder", "progress_file"]

PROGRESS: Final = "TWITCHLIB_PROGRESS"
"""The variable that names the file for a student's answers."""

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder ``data`` or ``notebooks``.

    Parameters
    ----------
    name : str
        Name of a top-level folder that is shipped with the package.

    Raises
    ------
    FileNotFoundError
        If the folder is in neither place; the message names both.
    """
    places = (_PACKAGE / "_share" / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no folder {name!r}: looked in " + " and ".join(map(str, places)))


def progress_file() -> Path | None:
    """Return the file for the student's answers, or None if none is named."""
    name = os.environ.get(PROGRESS)
    return Path(name).expanduser() if name else None
