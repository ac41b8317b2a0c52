"""What a change of the settings did: which ones differ, and whether the headline stayed.

Examples
--------
>>> from twitchlib import risk
>>> listed(risk.Habits(sleep_h=5))
'Sleep 5 h/night'
"""

from typing import Final

from twitchlib.figures.theme import joined
from twitchlib.messages import gettext as _
from twitchlib.quantity import Choice, Quantities, Quantity, choices, describe

__all__ = ["listed", "still"]

_MOST: Final = 2


def listed(settings: Quantities) -> str:
    """List the settings that are not at their default, with units; empty if there are none."""
    known = _known(settings)
    return joined(
        [
            f"{known[name].label} {_text(known[name], value)}"
            for name, value in settings.changed().items()
        ]
    )


def still(was: Quantities, now: Quantities, headline: str) -> str:
    """Return what was changed, and that the headline stayed; empty if many settings changed.

    Parameters
    ----------
    was, now : Quantities
        The settings before and after the change.
    headline : str
        The title of the figure, the same for both.

    Examples
    --------
    >>> from twitchlib import risk
    >>> still(risk.Habits(), risk.Habits(sleep_h=9), "No habit stands out")
    'Sleep: 9 h/night instead of 8 h/night. The headline stays: “No habit stands out”.'
    """
    known = _known(now)
    moved = [
        _(
            "{label}: {now} instead of {was}",
            label=one.label,
            now=_text(one, getattr(now, name)),
            was=_text(one, getattr(was, name)),
        )
        for name, one in known.items()
        if getattr(now, name) != getattr(was, name)
    ]
    if len(moved) > _MOST:
        return ""
    return _("{moved}. The headline stays: “{headline}”.", moved=joined(moved), headline=headline)


def _known(settings: Quantities) -> dict[str, Quantity | Choice]:
    return {**describe(type(settings)), **choices(type(settings))}


def _text(known: Quantity | Choice, value: object) -> str:
    text: str = known.text(value)  # type: ignore[arg-type]  # of the field's own kind
    return text
