"""Extraction of the texts that a reader sees, where Babel has no suitable extractor."""

import ast
import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from twitchlib.guide.schema import read_schema

__all__ = ["python", "table"]

Found: TypeAlias = tuple[int, str, Any, list[str]]

FUNCTIONS = ("_", "ngettext")


def python(
    file: BinaryIO,
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Sequence[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Found]:
    """Yield the marked texts of a module.

    Babel's own extractor finds none inside an f-string before Python 3.12.

    Raises
    ------
    ValueError
        If a marked text is not a literal, so that no translator would ever see it.
    """
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        match call:
            case ast.Call(func=ast.Name(id=function), args=arguments) if function in FUNCTIONS:
                texts = arguments[: 2 if function == "ngettext" else 1]
                values = tuple(text.value for text in texts if isinstance(text, ast.Constant))
                if len(values) < len(texts):
                    raise ValueError(f"line {call.lineno}: {function}() wants a text written out")
                name = "ngettext" if function == "ngettext" else "gettext"
                yield call.lineno, name, values if len(values) > 1 else values[0], []


def table(
    file: BinaryIO,
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Sequence[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Found]:
    """Yield the texts of a table in ``data``, each with its column's meaning as a comment."""
    path = Path(file.name)
    resources = read_schema(path.parent).values()
    resource = next(resource for resource in resources if resource.path == path.name)
    fields = [field for field in resource.fields if field.translatable]
    reader = csv.DictReader(StringIO(file.read().decode("utf-8-sig"), newline=""))
    for row in reader:
        for field in fields:
            value = field.parse(row[field.name])
            for text in value if isinstance(value, tuple) else (value,):
                if text:
                    yield reader.line_num, "gettext", text, [field.description]
