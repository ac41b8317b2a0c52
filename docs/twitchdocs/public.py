"""Find what is public: `twitchlib`, and everything reachable from it through ``__all__``.

Signatures are read from the source, so they are the same under every version of Python.
"""

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import twitchlib
from twitchlib.quantity import Choice, Quantity, choices, describe

__all__ = ["modules", "signature", "surface"]


def modules(start: ModuleType = twitchlib) -> Iterator[ModuleType]:
    """Yield the public modules, each before those below it."""
    yield start
    for name in start.__all__:
        thing = getattr(start, name)
        if inspect.ismodule(thing):
            yield from modules(thing)


def surface() -> str:
    """Return every public name with its signature, one per line, by module."""
    lines: list[str] = []
    for module in modules():
        lines += ["", module.__name__]
        for name in sorted(module.__all__):
            lines += [f"    {line}" for line in _lines(module, name)]
    return "\n".join(lines[1:]) + "\n"


def _lines(module: ModuleType, name: str) -> list[str]:
    thing = getattr(module, name)
    if inspect.ismodule(thing):
        return [f"{name}: module"]
    if inspect.isclass(thing):
        node: ast.ClassDef = _definition(thing)
        bases = ", ".join(ast.unparse(base) for base in node.bases)
        return [f"class {name}({bases})", *(f"    {line}" for line in _members(thing, node))]
    if inspect.isroutine(inspect.unwrap(thing)):
        arguments, returns = signature(thing)
        return [f"def {name}{arguments}{returns and ' -> ' + returns}"]
    return [f"{name}: {_annotations(module).get(name) or type(thing).__name__}"]


def signature(function: Callable[..., object]) -> tuple[str, str]:
    """Return a function's arguments, in parentheses, and its return type, as in the source."""
    node: ast.FunctionDef = _definition(inspect.unwrap(function))
    return _arguments(node), _type(node.returns)


def _definition(thing: Callable[..., object]) -> Any:
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(thing))).body
    return node


def _members(thing: type, node: ast.ClassDef) -> Iterator[str]:
    known = {**describe(thing), **choices(thing)} if dataclasses.is_dataclass(thing) else {}
    for part in node.body:
        match part:
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                default = "" if part.value is None else f" = {ast.unparse(part.value)}"
                match known.get(name):
                    case Quantity(default=value, low=low, high=high):
                        default = f" = {value:g}  # {low:g} to {high:g}"
                    case Choice(default=value, options=options):
                        default = f" = {value!r}  # {', '.join(options)}"
                yield f"{name}: {_type(part.annotation)}{default}"
            case ast.FunctionDef(name=name) if name == "__init__" or not name.startswith("_"):
                yield from (f"@{ast.unparse(decorator)}" for decorator in part.decorator_list)
                returns = _type(part.returns)
                yield f"def {name}{_arguments(part)}{returns and ' -> ' + returns}"


def _arguments(node: ast.FunctionDef) -> str:
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    for argument in [*named, node.args.vararg, node.args.kwarg]:
        if argument is not None and argument.annotation is not None:
            argument.annotation = ast.Name(_type(argument.annotation))
    return f"({ast.unparse(node.args)})"


def _type(annotation: ast.expr | None) -> str:
    """Return a type as written, without the quotes of a forward reference."""
    match annotation:
        case None:
            return ""
        case ast.Constant(value=str(quoted)):
            return quoted
    return ast.unparse(annotation)


@cache
def _annotations(module: ModuleType) -> dict[str, str]:
    return {
        node.target.id: _type(node.annotation)
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
