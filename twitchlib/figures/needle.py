"""A needle in a muscle at rest as a figure, and the same in words."""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.emg import NeedleFeatures, measure_needle
from twitchlib.figures._traces import line, outline
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.needle import NeedleRecording, discharges, simulate
from twitchlib.palette import LIGHT

__all__ = ["plot_needle", "transcript"]

_PIECES: Final = 900
_CLOSE_S: Final = 0.1
_NEAR_MM: Final = 0.2
_BEFORE_S: Final = 0.02
_SIZES_UV: Final = tuple(
    size * 10**power for power in (1, 2, 3) for size in (1, 1.5, 2, 3, 4, 5, 6, 8)
)
# Illustrative limits of what is called uneven, a negative start, a swing, a burst and so on.
_UNEVEN: Final = 0.25
_LEAD: Final = 0.15
_SWING: Final = 1.6
_BURST_S: Final = 0.5
_IN_BURST: Final = 5
_MOST_IN_GROUP: Final = 12
_DULL_MS: Final = 5
_SELDOM_HZ: Final = 5
_FALLS: Final = 0.8
_LIKE: Final = 0.85


def plot_needle(
    recording: NeedleRecording, found: NeedleFeatures | None = None, *, named: bool = True
) -> go.Figure:
    """Draw a needle recording, and a tenth of a second of it close up.

    Negative is up, as examiners draw it. The scale is that of the same discharge 0.2 mm away, so
    that it stays put while the needle moves away.

    Parameters
    ----------
    recording : NeedleRecording
        The recording to show.
    found : NeedleFeatures, optional
        What was measured in it, if that has been done.
    named : bool
        Whether to name the discharge; False if the reader is to name it.

    Examples
    --------
    >>> from twitchlib import needle
    >>> plot_needle(needle.simulate("fibrillation", 6, seed=1)).layout.title.text
    'Fibrillation potentials, 10 a second, evenly'
    """
    found = found or measure_needle(recording)
    top_uv = _scale_uv(recording)
    shown = -1000 * recording.emg_mv
    begin_s = _moment_s(recording)
    close = (recording.time_s >= begin_s) & (recording.time_s < begin_s + _CLOSE_S)
    mark: dict[str, Any] = {
        "type": "rect", "xref": "x", "yref": "y", "x0": begin_s, "x1": begin_s + _CLOSE_S,
        "y0": -top_uv, "y1": top_uv, "line": {"width": 0}, "fillcolor": LIGHT["attention"],
        "opacity": 0.15,
    }  # fmt: skip
    y = {"range": [-top_uv, top_uv], "nticks": 4}
    title = discharges()[recording.kind].title if named else _("A needle in a muscle at rest")
    return figure(
        [
            line(*outline(recording.time_s, shown, _PIECES), _("EMG"), LIGHT["nerve"], 1)
            | {"hoverinfo": "skip"},
            line(
                1000 * (recording.time_s[close] - begin_s), shown[close], _("close up"),
                LIGHT["nerve"], 2,
            )
            | {"xaxis": "x2", "yaxis": "y2", "hovertemplate": "%{x:.1f} ms<extra></extra>"},
        ],
        title=_("{name}, {pace}", name=title, pace=_pace(found)) if named else title,
        description=describe(recording, found),
        height=400,
        x={"title": _("Time (s)"), "range": [0, recording.duration_s], "anchor": "y"},
        y=y | {"title": _("µV, negative up"), "domain": [0.62, 1]},
        xaxis2={
            "title": {"text": _("The shaded tenth of a second (ms)")},
            "range": [0, 1000 * _CLOSE_S], "anchor": "y2", "showgrid": False, "showline": True,
        },
        yaxis2=y | {"title": {"text": _("µV, negative up")}, "domain": [0, 0.36]},
        shapes=[mark],
        table={
            "columns": [_("Measured"), _("Value")],
            "rows": [
                [_("potentials"), found.potentials],
                [_("height (µV)"), _rounded(found.amplitude_uv)],
                [_("length (ms)"), _rounded(found.potential_ms)],
                [_("rate (Hz)"), _rounded(found.rate_hz)],
                [_("unevenness"), _rounded(found.unevenness)],
            ],
        },
    )  # fmt: skip


def _rounded(value: float) -> float | None:
    return float(f"{value:.2g}") if np.isfinite(value) else None


def _scale_uv(recording: NeedleRecording) -> float:
    highest_uv = 1000 * float(np.abs(recording.emg_mv).max())
    if recording.distance_mm > _NEAR_MM:
        highest_uv = _highest_near_uv(
            recording.kind, recording.duration_s, recording.seed, recording.noise_uv,
            recording.sample_hz,
        )  # fmt: skip
    return float(next((size for size in _SIZES_UV if size >= highest_uv), highest_uv))


