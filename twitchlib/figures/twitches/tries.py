"""The figure of all ankles tried: where the oscillation lasts, and where it dies out."""

import math
from collections.abc import Mapping
from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.figures._traces import marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.reflex import Ankle

__all__ = ["plot_tries"]

_AXES: Final = ("gain_s", "delay_ms")
_GAIN: Final = 1.5
_DELAY_MS: Final = (5, 105)


def plot_tries(
    tries: Mapping[Ankle, float], now: Ankle, examples: Mapping[Ankle, float] | None = None
) -> go.Figure:
    """Draw the gain, delay and outcome of each try.

    Lasting oscillation is distinguished by its marker, not only by colour.

    Parameters
    ----------
    tries : Mapping of Ankle to float
        Oscillations per second of each ankle tried; NaN if they died out. Only ankles that differ
        from `now` in nothing but gain and delay are shown.
    now : Ankle
        The present ankle.
    examples : Mapping of Ankle to float, optional
        Other ankles, drawn faintly and named as examples; none of them is counted.

    Examples
    --------
    >>> from twitchlib.physiology.reflex import HEALTHY, SPASTIC
    >>> plot_tries({HEALTHY: math.nan, SPASTIC: 5.2}, SPASTIC).layout.title.text
    'In 1 of 2 tries the foot beats on'
    """
    alike, shown = (
        {ankle: hz for ankle, hz in some.items() if _foot(ankle) == _foot(now)}
        for some in (tries, examples or {})
    )
    lasting = {ankle: hz for ankle, hz in alike.items() if not math.isnan(hz)}
    dying = [ankle for ankle in alike if ankle not in lasting]
    title = _title(len(lasting), len(alike))
    return figure(
        [
            *_faint(shown),
            _marks(dying, _("dies out"), {"symbol": "circle-open", "color": LIGHT["muted"]}),
            _marks(list(lasting), _("beats on"), {"symbol": "circle", "color": LIGHT["muscle"]}),
            _marks([now], _("now"), {"symbol": "diamond-open", "color": LIGHT["ink"], "size": 18}),
        ],
        title=title,
        description=_(
            "{found}. ● beats on, ○ dies out, ◇ is now: a delay of {delay_ms:g} ms and a gain of "
            "{gain_s:g} s/rad.",
            found=_with_rates(title, list(lasting.values())),
            delay_ms=now.delay_ms,
            gain_s=now.gain_s,
        ),
        height=340,
        table={
            "columns": [_("Delay (ms)"), _("Gain (s/rad)"), _("Beats a second")],
            "rows": [
                [ankle.delay_ms, ankle.gain_s, _("dies out") if math.isnan(hz) else round(hz, 2)]
                for ankle, hz in alike.items()
            ],
        },
        x={"title": _("Delay of the reflex (ms)"), "range": list(_DELAY_MS)},
        y={"title": _("Gain (s/rad)"), "range": [-0.08, _GAIN + 0.08]},
    )


def _title(lasting: int, tries: int) -> str:
    if tries == 1:
        return (
            _("On your first try the foot beats on")
            if lasting
            else _("On your first try the swing dies out")
        )
    return ngettext(
        "In {lasting} of {n} try the foot beats on",
        "In {lasting} of {n} tries the foot beats on",
        tries,
        lasting=lasting,
    )


def _faint(examples: Mapping[Ankle, float]) -> list[dict[str, Any]]:
    """Return examples as faint marks, each with a word."""
    found = []
    for name, symbol, lasts in (
        (_("example: dies out"), "circle-open", False),
        (_("example: beats on"), "circle", True),
    ):
        chosen = [ankle for ankle, hz in examples.items() if math.isnan(hz) != lasts]
        found.append(
            _marks(chosen, name, {"symbol": symbol, "color": LIGHT["line"]})
            | {
                "mode": "markers+text",
                "text": name,
                "textposition": "top center",  # untranslated: plotly's word
                "textfont": {"size": 14, "color": LIGHT["muted"]},
            }
        )
    return found


def _with_rates(title: str, rates_hz: list[float]) -> str:
    """Return a title with the beats per second of the tries with clonus, if there are any."""
    if not rates_hz:
        return title
    low, high = (f"{rate_hz:.1f}" for rate_hz in (min(rates_hz), max(rates_hz)))
    if low == high:
        return _("{title}, {rate_hz} times a second", title=title, rate_hz=low)
    return _("{title}, {low_hz} to {high_hz} times a second", title=title, low_hz=low, high_hz=high)


def _foot(ankle: Ankle) -> dict[str, float]:
    """Return an ankle's settings other than the gain and delay of its reflex."""
    return {name: value for name, value in vars(ankle).items() if name not in _AXES}


def _marks(ankles: list[Ankle], name: str, look: dict[str, Any]) -> dict[str, Any]:
    x, y = [ankle.delay_ms for ankle in ankles], [ankle.gain_s for ankle in ankles]
    marker = {"size": 9, "line": {"width": 2}} | look
    return marks(x, y, name, marker, f"%{{x:g}} ms, %{{y:g}} s/rad: {name}")
