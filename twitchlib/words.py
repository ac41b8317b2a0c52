"""Numbers as written in sentences, for figures and drawings alike."""

from typing import Final

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["SMALL_N", "lasting", "newtons", "number_word", "signed", "spikes_text"]

SMALL_N: Final = 0.1
"""A force below this is given in millinewtons."""

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


def number_word(number: int, *, begins: bool = False) -> str:
    """Return a number, in words from one to nine, capitalised at the start of a sentence."""
    words = _BEGINNING if begins else _INSIDE
    return words[number - 1] if 0 < number <= len(words) else str(number)


def spikes_text(number: int, *, begins: bool = False) -> str:
    """Return a number of spikes in words, capitalised at the start of a sentence."""
    if not number:
        return _("No spike") if begins else _("no spike")
    word = number_word(number, begins=begins)
    return ngettext("{number} spike", "{number} spikes", number, number=word)


def newtons(force_n: float, spec: str = ".1f") -> str:
    """Return a force with its unit, small ones in millinewtons."""
    return f"{force_n:{spec}} N" if force_n >= SMALL_N else f"{1000 * force_n:.0f} mN"


def signed(value: float) -> str:
    """Return a number without decimals, with a proper minus sign."""
    return f"{value:.0f}".replace("-", "−")


def lasting(time_s: float) -> str:
    """Return a duration: in seconds up to 100, in minutes and seconds beyond."""
    seconds = round(float(time_s))
    if seconds <= 100:
        return f"{float(time_s):.0f} s" if time_s >= 10 else f"{float(time_s):.1f} s"
    minutes, rest = divmod(seconds, 60)
    if rest:
        return _("{minutes} min {rest} s", minutes=minutes, rest=rest)
    return _("{minutes} min", minutes=minutes)
