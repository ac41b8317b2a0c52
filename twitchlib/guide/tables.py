"""Reading the tables: every cell is checked before anything is shown."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from twitchlib.guide.errors import GuideError, Problem
from twitchlib.guide.references import Reference, read_references
from twitchlib.guide.schema import Field, Resource, read_schema
from twitchlib.messages import gettext
from twitchlib.named import Named

__all__ = ["Guide", "Row", "read_guide"]

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Guide:
    """All tables of a folder, checked, each as rows by id in the order of the file."""

    schema: Mapping[str, Resource]
    tables: Named[Named[Row]]
    references: Named[Reference]


def read_guide(folder: Path) -> Guide:
    """Read and check every table in `folder`.

    Parameters
    ----------
    folder : Path
        A folder with ``datapackage.json`` and the files it lists.

    Raises
    ------
    GuideError
        With every problem found, each with its file, line and column: a missing file, an
        unknown or missing column, a value outside its vocabulary or range, a duplicate id, or an
        id that refers to nothing.

    Examples
    --------
    >>> read_guide(Path("nowhere"))
    Traceback (most recent call last):
        ...
    twitchlib.guide.errors.GuideError: data/datapackage.json: is missing
    """
    schema = read_schema(folder)
    problems: list[Problem] = []
    references: Mapping[str, Reference] = {}
    parsed: dict[str, list[tuple[int, Row]]] = {}
    for resource in schema.values():
        try:
            if resource.is_table:
                parsed[resource.name] = _read_table(folder / resource.path, resource, problems)
            else:
                references = read_references(folder / resource.path)
        except GuideError as error:
            problems.extend(error.problems)
    known = {name: {row.get("id") for _, row in lines} for name, lines in parsed.items()}
    known["references"] = set(references)
    for name, lines in parsed.items():
        problems.extend(_dangling(schema[name], lines, known))
    if problems:
        raise GuideError(problems)
    tables = {
        name: Named(f"row of {name}", {row["id"]: row for _, row in lines})
        for name, lines in parsed.items()
    }
    return Guide(schema, Named("table", tables), Named("reference", references))


def _read_table(path: Path, resource: Resource, problems: list[Problem]) -> list[tuple[int, Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets write a byte-order mark
    except FileNotFoundError:
        raise GuideError([Problem(resource.path, None, None, "is missing")]) from None
    except UnicodeDecodeError:
        raise GuideError(
            [Problem(resource.path, None, None, "is not UTF-8: save it as “CSV UTF-8”")]
        ) from None
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    _check_header(header, resource)
    lines: list[tuple[int, Row]] = []
    seen: dict[str, dict[Any, int]] = {field.name: {} for field in resource.fields}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = reader.line_num
        if len(cells) != len(header):
            problems.append(
                Problem(
                    resource.path,
                    line,
                    None,
                    f"has {len(cells)} cells where the header has {len(header)}"
                    " (a text with a comma needs quotation marks)",
                )
            )
            continue
        texts = dict(zip(header, cells, strict=True))
        row: dict[str, Any] = {}
        for field in resource.fields:
            try:
                value = field.parse(texts[field.name])
                _check_unique(field, value, line, seen[field.name])
                row[field.name] = _translated(value) if field.translatable else value
            except ValueError as error:
                problems.append(Problem(resource.path, line, field.name, str(error)))
        lines.append((line, MappingProxyType(row)))
    return lines


def _translated(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(gettext(item) for item in value)
    return value if value is None else gettext(value)


def _check_header(header: list[str], resource: Resource) -> None:
    expected = [field.name for field in resource.fields]
    problems = [
        Problem(resource.path, 1, name, f"is unknown; the columns are {', '.join(expected)}")
        for name in header
        if name not in expected
    ]
    problems += [
        Problem(resource.path, 1, name, "is missing") for name in expected if name not in header
    ]
    problems += [
        Problem(resource.path, 1, name, "appears twice")
        for name in expected
        if header.count(name) > 1
    ]
    if problems:
        raise GuideError(problems)


def _check_unique(field: Field, value: Any, line: int, seen: dict[Any, int]) -> None:
    if not field.unique or value is None:
        return
    if value in seen:
        raise ValueError(f"{value!r} is already in line {seen[value]}")
    seen[value] = line


def _dangling(
    resource: Resource, lines: list[tuple[int, Row]], known: Mapping[str, set[Any]]
) -> Iterator[Problem]:
    for field in resource.fields:
        if field.refers_to is None:
            continue
        for line, row in lines:
            value = row.get(field.name)
            items = value if isinstance(value, tuple) else () if value is None else (value,)
            for item in items:
                if item not in known.get(field.refers_to, set()):
                    yield Problem(
                        resource.path, line, field.name, f"{item!r} is not in {field.refers_to}"
                    )
