"""Recordings one below the other."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.emg.analysis import Analysis
from twitchlib.figures._traces import label, line, outline
from twitchlib.figures.emg._parts import PIECES, cut, span
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT

__all__ = ["plot_signals"]

# Illustrative: a longer event holds several potentials, so its height is not that of a single one.
_SINGLE_MS: Final = 30
_FEWEST_SINGLE: Final = 5


def plot_signals(
    analyses: Sequence[Analysis],
    *,
    start_s: float = 3.0,
    shown_s: float = 1.0,
    one_scale: bool = True,
) -> go.Figure:
    """Draw recordings one below the other.

    Parameters
    ----------
    analyses : sequence of Analysis
        The recordings, analysed; they are drawn unfiltered.
    start_s, shown_s : float
        Which part of each to show.
    one_scale : bool
        Whether all share one scale; otherwise each fills its row.

    Examples
    --------
    >>> from twitchlib import emg
    >>> healthy = emg.examples()["healthy"].simulate(seed=1)
    >>> plot_signals([emg.analyse(healthy)]).layout.title.text
    '1 recording on one scale'
    """
    signals = [one.signal for one in analyses]
    parts = []
    for signal in signals:
        first_s, last_s = span(signal.duration_s, start_s, shown_s)
        time_s, emg_mv = cut(signal, first_s, last_s)
        parts.append((time_s - first_s, emg_mv))
    heights = [float(np.ptp(np.nan_to_num(emg_mv, nan=0.0))) or 1.0 for _, emg_mv in parts]
    step = 1.4 * max(heights) if one_scale else 1.4
    singles = [_single_mv(one) for one in analyses]
    traces, labels = [], []
    for row, (signal, (time_s, emg_mv)) in enumerate(zip(signals, parts, strict=True)):
        x, y = outline(time_s, emg_mv if one_scale else emg_mv / heights[row], PIECES)
        traces.append(
            line(x, y - row * step, signal.name, LIGHT["nerve"], 1) | {"hoverinfo": "skip"}
        )
        words = _("{name} (synthetic)", name=signal.name) if signal.synthetic else signal.name
        if not one_scale:
            words = _("{name}, {height_mv:.2g} mV high", name=words, height_mv=heights[row])
        labels.append(label(0, (0.6 - row) * step, words, "ink", "left", "middle"))
    sentence = "; ".join(
        _(
            "{name}: {potentials}, half of the power below {median_hz:.0f} Hz",
            name=one.signal.name,
            potentials=_("potentials that run together")
            if height_mv is None
            else _("potentials of {height_mv:.2g} mV", height_mv=height_mv),
            median_hz=one.features.median_hz,
        )
        for one, height_mv in zip(analyses, singles, strict=True)
    )
    n = len(analyses)
    return figure(
        traces,
        title=ngettext("{n} recording on one scale", "{n} recordings on one scale", n)
        if one_scale
        else ngettext(
            "{n} recording each filling its row", "{n} recordings each filling its row", n
        ),
        description=sentence + ".",
        height=460,
        x={"title": _("Time from {start_s:g} s (s)", start_s=start_s), "range": [0, shown_s]},
        y={
            "title": _("EMG (rows {step_mv:.2g} mV apart)", step_mv=step)
            if one_scale
            else _("EMG (heights above)"),
            "range": [-(len(signals) - 0.45) * step, 0.75 * step],
            "tickvals": [-row * step for row in range(len(signals))],
            "ticktext": ["0"] * len(signals),
        },
        table={
            "columns": [
                _("Recording"),
                _("Single potentials (mV)"),
                _("Active (%)"),
                _("Median frequency (Hz)"),
            ],
            "rows": [
                [
                    one.signal.name,
                    None if height_mv is None else round(height_mv, 2),
                    f"{100 * one.features.active_share:.0f}",
                    f"{one.features.median_hz:.0f}",
                ]
                for one, height_mv in zip(analyses, singles, strict=True)
            ],
        },
        annotations=labels,
    )


def _single_mv(one: Analysis) -> float | None:
    """Return the height of potentials that stand alone; None where nearly all run together."""
    alone = one.detection.burst_ms <= _SINGLE_MS
    if alone.sum() < _FEWEST_SINGLE:
        return None
    return float(np.median(one.detection.amplitude_mv[alone]))
