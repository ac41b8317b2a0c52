"""Typed input, on a page or in a file: reading it as a number, and quoting it."""

import math
import re
from typing import Final

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["quoted", "read_number"]

_LONGEST: Final = 40
_GAP: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)


def read_number(text: str, decimal: str = "") -> float:
    """Return the number that a text holds, read the same way throughout the course.

    A point is the decimal mark. A comma groups thousands if three digits follow it, as the course
    itself writes numbers (``1,500``), and is the decimal mark otherwise (``7,5``, ``0,500``). Of
    two different marks the last is the decimal mark (``1.250,5``); a mark that appears several
    times groups thousands, as a space or an apostrophe may.

    Parameters
    ----------
    text : str
        What was typed.
    decimal : str
        ``"."`` or ``","`` if the decimal mark is known; then the other one groups thousands.

    Raises
    ------
    NotAllowedError
        If it is not a finite number of at most 40 characters.

    Examples
    --------
    >>> read_number("1,500"), read_number("7,5"), read_number("1.250,5")
    (1500.0, 7.5, 1250.5)
    >>> read_number("1,500", decimal=",")
    1.5
    """
    short = len(text) <= _LONGEST
    plain = _pointed(_GAP.sub("", text.strip().replace("\N{MINUS SIGN}", "-")), decimal)
    value = float(plain) if short and _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise NotAllowedError("number", text, _("a number such as 7.5 or 1,500"))
    return value


def _pointed(text: str, decimal: str) -> str:
    """Return digits with a point as decimal mark and no thousands separators."""
    at = max(text.rfind("."), text.rfind(","))
    if at < 0:
        return text
    whole, mark, part = text[:at], text[at], text[at + 1 :]
    if grouped := _GROUPED.fullmatch(text):
        if text.count(mark) > 1 or mark != (decimal or "."):
            return text.replace(mark, "")
    elif (grouped := _GROUPED.fullmatch(whole)) and grouped[1] != mark:
        whole = whole.replace(grouped[1], "")
    return f"{whole}.{part}"


def quoted(raw: object) -> str:
    """Return `raw` in quotation marks, short and printable, for use in a sentence.

    Examples
    --------
    >>> quoted("seven")
    '“seven”'
    """
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(raw)[:200])
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return _("“{words}”", words=text)