@lru_cache(maxsize=8)
def _highest_near_uv(
    kind: str, duration_s: float, seed: int, noise_uv: float, sample_hz: float
) -> float:
    near = simulate(
        kind, duration_s, seed=seed, noise_uv=noise_uv, distance_mm=_NEAR_MM, sample_hz=sample_hz
    )
    return 1000 * float(np.abs(near.emg_mv).max())


def _moment_s(recording: NeedleRecording) -> float:
    """Return the start of the part shown close up: just before the highest potential."""
    highest_s = float(np.argmax(np.abs(recording.emg_mv))) / recording.sample_hz
    return float(np.clip(highest_s - _BEFORE_S, 0, recording.duration_s - _CLOSE_S))


def _two_digits(value: float) -> str:
    """Return a number to two significant digits, without an exponent."""
    return f"{float(f'{value:.2g}'):g}"


def _pace(found: NeedleFeatures) -> str:
    """Return how fast and how evenly potentials come, as part of a sentence."""
    if not found.potentials:
        return _("nothing that stands out")
    if found.cycle_likeness >= _LIKE:
        falls = found.height_left < _FALLS
        words = _("losing height") if falls else _("the same each time")
        return _("{n} a second, {words}", n=_two_digits(found.cycle_hz), words=words)
    if found.stretch_s < _BURST_S and found.stretch_potentials >= _IN_BURST:
        return _("in bursts of up to {stretch_s:.2g} s", stretch_s=found.stretch_s)
    seldom = found.rate_hz < _SELDOM_HZ and not found.unevenness < _UNEVEN
    if seldom or np.isnan(found.unevenness):
        return _("now and then")
    rate = _two_digits(found.rate_hz)
    if found.unevenness >= _UNEVEN:
        return _("{n} a second, in no rhythm", n=rate)
    if found.group_potentials < min(_MOST_IN_GROUP, found.potentials / 2):
        return _("in groups of about {n:.0f}, again and again", n=found.group_potentials)
    if found.rate_swing >= _SWING:
        return _("some {n} a second, faster and slower", n=rate)
    return _("{n} a second, evenly", n=rate)


def describe(recording: NeedleRecording, found: NeedleFeatures | None = None) -> str:
    """Return what was measured in a recording, without its name.

    Examples
    --------
    >>> from twitchlib import needle
    >>> describe(needle.simulate("endplate-spikes", 6, seed=1)).split(". ")[1]
    'Each begins negative and lasts about 2 ms'
    """
    found = found or measure_needle(recording)
    duration_s = recording.duration_s
    if not found.potentials:
        return _(
            "In {duration_s:g} s nothing stands out from the noise. The recording is synthetic.",
            duration_s=duration_s,
        )
    sentences = [
        ngettext(
            "In {duration_s:g} s {n} potential stands out, {height_uv} µV high.",
            "In {duration_s:g} s {n} potentials of about {height_uv} µV stand out, {pace}.",
            found.potentials,
            duration_s=duration_s,
            height_uv=_two_digits(found.amplitude_uv),
            pace=_pace(found),
        )
    ]
    if found.cycle_likeness < _LIKE:
        length_ms = _two_digits(found.potential_ms)
        sentences.append(
            _("Each begins negative and lasts about {length_ms} ms.", length_ms=length_ms)
            if found.lead_share < _LEAD
            else _("Each begins positive and lasts about {length_ms} ms.", length_ms=length_ms)
        )
    return " ".join([*sentences, _("The recording is synthetic.")])


def transcript(recording: NeedleRecording, found: NeedleFeatures | None = None) -> str:
    """Describe the sound of a recording without naming it, for those who cannot hear it.

    Examples
    --------
    >>> from twitchlib import needle
    >>> transcript(needle.simulate("fibrillation", 6, seed=1))
    'A soft hiss, and 60 high clicks, 10 a second, evenly.'
    """
    found = found or measure_needle(recording)
    if not found.potentials:
        return _("Nothing but a soft hiss for {duration_s:g} s.", duration_s=recording.duration_s)
    if found.cycle_likeness >= _LIKE:
        return _("A soft hiss, and a rattle or a ring, {pace}.", pace=_pace(found))
    # A long potential holds slow waves, and slow waves sound dull.
    count = found.potentials
    knocks = (
        ngettext("{n} dull knock", "{n} dull knocks", count)
        if found.potential_ms >= _DULL_MS
        else ngettext("{n} high click", "{n} high clicks", count)
    )
    return _("A soft hiss, and {knocks}, {pace}.", knocks=knocks, pace=_pace(found))
