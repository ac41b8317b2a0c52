"""Detected events in an EMG, with a bar over each."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.emg.detection import Detection
from twitchlib.figures._traces import label, line, outline
from twitchlib.figures.emg._parts import PIECES, cut, scale_mv, span
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT

__all__ = ["describe_detection", "plot_detection"]

_MOST_EVENTS: Final = 200
_NARROWEST: Final = 0.004


def plot_detection(detection: Detection, *, start_s: float = 0, shown_s: float = 10) -> go.Figure:
    """Draw a part of an EMG, and a bar over each detected event.

    Parameters
    ----------
    detection : Detection
        The detected events.
    start_s, shown_s : float
        Which part to show. A part that would lie beyond the end is moved to the end.

    Examples
    --------
    >>> from twitchlib import emg, twitches
    >>> made = twitches.simulate("clonus", seed=1, duration_s=4)
    >>> plot_detection(emg.detect(made)).layout.title.text
    '19 events in 4 s'
    """
    signal = detection.signal
    start_s, end_s = span(signal.duration_s, start_s, shown_s)
    time_s, emg_mv = cut(signal, start_s, end_s)
    size_mv = scale_mv(signal)
    limit_mv = detection.threshold_mv
    seen = (detection.offset_s > start_s) & (detection.onset_s < end_s)
    # Wide enough that the bar of even the shortest event is visible.
    until_s = np.maximum(detection.offset_s, detection.onset_s + _NARROWEST * (end_s - start_s))
    bars = _bars(detection.onset_s[seen], until_s[seen], 1.1 * size_mv)
    edges = np.array([start_s, end_s])
    traces: list[dict[str, Any]] = [
        line(*outline(time_s, emg_mv, PIECES), _("EMG"), LIGHT["nerve"], 1) | {"hoverinfo": "skip"},
        *(
            line(edges, np.full(2, sign * limit_mv), _("threshold"), LIGHT["attention"], 1.5)
            | {"hoverinfo": "skip"}
            for sign in (1, -1)
        ),
        line(*bars, _("events"), LIGHT["attention"], 6)
        | {"hovertemplate": "%{x:.3f} s<extra></extra>"},
    ]
    return figure(
        traces,
        title=ngettext(
            "{n} event in {duration_s:.3g} s",
            "{n} events in {duration_s:.3g} s",
            len(detection),
            duration_s=signal.duration_s,
        ),
        description=describe_detection(detection),
        height=380,
        x={"title": _("Time (s)"), "range": [start_s, end_s]},
        y={"title": _("EMG (mV)"), "range": [-1.3 * size_mv, 1.3 * size_mv]},
        table=_event_table(detection),
        annotations=[
            label(
                start_s,
                -1.05 * size_mv,
                _("thin lines: threshold, {limit_uv:.3g} µV", limit_uv=1000 * limit_mv),
                "attention",
                "left",
                "top",
            ),
            label(start_s, 1.12 * size_mv, _("events found"), "attention", "left", "bottom"),
        ],
    )


def describe_detection(detection: Detection) -> str:
    """Return the detected events in one sentence, and what was wrong with the EMG, if anything.

    Examples
    --------
    >>> from twitchlib import emg
    >>> describe_detection(emg.detect(emg.Signal(np.zeros(1000), 1000)))
    'At rest the EMG varies by 0 µV, and nothing stands out from that.'
    """
    return " ".join((_found(detection), *detection.signal.remarks))


def _found(detection: Detection) -> str:
    count = len(detection)
    rest_uv = 1000 * detection.rest_mv
    if not count:
        return _(
            "At rest the EMG varies by {rest_uv:.3g} µV, and nothing stands out from that.",
            rest_uv=rest_uv,
        )
    burst_ms = float(np.median(detection.burst_ms))
    return ngettext(
        "At rest the EMG varies by {rest_uv:.3g} µV; {n} event stands out, typically {length} "
        "long and {amplitude_mv:.2g} mV from peak to peak, filling {share:.0f} % of the time.",
        "At rest the EMG varies by {rest_uv:.3g} µV; {n} events stand out, typically {length} "
        "long and {amplitude_mv:.2g} mV from peak to peak, filling {share:.0f} % of the time.",
        count,
        rest_uv=rest_uv,
        length=f"{burst_ms:.0f} ms" if burst_ms < 1000 else f"{burst_ms / 1000:.1f} s",
        amplitude_mv=float(np.median(detection.amplitude_mv)),
        share=100 * float(detection.active.mean()),
    )


def _bars(
    onset_s: FloatArray, offset_s: FloatArray, height: float
) -> tuple[FloatArray, FloatArray]:
    gap = np.full(onset_s.size, np.nan)
    level = np.full(onset_s.size, height)
    return (
        np.column_stack((onset_s, offset_s, gap)).ravel(),
        np.column_stack((level, level, gap)).ravel(),
    )


def _event_table(detection: Detection) -> dict[str, Any]:
    rows = zip(
        detection.onset_s[:_MOST_EVENTS], detection.burst_ms[:_MOST_EVENTS],
        detection.amplitude_mv[:_MOST_EVENTS], strict=True,
    )  # fmt: skip
    return {
        "columns": [_("Onset (s)"), _("Length (ms)"), _("Peak to peak (mV)")],
        "rows": [[f"{at:.3f}", f"{length:.1f}", f"{size:.3g}"] for at, length, size in rows],
    }
