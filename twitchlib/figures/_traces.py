"""Traces that figures share: lines, marks, the outline of a long signal, strokes of spikes."""

from typing import Any

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray

__all__ = ["line", "marks", "outline", "strokes"]


def line(
    x: npt.ArrayLike, y: npt.ArrayLike, name: str, colour: str, width: float
) -> dict[str, Any]:
    """Return a line as plotly draws it."""
    return {
        "type": "scatter",
        "x": np.asarray(x, dtype=np.float32),
        "y": np.asarray(y, dtype=np.float32),
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": width},
    }


def marks(x: Any, y: Any, name: str, marker: dict[str, Any], hover: str) -> dict[str, Any]:
    """Return marks as plotly draws them, and what is said where a pointer rests on one."""
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
    """Return the least and the greatest value of each of some stretches, in turn.

    However short a peak is, it is drawn.
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
    """Return a short upright stroke at each time, with gaps between."""
    gap = np.full(time_s.size, np.nan)
    return (
        np.column_stack((time_s, time_s, gap)).ravel(),
        np.column_stack((at - half, at + half, gap)).ravel(),
    )
