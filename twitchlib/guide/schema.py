"""What each table may hold, read from ``data/datapackage.json``.

The file follows the Data Package standard (https://datapackage.org), so that other tools can read
it too. Of its vocabulary this course uses the types string, integer, number, boolean and list, the
constraints required, unique, enum, pattern, minimum and maximum, primary keys and foreign keys; a
foreign key on a list field applies to each of its items. The property ``translatable`` is this
course's own: it marks what a reader sees and the message catalogue contains.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from twitchlib.guide.errors import GuideError, Problem

__all__ = ["DESCRIPTOR", "Field", "Resource", "read_schema"]

DESCRIPTOR: Final = "datapackage.json"

_TYPES: Final = ("string", "integer", "number", "boolean", "list")
_BOOLEANS: Final = {"true": True, "false": False}


@dataclass(frozen=True)
class Field:
    """One column: its type, its meaning, and its allowed values."""

    name: str
    type: str
    description: str
    translatable: bool = False
    delimiter: str = ";"
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    refers_to: str | None = None

    def parse(self, text: str) -> Any:
        """Return the value represented by `text`.

        An empty cell is ``None``, and an empty tuple in a list column.

        Raises
        ------
        ValueError
            With a sentence that says what is wrong and what would be right.
        """
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError("is empty, but must not be")
            return () if self.type == "list" else None
        if self.type == "list":
            items = tuple(item.strip() for item in text.split(self.delimiter))
            for item in items:
                self._check_text(item)
            if len(set(items)) < len(items):
                raise ValueError(f"{text!r} names the same thing twice")
            return items
        if self.type == "boolean":
            if text not in _BOOLEANS:
                raise ValueError(f"{text!r} is neither 'true' nor 'false'")
            return _BOOLEANS[text]
        if self.type in ("integer", "number"):
            return self._number(text)
        self._check_text(text)
        return text

    def _number(self, text: str) -> float:
        kind = "a whole number" if self.type == "integer" else "a number"
        try:
            value = int(text) if self.type == "integer" else float(text)
        except ValueError:
            raise ValueError(f"{text!r} is not {kind}") from None
        low = float("-inf") if self.minimum is None else self.minimum
        high = float("inf") if self.maximum is None else self.maximum
        if not low <= value <= high:  # also refuses NaN
            raise ValueError(f"{text} is not {kind} from {low:g} to {high:g}")
        return value

    def _check_text(self, text: str) -> None:
        if self.enum and text not in self.enum:
            raise ValueError(f"{text!r} is not one of {', '.join(self.enum)}")
        if self.pattern is not None and not re.fullmatch(self.pattern, text):
            raise ValueError(f"{text!r} is not of the form {self.pattern}")


@dataclass(frozen=True)
class Resource:
    """One table, or the bibliography."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]

    @property
    def is_table(self) -> bool:
        """Whether this is a CSV table (the bibliography is not)."""
        return bool(self.fields)


def read_schema(folder: Path) -> dict[str, Resource]:
    """Return the resources described by ``datapackage.json`` in `folder`, by name.

    Raises
    ------
    GuideError
        If the file is missing or contains something that this course does not understand.
    """
    path = folder / DESCRIPTOR
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        resources = [_resource(entry) for entry in package["resources"]]
    except FileNotFoundError:
        raise GuideError([Problem(DESCRIPTOR, None, None, "is missing")]) from None
    except json.JSONDecodeError as error:
        raise GuideError([Problem(DESCRIPTOR, error.lineno, None, error.msg)]) from None
    except (KeyError, TypeError, ValueError, re.error) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise GuideError([Problem(DESCRIPTOR, None, None, what)]) from None
    return {resource.name: resource for resource in resources}


def _resource(entry: Mapping[str, Any]) -> Resource:
    schema = entry.get("schema", {})
    targets = {key["fields"]: key["reference"]["resource"] for key in schema.get("foreignKeys", ())}
    return Resource(
        name=entry["name"],
        path=entry["path"],
        title=entry.get("title", entry["name"]),
        description=entry.get("description", ""),
        fields=tuple(_field(field, targets) for field in schema.get("fields", ())),
    )


def _field(entry: Mapping[str, Any], targets: Mapping[str, str]) -> Field:
    if entry["type"] not in _TYPES:
        raise ValueError(f"type {entry['type']!r} is not one of {', '.join(_TYPES)}")
    constraints = entry.get("constraints", {})
    if "pattern" in constraints:
        re.compile(constraints["pattern"])
    return Field(
        name=entry["name"],
        type=entry["type"],
        description=entry["description"],
        translatable=entry.get("translatable", False),
        delimiter=entry.get("delimiter", ";"),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False) or entry["name"] == "id",
        enum=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        refers_to=targets.get(entry["name"]),
    )
