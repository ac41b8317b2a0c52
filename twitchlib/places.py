"""Where the course's files are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

__all__ = ["folder"]

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
