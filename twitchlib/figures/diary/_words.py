"""Words and keys that the figures of a diary share."""

from typing import Any

import numpy as np

from twitchlib.messages import beginning, language, ngettext
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["counted_text", "day_text", "key", "titled", "twitches_text"]


def day_text(day: Any, pattern: str = "") -> str:
    """Return a day as text: "3 March 2026", or in a Unicode (CLDR) pattern.

    Examples
    --------
    >>> import numpy as np
    >>> day_text(np.datetime64("2026-03-03"))
    '3 March 2026'
    """
    from babel.dates import format_date  # loaded only for a diary

    date = np.datetime64(day, "D").item()
    return format_date(date, pattern or _("d MMMM y"), locale=language().replace("-", "_"))


def twitches_text(count: float) -> str:
    """Return a count of twitches in words."""
    if np.isnan(count):
        return _("not counted")
    return ngettext("{n} twitch", "{n} twitches", int(count))


def counted_text(total: float, days: int) -> str:
    """Return the number of twitches and of counted days, in words.

    Examples
    --------
    >>> counted_text(1, 2)
    '1 twitch on 2 counted days'
    """
    return _(
        "{twitches} on {days}",
        twitches=ngettext("{n:,} twitch", "{n:,} twitches", int(total)),
        days=ngettext("{n} counted day", "{n} counted days", days),
    )


def key(text: str) -> dict[str, Any]:
    """Return a key to the marks, as an annotation above the plot."""
    return {
        "x": 1,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "text": text,
        "font": {"color": LIGHT["muted"]},
    }


def titled(title: str, *, synthetic: bool) -> str:
    """Return a figure's title, which says whether a computer made the diary up.

    Parameters
    ----------
    title : str
        What the figure shows, as part of a sentence.
    synthetic : bool
        Whether a computer made the diary up.
    """
    if synthetic:
        return _("A made-up diary: {title}", title=title)
    return beginning(title)
