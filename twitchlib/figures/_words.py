"""Numbers and labels as they stand in the sentences of figures."""

from typing import Final

from twitchlib.messages import gettext as _
from twitchlib.messages import language, ngettext

__all__ = ["beginning", "inside", "number_word", "signed", "spikes_text"]

_BEGINNING: Final = (
    _("One"),
    _("Two"),
    _("Three"),
    _("Four"),
    _("Five"),
    _("Six"),
    _("Seven"),
    _("Eight"),
    _("Nine"),
)
_INSIDE: Final = (
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
)
# Languages that write every noun with a capital.
_CAPITAL_NOUNS: Final = ("de", "lb")


def number_word(number: int, *, begins: bool = False) -> str:
    """Return a number from one to nine in words, with a capital where a sentence begins so."""
    words = _BEGINNING if begins else _INSIDE
    return words[number - 1] if 0 < number <= len(words) else str(number)


def spikes_text(number: int, *, begins: bool = False) -> str:
    """Return a number of spikes in words, with a capital where a sentence begins so."""
    if not number:
        return _("No spike") if begins else _("no spike")
    word = number_word(number, begins=begins)
    return ngettext("{number} spike", "{number} spikes", number, number=word)


def beginning(text: str) -> str:
    """Return a text as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: small, except where all nouns are capital."""
    if language().split("-")[0] in _CAPITAL_NOUNS:
        return label
    return label[:1].lower() + label[1:]


def signed(value: float) -> str:
    """Return a number without decimals and with a true minus."""
    return f"{value:.0f}".replace("-", "−")
