"""Detection of texts that a reader may see but a translator would not."""

import ast
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

__all__ = ["unmarked"]

Place: TypeAlias = tuple[int, str]

_MARKS: Final = ("_", "ngettext")
_LOGS: Final = ("_log", "log", "app_log")
_LEVELS: Final = ("debug", "info", "warning", "error", "exception")
# The code that a stop shows for copying is Python in every language.
_CODE: Final = "_shown_code"
_TAG: Final = re.compile(r"<[^<>]*>|&\w+;|%\{[^}]*\}")
_PROSE: Final = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_]{2,}")
_LABEL: Final = re.compile(r"[A-Z][a-z]{2,}( \([^)]*\))?:?")
_PLACEHOLDER: Final = "{}"
_PRAGMA: Final = "# untranslated:"
# What the remark may apply to: never a whole call, since a reader may see its other texts.
_LITERALS: Final = (ast.Constant, ast.JoinedStr, ast.Tuple, ast.Dict)


def unmarked(source: str) -> Iterator[Place]:
    """Yield line and text of every string in a module that reads like prose and is not marked.

    Docstrings, annotations, log messages, names in ``__all__`` and citations with a DOI are not
    meant for translation, nor is a string, or a literal with several, whose last line says why not
    in a comment that begins with ``untranslated:``.

    Parameters
    ----------
    source : str
        A module's source.
    """
    tree, lines = ast.parse(source), source.splitlines()
    exempt = {id(inner) for node in _exempt(tree) for inner in ast.walk(node)}
    exempt |= {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, _LITERALS) and _PRAGMA in lines[(node.end_lineno or node.lineno) - 1]
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in exempt:
            continue
        match node:
            case ast.JoinedStr(values=parts):
                exempt |= {id(part) for part in parts if isinstance(part, ast.Constant)}
                text = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else _PLACEHOLDER
                    for part in parts
                )
                words = _TAG.sub(" ", text).replace(_PLACEHOLDER, " ")
                if re.search(r"(^|\s)[^\W\d_]{3,}([\s,.:;?!]|$)", words):
                    yield node.lineno, text
            case ast.Constant(value=str(text)):
                words = _TAG.sub(" ", text).strip()
                if "doi:" not in text and (_PROSE.search(words) or _LABEL.fullmatch(words)):
                    yield node.lineno, text


def _exempt(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _MARKS:
                yield from arguments
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=level)
            ) if name in _LOGS and level in _LEVELS:
                yield node
            case ast.Call(func=ast.Name(id="TypeVar")):
                yield node
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                yield node
            case ast.Subscript(slice=inner):
                yield inner
            case ast.AnnAssign(annotation=annotation):
                yield annotation
            case (
                ast.FunctionDef(name=name, args=parameters, returns=returns)
                | ast.AsyncFunctionDef(name=name, args=parameters, returns=returns)
            ):
                every = [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]
                yield from [p.annotation for p in every if p.annotation]
                if returns:
                    yield returns
                if name == _CODE:
                    yield node
