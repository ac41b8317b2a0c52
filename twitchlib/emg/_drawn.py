"""Plots of a saved report: SVG lines stretch with the page, and the words beside them do not.

A report opens anywhere, without plotly and without the internet. Colours are classes of its style
sheet, so it can be dark on a screen and light on paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.markup import Markup, each, html

__all__ = ["Axis", "bars", "envelope", "line", "plot", "shades", "spans"]

# The inside of a plot in its own units.
WIDE, HIGH = 1000.0, 200.0
_PIECES = 1000
_TICKS = 5
_NARROWEST = 3


@dataclass(frozen=True)
class Axis:
    """One axis of a plot.

    Attributes
    ----------
    title : str
        Title, with the unit.
    low, high : float
        Range of the axis.
    ticks : sequence of (float, str), optional
        Value and label of each tick; by default round numbers.
    """

    title: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]] = ()

    @property
    def labels(self) -> list[tuple[float, str]]:
        """The position of each label as a share of the axis, and the label."""
        ticks = self.ticks or [(at, f"{at:g}") for at in _round_numbers(self.low, self.high)]
        return [((at - self.low) / (self.high - self.low), words) for at, words in ticks]

    def places(self, values: npt.ArrayLike, size: float) -> FloatArray:
        """Return where values lie on an axis of length `size`."""
        return (np.asarray(values, dtype=np.float64) - self.low) / (self.high - self.low) * size


def plot(
    *,
    title: str,
    description: str,
    x: Axis,
    y: Axis,
    inside: Iterable[Markup],
    height_px: int,
) -> Markup:
    """Return a figure with its title, and a description for those who cannot see it."""
    return html(
        '<figure><figcaption>{title}</figcaption><p class="small">{y_title}</p>'
        '<div class="plot" style="--high:{height}px;--left:{left}ch">'
        '<div class="y" aria-hidden="true">{y}</div>'
        '<svg role="img" aria-label="{description}" viewBox="0 0 {wide:g} {high:g}" '
        'preserveAspectRatio="none">{inside}</svg>'
        '<div class="x" aria-hidden="true">{x}</div></div>'
        '<p class="small end">{x_title}</p></figure>',
        title=title,
        description=description,
        y_title=y.title,
        x_title=x.title,
        height=height_px,
        left=max(*(len(words) for _at, words in y.labels), 5) + 2,
        wide=WIDE,
        high=HIGH,
        inside=Markup().join(inside),
        y=each('<span style="top:{:.2f}%">{}</span>', ((100 - 100 * at, w) for at, w in y.labels)),
        x=each('<span style="left:{:.2f}%">{}</span>', ((100 * at, w) for at, w in x.labels)),
    )


def envelope(values: FloatArray, y: Axis, kind: str) -> Markup:
    """Return a trace over the whole width, as the highest and lowest value of each piece."""
    length = max(math.ceil(values.size / _PIECES), 1)
    padded = np.full(math.ceil(values.size / length) * length, np.nan)
    padded[: values.size] = values
    pieces = padded.reshape(-1, length)
    edges = np.column_stack((np.fmin.reduce(pieces, axis=1), np.fmax.reduce(pieces, axis=1)))
    middle = (np.arange(len(pieces)) + 0.5) * length / values.size * WIDE
    return _path(np.repeat(np.minimum(middle, WIDE), 2), HIGH - y.places(edges, HIGH).ravel(), kind)


def line(at: float, y: Axis, kind: str) -> Markup:
    """Return a horizontal line at a value of the y axis."""
    return _path(np.array([0, WIDE]), np.full(2, HIGH - float(y.places(at, HIGH))), kind)


def spans(
    first: npt.ArrayLike, last: npt.ArrayLike, at: npt.ArrayLike, x: Axis, y: Axis, kind: str
) -> Markup:
    """Return a stroke from each first to its last value, visible however short it is."""
    begin, end = x.places(first, WIDE), x.places(last, WIDE)
    gap = np.full(begin.size, np.nan)
    level = HIGH - np.broadcast_to(y.places(at, HIGH), begin.shape)
    across = np.column_stack((begin, np.maximum(end, begin + _NARROWEST), gap)).ravel()
    return _path(across, np.column_stack((level, level, gap)).ravel(), kind)


def bars(edges: FloatArray, heights: FloatArray, x: Axis, y: Axis, kind: str) -> Markup:
    """Return a bar between every two neighbouring edges."""
    left, right = x.places(edges[:-1], WIDE), x.places(edges[1:], WIDE)
    tall = y.places(heights, HIGH)
    return _rectangles(left + 1, HIGH - tall, np.maximum(right - left - 2, 1), tall, kind)


def shades(stretches: FloatArray, x: Axis, kind: str) -> Markup:
    """Return a band over the whole height for each stretch, a row of its first and last value."""
    left, right = x.places(stretches[:, 0], WIDE), x.places(stretches[:, 1], WIDE)
    full = np.full(left.size, HIGH)
    return _rectangles(left, 0 * full, np.maximum(right - left, 1), full, kind)


def _rectangles(
    left: FloatArray, top: FloatArray, wide: FloatArray, high: FloatArray, kind: str
) -> Markup:
    return each(
        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>',
        zip([kind] * left.size, left, top, wide, high, strict=True),
    )


def _path(x: FloatArray, y: FloatArray, kind: str) -> Markup:
    """Return a line, broken wherever a value is missing."""
    known = np.isfinite(y) & np.isfinite(x)
    starts = known & ~np.concatenate(([False], known[:-1]))
    steps = (
        f"{'M' if start else 'L'}{across:.1f} {down:.1f}"
        for across, down, start in zip(x[known], y[known], starts[known], strict=True)
    )
    return html('<path class="{}" d="{}"/>', kind, "".join(steps))


def _round_numbers(low: float, high: float) -> list[float]:
    """Return a few round numbers within limits."""
    rough = (high - low) / _TICKS
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{count * step:.6g}") for count in range(first, last + 1)]
