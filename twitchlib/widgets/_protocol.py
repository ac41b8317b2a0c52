"""The messages between Python and the widgets' scripts: `js/protocol.json`, and its check.

For each script it lists the traits that the page gets, by name, what the page ``asks`` Python for
and what it gets as ``answers``; for a panel also the ``edit`` that a change carries. A shape is

- a word: ``str``, ``bool``, ``int``, ``float`` (whole numbers too), ``null``, ``any``, or several
  joined by ``|``;
- a list of one shape: any number of items of it; a list of several: one of them;
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
    return not any(_misfits(shape, value, ""))


def require(shape: Shape, value: object, name: str) -> None:
    """Raise an error for anything that the page does not expect.

    Raises
    ------
    TypeError
        If `value`, called `name`, does not have the shape; the message says where.
    """
    for place in _misfits(shape, value, name):
        raise TypeError(f"protocol.json describes {place} otherwise")  # untranslated: for authors


def _misfits(shape: Shape, value: object, at: str) -> Iterator[str]:
    """Yield the places at which `value`, itself at `at`, does not have the shape."""
    match shape:
        case str():
            if not any(_is(kind, value) for kind in shape.split("|")):
                yield at or "it"
        case [one]:
            if isinstance(value, list | tuple):
                for i, item in enumerate(value):
                    yield from _misfits(one, item, f"{at}[{i}]")
            else:
                yield at or "it"
        case [*several]:
            if not any(fits(one, value) for one in several):
                yield at or "it"
        case dict():
            if isinstance(value, dict):
                yield from _misfit_names(shape, value, at)
            else:
                yield at or "it"


def _misfit_names(
    shape: Mapping[str, Shape], value: Mapping[object, object], at: str
) -> Iterator[str]:
    known = {name.removesuffix("?"): one for name, one in shape.items()}
    for name in shape:
        if name in known and name != "*" and name not in value:
            yield f"{at}.{name}"
    for found, item in value.items():
        one = known.get(str(found), known.get("*"))
        if one is None:
            yield f"{at}.{found}"
        else:
            yield from _misfits(one, item, f"{at}.{found}")


def _is(kind: str, value: object) -> bool:
    if isinstance(value, bool):
        return kind in ("bool", "any")
    return isinstance(value, _KINDS[kind])
