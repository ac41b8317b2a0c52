"""Traces and labels that figures share: lines, markers, envelopes, spike rasters."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["faint", "label", "line", "marks", "outline", "strokes"]

# The room that a name takes on a phone, as fractions of the figure: the width of a letter, and the
# lower and upper edge of the text above its line.
_LETTER: Final = 0.027
_ROOM: Final = (0.02, 0.16)


def line(
    x: npt.ArrayLike, y: npt.ArrayLike, name: str, colour: str, width: float
) -> dict[str, Any]:
    """Return a line trace."""
    return {
        "type": "scatter",
        "x": np.asarray(x, dtype=np.float32),
        "y": np.asarray(y, dtype=np.float32),
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": width},
    }


def faint(
    x: FloatArray, y: FloatArray, now: tuple[FloatArray, FloatArray], words: str = "", **axes: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a faint line to compare with, and its name.

    Parameters
    ----------
    x, y : ndarray
        The line to compare with.
    now : tuple of ndarray
        The present line.
    words : str
        Name of the faint line; "before" by default.
    **axes : str
        Axes of both traces.
    """
    words = words or _("before")
    name = _named(x, y, now, words)
    return line(x, y, words, LIGHT["line"], 1.5) | {"hoverinfo": "skip"} | axes, name | axes


def _named(
    x: FloatArray, y: FloatArray, now: tuple[FloatArray, FloatArray], words: str
) -> dict[str, Any]:
    """Return the name of a faint line, placed clear of both lines where they are far apart."""
    keep, kept = np.isfinite(y), np.isfinite(now[1])
    x, y, now_x, now_y = x[keep], y[keep], now[0][kept], now[1][kept]
    height = float(np.ptp(np.concatenate((y, now_y)))) or 1
    width, lowest = float(np.ptp(x)), min(y.min(), now_y.min())
    across = np.linspace(x[0], x[-1], 200)
    lines = np.interp(across, x, y), np.interp(across, now_x, now_y)
    # A difference too small to see counts as none, so that rounding errors do not move the name.
    apart = np.round(np.abs(lines[0] - lines[1]) / height, 3)
    best, place = -1.0, (across[0], lines[0][0], "top right")  # untranslated: plotly's word
    last = across[-1] - min(_LETTER * len(words), 0.9) * width
    for at in np.flatnonzero(across <= last)[:: across.size // 20]:
        under = (across >= across[at]) & (across <= across[at] + width - (last - across[0]))
        for side, sign in (("top", 1), ("bottom", -1)):
            gaps = [sign * (one[under] - lines[0][at]) / height for one in lines]
            free = all(((gap < _ROOM[0]) | (gap > _ROOM[1])).all() for gap in gaps)
            inside = lines[0][at] - _ROOM[1] * height >= lowest
            if free and (side == "top" or inside) and apart[at] > best:
                best = float(apart[at])
                place = (across[at], lines[0][at], f"{side} right")  # untranslated: plotly's word
    # A trace, since plotly.js would redraw all axes for an annotation.
    return {
        "type": "scatter",
        "x": np.array([place[0]], dtype=np.float32),
        "y": np.array([place[1]], dtype=np.float32),
        "name": words,
        "mode": "text",
        "text": words,
        "textposition": place[2],
        "textfont": {"size": 14, "color": LIGHT["muted"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def label(
    x: float, y: float, words: str, colour: str, xanchor: str, yanchor: str
) -> dict[str, Any]:
    """Return a text annotation without an arrow."""
    return {
        "x": x,
        "y": y,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "text": words,
        "font": {"color": LIGHT[colour]},
        "showarrow": False,
    }


def marks(x: Any, y: Any, name: str, marker: dict[str, Any], hover: str) -> dict[str, Any]:
    """Return a marker trace with its hover text."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "mode": "markers",
        "marker": marker,
        "hovertemplate": f"{hover}<extra></extra>",
    }


def outline(
    time_s: FloatArray, values: FloatArray, pieces: int = 300
) -> tuple[FloatArray, FloatArray]:
    """Return the minimum and maximum of each segment, alternating.

    So even the shortest peak is drawn.
    """
    length = max(time_s.size // pieces, 1)
    stretches = time_s.size // length
    parts = values[: stretches * length].reshape(stretches, length)
    starts = time_s[: stretches * length : length]
    return (
        np.repeat(starts, 2),
        np.column_stack((parts.min(axis=1), parts.max(axis=1))).ravel(),
    )


def strokes(time_s: FloatArray, at: npt.NDArray[Any], half: float) -> tuple[FloatArray, FloatArray]:
    """Return a short vertical stroke at each time, separated by gaps."""
    gap = np.full(time_s.size, np.nan)
    return (
        np.column_stack((time_s, time_s, gap)).ravel(),
        np.column_stack((at - half, at + half, gap)).ravel(),
    )
