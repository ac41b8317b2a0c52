"""What a reader typed, as a number where it is one, and as a quotation where it is not."""

import re

from twitchlib.messages import gettext as _

__all__ = ["quoted", "read_number"]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
_LONGEST = 40


def read_number(raw: object) -> object:
    """Return typed text as a number where it is one, anything else as it came.

    A comma counts as the decimal mark (``7,5``) unless it groups thousands (``1,500``). Whether
    a number is allowed is for its quantity to say, so nothing is refused here.
    """
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return raw
    text = raw.strip().replace("\N{MINUS SIGN}", "-")
    text = text.replace(",", "") if _GROUPED.fullmatch(text) else text.replace(",", ".", 1)
    return float(text) if _NUMBER.fullmatch(text) else raw


def quoted(raw: object) -> str:
    """Return `raw` in quotation marks, short and printable, to name it in a sentence."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(raw)[:200])
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return _("“{words}”", words=text)
