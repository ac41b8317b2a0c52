"""The texts that code shows to a reader, all from one catalogue.

The course is written in English, and the code contains the English texts. Every text that a reader
may see goes through `gettext` or `ngettext`, so adding a language means adding one file, such as
``data/messages/de.po`` for German. It is made from the template ``twitchlib.pot`` beside it and
also holds the texts of the tables in ``data``. ``TWITCHLIB_LANGUAGE`` names the language of a
process, which does not change while it runs, so a text may be looked up when a module is loaded.
"""

import functools
import json
import os
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twitchlib.places import folder

if TYPE_CHECKING:
    from babel.messages import Catalog

__all__ = [
    "LANGUAGE",
    "beginning",
    "gettext",
    "inside",
    "language",
    "languages",
    "ngettext",
    "script",
]

LANGUAGE: Final = "TWITCHLIB_LANGUAGE"
"""The environment variable that names a language with a catalogue, or the path of a catalogue."""

_SOURCE: Final = "en"
# Languages that capitalise every noun.
_CAPITAL_NOUNS: Final = ("de", "lb")

# JavaScript looks up its own texts, with the same placeholders as here.
_SCRIPT: Final = """\
function gettext(message, values = {}) {
  const texts = TEXTS;
  const text = Object.hasOwn(texts, message) ? texts[message] : message;
  return text.replace(/\\{(\\w+)\\}/g, (hole, name) => (name in values ? values[name] : hole));
}
"""


def gettext(message: str, /, **values: object) -> str:
    """Return a text in the reader's language.

    Parameters
    ----------
    message : str
        The English text, written out where it is used. Variable parts appear as ``{name}``, with a
        format if needed.
    **values
        Values to fill in. Without any, braces are left as they are.

    Returns
    -------
    str
        The translation, or the English text if there is none or its placeholders do not fit.

    Examples
    --------
    >>> gettext("{rate_hz:.0f} beats a second", rate_hz=6.2)
    '6 beats a second'
    """
    # The empty text is the catalogue's own header.
    return _filled(_catalogue().gettext(message) if message else "", message, values)


def ngettext(one: str, many: str, n: float, /, **values: object) -> str:
    """Return a text in the reader's language, in the form that fits a number.

    Parameters
    ----------
    one, many : str
        The English text for one and for any other number.
    n : float
        The number. The texts may contain it as ``{n}``.
    **values
        Other values to fill in.

    Examples
    --------
    >>> ngettext("{n} unit fires", "{n} units fire", 3)
    '3 units fire'
    """
    source = one if n == 1 else many
    # Plural rules are for whole numbers; 1.5 of something is plural everywhere.
    whole = int(n) if n == int(n) else 2
    return _filled(_catalogue().ngettext(one, many, whole), source, {"n": n, **values})


def beginning(text: str) -> str:
    """Return a text as it appears at the beginning of a sentence.

    Examples
    --------
    >>> beginning("length of an event")
    'Length of an event'
    """
    return text[:1].upper() + text[1:]


def inside(label: str) -> str:
    """Return a label as it appears inside a sentence: in lower case, unless nouns are capitalised.

    Examples
    --------
    >>> inside("Length of an event")
    'length of an event'
    """
    if language().split("-")[0] in _CAPITAL_NOUNS:
        return label
    return label[:1].lower() + label[1:]


def language() -> str:
    """Return the language of the course as a code for pages, ``en`` by default.

    Raises
    ------
    ValueError
        If ``TWITCHLIB_LANGUAGE`` does not name a catalogue. The error lists the catalogues.

    Examples
    --------
    >>> language()
    'en'
    """
    return _catalogue().info().get("language", _SOURCE).replace("_", "-")


def languages() -> list[str]:
    """Return the languages the course has a catalogue for, and English.

    Examples
    --------
    >>> languages()
    ['en']
    """
    return sorted({_SOURCE, *(path.stem for path in _folder().glob("*.po"))})


def script() -> str:
    """Return JavaScript that defines ``gettext(message, values)`` with the texts scripts use.

    Examples
    --------
    >>> script().splitlines()[0]
    'const TEXTS = {};'
    """
    texts = json.dumps(_script_texts(), ensure_ascii=False).replace("</", "<\\/")
    return f"const TEXTS = {texts};\n{_SCRIPT}"


def _folder() -> Path:
    return folder("data") / "messages"


def _filled(text: str, source: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    try:
        return text.format(**values)
    # A mistake in a translation must not cost the reader the figure.
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return source.format(**values)


def _path() -> Path | None:
    """Return the path of the catalogue the variable names, or None for the source language."""
    named = os.environ.get(LANGUAGE, "") or _SOURCE
    if named == _SOURCE:
        return None
    path = Path(named) if named.endswith(".po") else _folder() / f"{named}.po"
    if not named.endswith(".po") and named not in languages():
        there = ", ".join(languages())
        raise ValueError(f"{LANGUAGE} = {named!r}: must be {there}, or the path of a .po file")
    if not path.is_file():
        raise ValueError(f"{LANGUAGE} = {named!r}: must be the path of an existing file")
    return path


@functools.cache
def _read() -> "Catalog | None":
    path = _path()
    if path is None:
        return None
    # Babel comes with JupyterLab; with English it is not loaded.
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{LANGUAGE} = {str(path)!r}: is not a message catalogue ({error})"
        ) from None


@functools.cache
def _catalogue() -> NullTranslations:
    read = _read()
    if read is None:
        return NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _script_texts() -> dict[str, str]:
    return {
        str(message.id): str(message.string)
        for message in _read() or ()
        if message.string
        and not message.fuzzy
        and any(place.endswith(".js") for place, _ in message.locations)
    }
