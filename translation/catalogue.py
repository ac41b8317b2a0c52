"""The template of all messages, and the catalogues of the languages."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

import twitchlib
from translation import extractors

__all__ = ["FOLDER", "TEMPLATE", "collect", "misfits", "renew", "write"]

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "data/messages"
TEMPLATE: Final = FOLDER / "twitchlib.pot"

_KEYWORDS: Final = {"gettext": None, "ngettext": (1, 2)}
_SOURCES: Final[dict[str, Any]] = {
    "twitchlib/**/*.py": extractors.python,
    "twitchlib/**/template/*.j2": babel_extract,
    "twitchlib/widgets/js/*.js": "javascript",
    "twitchlib/serving/template/static/*.js": "javascript",
    "twitchlib/serving/front/*.js": "javascript",
    "data/*.csv": extractors.table,
}
_PLACEHOLDER: Final = re.compile(r"\{\w+[^{}]*\}")
_DATE: Final = b'"POT-Creation-Date'
_HEADER: Final = """\
# The texts of an interactive course on muscle twitching, for translators. docs/translating.md
# explains how to use this file. Licence: CC BY 4.0."""


def collect() -> Catalog:
    """Return every text that a reader may see, with the files that contain it."""
    catalogue = Catalog(
        project="twitchlib", version=twitchlib.__version__, header_comment=_HEADER, charset="utf-8"
    )
    for pattern, method in _SOURCES.items():
        for path in sorted(ROOT.glob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            for _, text, comments, _ in extract_from_file(method, path, keywords=_KEYWORDS):
                # Without line numbers, so that the template changes only when a text does.
                found = catalogue.add(text, locations=[(place, 0)], auto_comments=comments)
                found.flags.discard("python-format")  # "5 % of" is not a format
    return catalogue


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue in a stable order, without the date of the template.

    Otherwise every update would change the file.
    """
    text = BytesIO()
    write_po(text, catalogue, width=100, sort_by_file=True, include_lineno=False)
    lines = text.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(_DATE)))


def misfits(catalogue: Catalog) -> list[str]:
    """Return the texts whose translation has placeholders that they do not have."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and _placeholders(message.string) - _placeholders(message.id)
    ]


def _placeholders(texts: Any) -> set[str]:
    forms = texts if isinstance(texts, (tuple, list)) else (texts or "",)
    return {found for text in forms for found in _PLACEHOLDER.findall(text)}


def renew() -> None:
    """Write the template, update the languages, and report translations that do not fit.

    New texts are untranslated.
    """
    template = collect()
    FOLDER.mkdir(exist_ok=True)
    write(template, TEMPLATE)
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        write(catalogue, path)
        for text in misfits(catalogue):
            print(f"{path.name}: the placeholders are not those of {text!r}")  # noqa: T201
