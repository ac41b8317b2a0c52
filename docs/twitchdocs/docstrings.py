"""What Sphinx is told of a docstring beyond what stands in it."""

import dataclasses
import inspect
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from twitchdocs.public import signature
from twitchlib.quantity import Quantities, describe

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["complete", "sign", "skip"]


def complete(
    _app: "Sphinx", what: str, _name: str, thing: Any, _options: object, lines: list[str]
) -> None:
    """Set equations as they are written, list quantities, say what a constant is."""
    _set_equations(lines)
    of_its_class = (inspect.getdoc(type(thing)) or "").splitlines()[:1]
    if what == "data" and lines[:1] == of_its_class:
        lines[:] = [_constant(thing)]
    if what == "class" and _has_quantities(thing):
        lines += ["", *_quantities(thing)]


def _constant(thing: object) -> str:
    if isinstance(thing, str | int | float | tuple):
        return f"``{thing!r}``"
    return f"One `{type(thing).__name__}`." if isinstance(thing, Quantities) else "By name."


def _has_quantities(cls: type) -> bool:
    return dataclasses.is_dataclass(cls) and bool(describe(cls))


def _set_equations(lines: list[str]) -> None:
    """Turn an indented block after a colon into one that keeps its lines."""
    for at, line in enumerate(lines[:-2]):
        if (
            re.search(r"[^:]:$", line)
            and not lines[at + 1]
            and lines[at + 2].startswith("    " + re.match(" *", line)[0])  # type: ignore[index]
        ):
            lines[at] = f"{line}:"


def _quantities(cls: type) -> list[str]:
    table = [".. list-table::", "   :header-rows: 1", "   :widths: auto", ""]
    table += _row("Field", "Meaning", "Default", "Allowed")
    fields: dict[str, list[str]] = {}
    for known in describe(cls).values():
        meaning = f"{known.label} ({known.symbol})" if known.symbol else known.label
        allowed = f"{known.low:g} to {known.high:g}"
        table += _row(f"``{known.name}``", meaning, known.text(known.default), allowed)
        source = f"Illustrative. {known.source}" if known.illustrative else known.source
        fields.setdefault(source, []).append(f"``{known.name}``")
    sources = [f"- {', '.join(names)}: {source}" for source, names in fields.items()]
    return [*table, "", "Where these numbers come from:", "", *sources, ""]


def _row(first: str, *cells: str) -> list[str]:
    return [f"   * - {first}", *(f"     - {cell}" for cell in cells)]


def sign(
    _app: "Sphinx",
    what: str,
    _name: str,
    thing: Any,
    _options: object,
    _arguments: str | None,
    _returns: str | None,
) -> tuple[str, str] | None:
    """Give a signature as the source has it, and none where a class lists its fields below."""
    if what == "class":
        listed = _has_quantities(thing) or "Attributes\n---" in (inspect.getdoc(thing) or "")
        return ("", "") if listed and dataclasses.is_dataclass(thing) else None
    if what in ("function", "method"):
        arguments, returns = signature(thing)
        first, _, rest = arguments[1:-1].partition(", ")
        return (f"({rest})" if first in ("self", "cls") else arguments), returns
    return None


def skip(
    _app: "Sphinx", what: str, _name: str, thing: object, _skip: bool, _options: object
) -> bool | None:
    """Leave out fields, which the class describes itself; keep methods and properties."""
    if what != "class" or inspect.isroutine(thing):
        return None
    return None if isinstance(thing, property | cached_property | classmethod) else True
