"""The figure of many ankles: the reflex gain and delay at which a kick causes clonus.

Examples
--------
>>> import pandas as pd
>>> kicked = pd.DataFrame({"gain_s": [0.2, 0.8], "delay_ms": [50, 50], "swing_deg": [0.0, 6.1]})
>>> plot_sweep(kicked).layout.title.text
'1 of 2 ankles swings on'
"""

from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from twitchlib.errors import NotAllowedError
from twitchlib.figures._traces import marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.reflex import LEAST_SWING_DEG, Ankle
from twitchlib.quantity import describe as quantities

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_sweep"]

_COLUMNS: Final = ("gain_s", "delay_ms", "swing_deg")
_LARGEST_PX: Final = 18
_SMALLEST_PX: Final = 6


def plot_sweep(sweep: "pd.DataFrame") -> go.Figure:
    """Draw which ankles keep oscillating after a kick, and how far.

    An ankle that keeps oscillating is a disc, sized by its amplitude; one that comes to rest is a
    cross.

    Parameters
    ----------
    sweep : DataFrame
        One row per ankle: ``gain_s``, ``delay_ms``, and ``swing_deg`` as given by
        `physiology.reflex.ReflexRun.swing_deg`.

    Raises
    ------
    NotAllowedError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> still = pd.DataFrame({"gain_s": [0.1], "delay_ms": [20], "swing_deg": [0.0]})
    >>> plot_sweep(still).layout.title.text
    'No ankle swings on'
    """
    swings = _swinging(sweep)
    on, off = sweep[swings], sweep[~swings]
    widest_deg = max(float(sweep["swing_deg"].max()), LEAST_SWING_DEG)
    sizes = _SMALLEST_PX + (_LARGEST_PX - _SMALLEST_PX) * on["swing_deg"] / widest_deg
    traces = [
        _marks(
            off,
            _("comes to rest"),
            {"symbol": "x-thin-open", "size": 7, "color": LIGHT["line"]},
        ),
        _marks(
            on,
            _("swings on"),
            {"symbol": "circle", "size": list(sizes), "color": LIGHT["muscle"]},
        ),
    ]
    known = quantities(Ankle)
    return figure(
        traces,
        title=_title(sweep),
        description=describe_sweep(sweep),
        height=480,
        table={
            "columns": [
                _("Gain (s/rad)"),
                _("Delay (ms)"),
                _("Swing (degrees)"),
                _("The ankle"),
            ],
            "rows": [
                [
                    float(gain),
                    float(delay),
                    round(float(swing), 2),
                    _("swings on") if on else _("rests"),
                ]
                for (gain, delay, swing), on in zip(
                    sweep[list(_COLUMNS)].itertuples(index=False), swings, strict=True
                )
            ],
        },
        x={"title": f"{known['gain_s'].label} ({known['gain_s'].unit})"},
        y={"title": f"{known['delay_ms'].label} ({known['delay_ms'].unit})"},
    )


def _marks(rows: "pd.DataFrame", name: str, marker: dict[str, Any]) -> dict[str, Any]:
    gain_s, delay_ms, swing_deg = (rows[column].to_numpy(float) for column in _COLUMNS)
    outlined = {"line": {"width": 1.5, "color": marker["color"]}} | marker
    hover = _("gain %{x:.2f}, delay %{y:.0f} ms") + f": {name}, %{{customdata:.1f}}°"
    return marks(gain_s, delay_ms, name, outlined, hover) | {"customdata": swing_deg}


def _swinging(sweep: "pd.DataFrame") -> "pd.Series[bool]":
    missing = [name for name in _COLUMNS if name not in sweep]
    if missing:
        without = _("without {columns}", columns=", ".join(missing))
        raise NotAllowedError("sweep", without, _("a table that has it"))
    return sweep["swing_deg"] >= LEAST_SWING_DEG


def _title(sweep: "pd.DataFrame") -> str:
    on = int(_swinging(sweep).sum())
    if not on:
        return _("No ankle swings on")
    return ngettext(
        "{n} of {ankles} ankles swings on", "{n} of {ankles} ankles swing on", on, ankles=len(sweep)
    )


def describe_sweep(sweep: "pd.DataFrame") -> str:
    """Return in one sentence which ankles keep oscillating.

    Parameters
    ----------
    sweep : DataFrame
        As for `plot_sweep`.

    Raises
    ------
    NotAllowedError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> describe_sweep(pd.DataFrame({"gain_s": [0.8], "delay_ms": [50], "swing_deg": [6.1]}))
    '1 of 1 ankles swings on, by up to 6.1°; the lowest gain is 0.8 s/rad, with a delay of 50 ms.'
    """
    on = sweep[_swinging(sweep)]
    if on.empty:
        return _("{ankles}: every kick dies out.", ankles=_title(sweep))
    lowest = on["gain_s"].min()
    delays_ms = on.loc[on["gain_s"] == lowest, "delay_ms"]
    shortest, longest = delays_ms.min(), delays_ms.max()
    delay_ms = (
        _("{low:g} to {high:g}", low=shortest, high=longest)
        if longest > shortest
        else f"{shortest:g}"
    )
    return _(
        "{ankles}, by up to {swing_deg:.1f}°; the lowest gain is {gain_s:.3g} s/rad, "
        "with a delay of {delay_ms} ms.",
        ankles=_title(sweep),
        swing_deg=on["swing_deg"].max(),
        gain_s=lowest,
        delay_ms=delay_ms,
    )
