"""Traces that figures share: lines, markers, an earlier line, envelopes, spike rasters."""

from typing import Any

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["faint", "line", "marks", "outline", "strokes"]


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
    """Return a faint line to compare with, and its name where it is farthest from the present one.

    Parameters
    ----------
    x, y : ndarray
        The line to compare with.
    now : tuple of ndarray
        The present one.
    words : str
        Its name on the figure; by default that it is the earlier one.
    **axes : str
        Axes of both traces.
    """
    words = words or _("before")
    apart = y - np.interp(x, *now)
    at = int(np.abs(apart).argmax())
    side = "top" if apart[at] > 0 else "bottom"
    towards = "right" if at < x.size / 2 else "left"
    # The name is a trace and no annotation, which plotly.js would redraw with all axes.
    name = {
        "type": "scatter",
        "x": np.asarray(x[at : at + 1], dtype=np.float32),
        "y": np.asarray(y[at : at + 1], dtype=np.float32),
        "name": words,
        "mode": "text",
        "text": words,
        "textposition": f"{side} {towards}",
        "textfont": {"size": 14, "color": LIGHT["muted"]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return line(x, y, words, LIGHT["line"], 1.5) | {"hoverinfo": "skip"} | axes, name | axes


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

    Even the shortest peak is drawn.
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
