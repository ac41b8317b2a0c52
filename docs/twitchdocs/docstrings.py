"""Complete docstrings and signatures for Sphinx."""

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
    """Keep the lines of equations, list quantities, and describe constants."""
    _set_equations(lines)
    type_summary = (inspect.getdoc(type(thing)) or "").splitlines()[:1]
    if what == "data" and lines[:1] == type_summary:
        lines[:] = [_constant(thing)]
    if what == "class" and _has_quantities(thing):
        lines += ["", *_quantities(thing)]


def _constant(thing: object) -> str:
    if isinstance(thing, Quantities):
        return f"An instance of `{type(thing).__name__}`."
    return f"``{thing!r}``"


def _has_quantities(cls: type) -> bool:
    return dataclasses.is_dataclass(cls) and bool(describe(cls))


def _set_equations(lines: list[str]) -> None:
    """Mark an indented block after a colon as literal, so that it keeps its lines."""
    for index, line in enumerate(lines[:-2]):
        if (
            re.search(r"[^:]:$", line)
            and not lines[index + 1]
            and lines[index + 2].startswith("    " + re.match(" *", line)[0])  # type: ignore[index]
        ):
            lines[index] = f"{line}:"


def _quantities(cls: type) -> list[str]:
    table = [".. list-table::", "   :header-rows: 1", "   :widths: auto", ""]
    table += _row("Field", "Meaning", "Default", "Allowed")
    fields: dict[str, list[str]] = {}
    for field in describe(cls).values():
        meaning = f"{field.label} ({field.symbol})" if field.symbol else field.label
        allowed = f"{field.low:g} to {field.high:g}"
        table += _row(f"``{field.name}``", meaning, field.text(field.default), allowed)
        source = f"Illustrative. {field.source}" if field.illustrative else field.source
        fields.setdefault(source, []).append(f"``{field.name}``")
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
    """Return the signature in the source, or an empty one if a class lists its fields below."""
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
    """Skip fields, which the class describes itself, but not methods and properties."""
    if what != "class" or inspect.isroutine(thing):
        return None
    return None if isinstance(thing, property | cached_property | classmethod) else True
