"""The messages between Python and the widgets' scripts, checked against `js/protocol.json`.

For each script that file lists, by name, the traits that the page gets, what the page ``asks``
Python for and what Python ``answers``; for a panel, also the ``edit`` that a change carries. A
shape is

- a word: ``str``, ``bool``, ``int``, ``float`` (whole numbers too), ``null``, ``any``, or several
  joined by ``|``;
- a list of one shape: any number of items of that shape; a list of several: one of them;
- an object: a shape for each name, ``name?`` if it may be missing, ``*`` for any other name.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

__all__ = ["PROTOCOL", "Shape", "fits", "require"]

Shape: TypeAlias = Any

PROTOCOL: Final[Mapping[str, Mapping[str, Shape]]] = json.loads(
    (Path(__file__).parent / "js" / "protocol.json").read_text(encoding="utf-8")
)
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "null": (type(None),),
    "any": (object,),
}


def fits(shape: Shape, value: object) -> bool:
    """Return whether `value` has the shape."""
    return next(_misfits(shape, value, ""), None) is None


def require(shape: Shape, value: object, name: str) -> None:
    """Raise an error for a value that the page does not expect.

    Raises
    ------
    TypeError
        If `value`, called `name`, does not have the shape; the message says where.
    """
    for place in _misfits(shape, value, name):
        raise TypeError(f"{place} does not match protocol.json")  # untranslated: for authors


def _misfits(shape: Shape, value: object, at: str) -> Iterator[str]:
    """Yield the places, `at` or below it, where `value` does not have the shape."""
    match shape:
        case str():
            if not any(_is(kind, value) for kind in shape.split("|")):
                yield at
        case [item_shape] if isinstance(value, list | tuple):
            for i, item in enumerate(value):
                yield from _misfits(item_shape, item, f"{at}[{i}]")
        case [_, _, *_]:
            if not any(fits(allowed, value) for allowed in shape):
                yield at
        case dict() if isinstance(value, dict):
            yield from _misfit_names(shape, value, at)
        case _:
            yield at


def _misfit_names(
    shape: Mapping[str, Shape], value: Mapping[object, object], at: str
) -> Iterator[str]:
    known = {name.removesuffix("?"): item_shape for name, item_shape in shape.items()}
    for name in shape:
        if name in known and name != "*" and name not in value:
            yield f"{at}.{name}"
    for found, item in value.items():
        item_shape = known.get(str(found), known.get("*"))
        if item_shape is None:
            yield f"{at}.{found}"
        else:
            yield from _misfits(item_shape, item, f"{at}.{found}")


def _is(kind: str, value: object) -> bool:
    if isinstance(value, bool):
        return kind in ("bool", "any")
    return isinstance(value, _KINDS[kind])
