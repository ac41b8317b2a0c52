"""Figures of an EMG: what was found in it, recordings side by side, and how well one did."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.emg.detection import Detection
from twitchlib.emg.features import Features
from twitchlib.emg.readers import Signal
from twitchlib.emg.scoring import Match
from twitchlib.figures._traces import line, outline
from twitchlib.figures.theme import figure
from twitchlib.palette import LIGHT
from twitchlib.physiology._arrays import FloatArray

__all__ = ["describe_detection", "describe_match", "plot_detection", "plot_match", "plot_signals"]

_PIECES: Final = 800
_MOST_EVENTS: Final = 200
_NARROWEST: Final = 0.004
_SIZES_MV: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def plot_detection(detection: Detection, *, start_s: float = 0, shown_s: float = 10) -> go.Figure:
    """Draw a part of an EMG, and a bar over each event that was found.

    Parameters
    ----------
    detection : Detection
        What was found.
    start_s, shown_s : float
        Which part to show. A part that would lie beyond the end is moved to the end.

    Examples
    --------
    >>> from twitchlib import emg, twitches
    >>> made = twitches.simulate("clonus", seed=1, duration_s=4)
    >>> plot_detection(emg.detect(made.emg_mv, made.sample_hz)).layout.title.text
    '19 events in 4 s'
    """
    start_s, end_s = _part(detection.duration_s, start_s, shown_s)
    time_s, emg_mv = _cut(detection.emg_mv, detection.sample_hz, start_s, end_s)
    size_mv = _size_mv(detection.emg_mv)
    limit_mv = detection.threshold_mv
    seen = (detection.offset_s > start_s) & (detection.onset_s < end_s)
    # However short an event is, its bar can be seen.
    until_s = np.maximum(detection.offset_s, detection.onset_s + _NARROWEST * (end_s - start_s))
    bars = _bars(detection.onset_s[seen], until_s[seen], 1.1 * size_mv)
    edges = np.array([start_s, end_s])
    traces: list[dict[str, Any]] = [
        line(*outline(time_s, emg_mv, _PIECES), "EMG", LIGHT["nerve"], 1) | {"hoverinfo": "skip"},
        *(
            line(edges, np.full(2, sign * limit_mv), "threshold", LIGHT["attention"], 1.5)
            | {"hoverinfo": "skip"}
            for sign in (1, -1)
        ),
        line(*bars, "events", LIGHT["attention"], 6)
        | {"hovertemplate": "%{x:.3f} s<extra></extra>"},
    ]
    return figure(
        traces,
        title=_counted(len(detection), "event", "events") + f" in {detection.duration_s:.3g} s",
        description=describe_detection(detection),
        height=380,
        x={"title": "Time (s)", "range": [start_s, end_s]},
        y={"title": "EMG (mV)", "range": [-1.3 * size_mv, 1.3 * size_mv]},
        table=_event_table(detection),
        annotations=[
            _label(
                start_s,
                -1.05 * size_mv,
                f"thin lines: threshold, {1000 * limit_mv:.3g} µV",
                "attention",
                "left",
                "top",
            ),
            _label(start_s, 1.12 * size_mv, "events found", "attention", "left", "bottom"),
        ],
    )


def describe_detection(detection: Detection) -> str:
    """Return what was found in one sentence.

    Examples
    --------
    >>> from twitchlib import emg
    >>> describe_detection(emg.detect(np.zeros(1000), 1000))
    'At rest the EMG varies by 0 µV, and nothing stands out from that.'
    """
    count = len(detection)
    rest = f"At rest the EMG varies by {1000 * detection.rest_mv:.3g} µV"
    if not count:
        return f"{rest}, and nothing stands out from that."
    burst_ms = float(np.median(detection.burst_ms))
    length = f"{burst_ms:.0f} ms" if burst_ms < 1000 else f"{burst_ms / 1000:.1f} s"
    amplitude_mv = float(np.median(detection.amplitude_mv))
    share = 100 * float(detection.active.mean())
    return (
        f"{rest}; {_counted(count, 'event stands', 'events stand')} out, typically {length} long "
        f"and {amplitude_mv:.2g} mV from peak to peak, and fill {share:.0f} % of the time."
    )


def plot_signals(
    signals: Sequence[Signal],
    measured: Mapping[str, Features],
    *,
    shown_s: float = 1.0,
    start_s: float = 3.0,
    one_scale: bool = True,
) -> go.Figure:
    """Draw recordings one below the other.

    Parameters
    ----------
    signals : sequence of Signal
        The recordings.
    measured : mapping from str to Features
        What was measured of each, by name.
    start_s, shown_s : float
        Which part of each to show.
    one_scale : bool
        Whether all have the same scale; otherwise each fills its row.

    Examples
    --------
    >>> from twitchlib import emg
    >>> healthy = emg.standin("healthy")
    >>> measured = emg.measure(emg.detect(healthy.emg_mv, healthy.sample_hz))
    >>> plot_signals([healthy], {"Healthy": measured}).layout.title.text
    '1 recording on one scale'
    """
    parts = []
    for signal in signals:
        first_s, last_s = _part(signal.duration_s, start_s, shown_s)
        time_s, emg_mv = _cut(signal.emg_mv, signal.sample_hz, first_s, last_s)
        parts.append((time_s - first_s, emg_mv))
    heights = [float(np.ptp(emg_mv)) or 1.0 for _, emg_mv in parts]
    step = 1.4 * max(heights) if one_scale else 1.4
    traces, labels = [], []
    for row, (signal, (time_s, emg_mv)) in enumerate(zip(signals, parts, strict=True)):
        x, y = outline(time_s, emg_mv if one_scale else emg_mv / heights[row], _PIECES)
        traces.append(
            line(x, y - row * step, signal.name, LIGHT["nerve"], 1) | {"hoverinfo": "skip"}
        )
        words = signal.name + (" (synthetic)" if signal.synthetic else "")
        words += "" if one_scale else f", {heights[row]:.2g} mV high"
        labels.append(_label(0, (0.6 - row) * step, words, "ink", "left", "middle"))
    features = [measured[signal.name] for signal in signals]
    said = "; ".join(
        f"{signal.name}: potentials of {one.amplitude_mv:.2g} mV, half of the power below "
        f"{one.median_hz:.0f} Hz"
        for signal, one in zip(signals, features, strict=True)
    )
    return figure(
        traces,
        title=f"{_counted(len(signals), 'recording', 'recordings')} "
        + ("on one scale" if one_scale else "each filling its row"),
        description=said + ".",
        height=460,
        x={"title": f"Time from {start_s:g} s (s)", "range": [0, shown_s]},
        y={
            "title": f"EMG (rows {step:.2g} mV apart)" if one_scale else "EMG (heights above)",
            "range": [-(len(signals) - 0.45) * step, 0.75 * step],
            "tickvals": [-row * step for row in range(len(signals))],
            "ticktext": ["0"] * len(signals),
        },
        table={
            "columns": ["Recording", "Amplitude (mV)", "Active (%)", "Median frequency (Hz)"],
            "rows": [
                [
                    signal.name,
                    f"{one.amplitude_mv:.2f}",
                    f"{100 * one.active_share:.0f}",
                    f"{one.median_hz:.0f}",
                ]
                for signal, one in zip(signals, features, strict=True)
            ],
        },
        annotations=labels,
    )


def plot_match(detection: Detection, match: Match, *, start_s: float, shown_s: float) -> go.Figure:
    """Draw what was found in a recording beside what really happened.

    Parameters
    ----------
    detection : Detection
        What was found.
    match : Match
        Which of it is true.
    start_s, shown_s : float
        Which part to show.

    Examples
    --------
    >>> from twitchlib import emg
    >>> found = emg.detect(np.zeros(1000), 1000)
    >>> plot_match(found, emg.match([], [0.5]), start_s=0, shown_s=1).layout.title.text
    '0 of 1 fasciculations found'
    """
    drawn = plot_detection(detection, start_s=start_s, shown_s=shown_s)
    size_mv = _size_mv(detection.emg_mv)
    first_s, last_s = drawn.layout.xaxis.range
    hit = np.zeros(match.true_s.size, dtype=bool)
    hit[match.pairs[:, 1]] = True
    marks = [("found", hit, "triangle-up"), ("missed", ~hit, "x")]
    traces = [
        {
            "type": "scatter",
            "x": match.true_s[chosen].astype(np.float32),
            "y": np.full(int(chosen.sum()), -1.15 * size_mv, dtype=np.float32),
            "name": f"really there, {word}",
            "mode": "markers",
            "marker": {"symbol": symbol, "size": 11, "color": LIGHT["ink"]},
            "hovertemplate": f"%{{x:.3f}} s: {word}<extra></extra>",
        }
        for word, chosen, symbol in marks
    ]
    return figure(
        [*(one.to_plotly_json() for one in drawn.data), *traces],
        title=f"{match.hits} of {match.true_s.size} fasciculations found",
        description=describe_match(match),
        height=400,
        x={"title": "Time (s)", "range": [first_s, last_s]},
        y={"title": "EMG (mV)", "range": [-1.4 * size_mv, 1.3 * size_mv]},
        table={
            "columns": ["Onset (s)", "Really there?"],
            "rows": _verdicts(match),
        },
        annotations=[
            drawn.layout.annotations[-1].to_plotly_json(),
            _label(
                first_s, -1.22 * size_mv, "really there: ▲ found, × missed", "ink", "left", "top"
            ),
        ],
    )


def describe_match(match: Match) -> str:
    """Return how well events were found in one sentence.

    Examples
    --------
    >>> from twitchlib import emg
    >>> describe_match(emg.match([3], [1, 2]))
    '0 of 2 were found, 2 missed, and 1 mark is on something else.'
    """
    said = f"{match.hits} of {match.true_s.size} were found, {match.missed} missed, and "
    said += _counted(match.extra, "mark is", "marks are") + " on something else"
    if not match.hits:
        return said + "."
    late_ms = 1000 * float(np.median(np.abs(match.late_s)))
    return f"{said}; begins are typically {late_ms:.1f} ms off (F1 {match.f1:.2f})."


def _verdicts(match: Match) -> list[list[str]]:
    hits = set(match.pairs[:, 0].tolist())
    rows = [
        (onset_s, "yes" if number in hits else "no")
        for number, onset_s in enumerate(match.found_s.tolist())
    ]
    known = set(match.pairs[:, 1].tolist())
    rows += [
        (onset_s, "yes, and missed")
        for number, onset_s in enumerate(match.true_s.tolist())
        if number not in known
    ]
    return [[f"{onset_s:.3f}", word] for onset_s, word in sorted(rows)]


def _part(duration_s: float, start_s: float, shown_s: float) -> tuple[float, float]:
    shown_s = min(shown_s, duration_s)
    start_s = max(0.0, min(start_s, duration_s - shown_s))
    return start_s, start_s + shown_s


def _cut(
    emg_mv: FloatArray, rate_hz: float, start_s: float, end_s: float
) -> tuple[FloatArray, FloatArray]:
    inside = slice(int(start_s * rate_hz), max(int(end_s * rate_hz), int(start_s * rate_hz) + 1))
    part = emg_mv[inside]
    return start_s + np.arange(part.size) / rate_hz, part


def _size_mv(emg_mv: FloatArray) -> float:
    """Return a round number that the EMG hardly ever exceeds, so that the scale stays put."""
    highest = float(np.abs(emg_mv).max())
    return next((size for size in _SIZES_MV if size >= highest), highest)


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
        "columns": ["Onset (s)", "Length (ms)", "Peak to peak (mV)"],
        "rows": [[f"{at:.3f}", f"{length:.1f}", f"{size:.3g}"] for at, length, size in rows],
    }


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _label(
    x: float, y: float, words: str, colour: str, xanchor: str, yanchor: str
) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "text": words,
        "font": {"color": LIGHT[colour]},
        "showarrow": False,
    }
