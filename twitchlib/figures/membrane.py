"""The figure of a membrane's run: its potential, gates and stimulus."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.figures._traces import faint, line, marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.axon import AxonRun
from twitchlib.words import number_word, signed, spikes_text

__all__ = ["plot_run"]

POTENTIAL_MV: Final = (-110, 70)

_GATES: Final = {
    "gate_m": ("m", _("m, opens sodium channels"), LIGHT["nerve"], "solid"),
    "gate_h": ("h", _("h, lets them open again"), LIGHT["nerve"], "dash"),
    "gate_n": ("n", _("n, opens potassium channels"), LIGHT["ink"], "solid"),
}
_LABEL_GAP: Final = 0.13


def plot_run(
    run: AxonRun,
    before: AxonRun | None = None,
    *,
    example: AxonRun | None = None,
    title: str = "",
    description: str = "",
    highest_ua_cm2: float = 50,
) -> go.Figure:
    """Draw a membrane's response to a stimulus.

    The gates m, h and n are drawn for a squid axon; a motor axon's node has others, and only its
    potential is shown.

    Parameters
    ----------
    run : AxonRun
        The run to show.
    before : AxonRun, optional
        An earlier run, whose potential is drawn as a faint line.
    example : AxonRun, optional
        A run with a spike, drawn as a faint line and named as an example where the run has none.
    title, description : str
        What the figure shows, if the caller knows more than the number of spikes; by default made
        from the run.
    highest_ua_cm2 : float
        Top of the stimulus axis, so that it stays put while a slider moves.

    Examples
    --------
    >>> from twitchlib.physiology import axon
    >>> plot_run(axon.simulate(axon.SquidAxon(), [(5, 1, 20)], 50)).layout.title.text
    'One spike'
    """
    gates = [name for name in _GATES if name in run.gates] if "gate_n" in run.gates else []
    potential, gate, stimulus = _rows(bool(gates))
    top = max(highest_ua_cm2, float(run.stimulus_ua_cm2.max()))
    traces: list[Any] = [_line(run, run.potential_mv, _("potential"), LIGHT["nerve"], 3)]
    now = run.time_ms, run.potential_mv
    if before is not None:
        earlier, name = faint(before.time_ms, before.potential_mv, now)
        traces = [earlier, *traces, name]
    if shown := None if run.spike_ms.size or (before and before.spike_ms.size) else example:
        traces[:0] = faint(shown.time_ms, shown.potential_mv, now, _("a spike, for comparison"))
        traces += [
            line(shown.time_ms, shown.gates[name], label, LIGHT["line"], 1.5)
            | {"yaxis": "y3", "hoverinfo": "skip"}
            for name, (_letter, label, _colour, _dash) in _GATES.items()
            if name in gates
        ]
    traces += [
        _line(run, run.gates[name], label, colour, dash=dash) | {"yaxis": "y3"}
        for name, (_letter, label, colour, dash) in _GATES.items()
        if name in gates
    ]
    if not title and (failed := _failed(run)):
        traces.append(_crosses(run, failed, 0.3 * top))
    stimulus_line = _line(run, run.stimulus_ua_cm2, _("stimulus"), LIGHT["attention"], shape="hv")
    traces.append(stimulus_line | {"yaxis": "y2"})
    layout: dict[str, Any] = {
        "yaxis2": {
            "title": {"text": _("Stimulus<br>(µA/cm²)")},
            "range": [-0.04 * top, 1.08 * top],
            "nticks": 2 if gates else 3,  # the lowest of three rows is small on a phone
            "domain": stimulus,
        }
    }
    if gates:
        layout["yaxis3"] = {
            "title": {"text": _("Gates<br>(0 shut, 1 open)")},
            "range": [-0.05, 1.05],
            "nticks": 3,
            "domain": gate,
        }
        layout["annotations"] = _gate_labels(run, gates)
        layout["margin"] = {"r": 28}
    sentence = description or describe(run)
    if before is not None:
        sentence += " " + _("Faint line: {spikes}.", spikes=_spikes(before))
    if shown:
        sentence += " " + _("Faint, for comparison: what a spike looks like.")
    return figure(
        traces,
        title=title or _title(run),
        description=sentence,
        height=560 if gates else 360,
        clock=0.001,
        x={
            "title": _("Time (ms)"),
            "range": [0, float(run.time_ms[-1] + run.time_ms[1])],
            "anchor": "y2",
        },
        y={
            "title": _("Membrane potential (mV)"),
            "range": list(POTENTIAL_MV),
            "domain": potential,
        },
        **layout,
    )


def _rows(with_gates: bool) -> tuple[list[float], list[float], list[float]]:
    if with_gates:
        return [0.5, 1], [0.21, 0.44], [0, 0.15]
    return [0.3, 1], [], [0, 0.22]


def _line(
    run: AxonRun, y: FloatArray, name: str, colour: str, width: float = 2, **style: str
) -> dict[str, Any]:
    drawn = line(run.time_ms, y, name, colour, width)
    hover = f"%{{x:.1f}} ms, {name}: %{{y:.3g}}<extra></extra>"
    return drawn | {"line": drawn["line"] | style, "hovertemplate": hover}


def _gate_labels(run: AxonRun, gates: list[str]) -> list[dict[str, Any]]:
    """Return the gates' letters at the ends of their lines, kept apart where lines meet."""
    labels, lowest = [], -1.0
    for end, name in sorted((float(run.gates[name][-1]), name) for name in gates):
        lowest = max(end, lowest + _LABEL_GAP)
        labels.append(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 4,
                "y": lowest,
                "yref": "y3",
                "text": f"<b>{_GATES[name][0]}</b>",
                "font": {"color": _GATES[name][2]},
                "showarrow": False,
            }
        )
    return labels


def _pulses_ms(run: AxonRun) -> FloatArray:
    """Return when each pulse begins."""
    rises = np.diff(run.stimulus_ua_cm2, prepend=0) > 0
    return run.time_ms[rises]


def _answered(run: AxonRun) -> list[bool]:
    """Return for each pulse whether a spike follows before the next pulse."""
    starts_ms = _pulses_ms(run)
    pulse = np.searchsorted(starts_ms, run.spike_ms, side="right") - 1
    return [bool((pulse == number).any()) for number in range(starts_ms.size)]


def _failed(run: AxonRun) -> list[float]:
    """Return when each pulse came that was not answered, although an earlier one was.

    If two pulses come before the first spike, either may have caused it.
    """
    answered = _answered(run)
    return [
        float(at_ms)
        for number, at_ms in enumerate(_pulses_ms(run))
        if not answered[number] and any(answered[:number])
    ]


def _crosses(run: AxonRun, failed_ms: list[float], above: float) -> dict[str, Any]:
    """Return a cross, with a word, above each pulse that failed."""
    heights = [above + float(run.stimulus_ua_cm2[run.time_ms == at][0]) for at in failed_ms]
    cross = {"symbol": "x", "size": 10, "color": LIGHT["attention"]}
    words = _("fails")
    return marks(failed_ms, heights, words, cross, f"%{{x:.1f}} ms: {words}") | {
        "mode": "markers+text",
        "text": words,
        "textposition": "middle right",  # untranslated: plotly's word
        "textfont": {"size": 14, "color": LIGHT["attention"]},
        "cliponaxis": False,
        "yaxis": "y2",
    }


def _rate_hz(run: AxonRun) -> float:
    return 1000 / float(np.diff(run.spike_ms).mean())


def _title(run: AxonRun) -> str:
    number, pulses = run.spike_ms.size, _pulses_ms(run).size
    spikes = _with_rate(run, spikes_text(number, begins=True))
    if number == 0 and pulses:
        return ngettext(
            "No spike: the push was too weak", "No spike: the {n} pulses were too weak", pulses
        )
    if failed := len(_failed(run)):
        if pulses == 2:
            return _("{spikes}: the second pulse fails", spikes=spikes)
        return ngettext(
            "{spikes}: {n} of {pulses} pulses fails",
            "{spikes}: {n} of {pulses} pulses fail",
            failed,
            spikes=spikes,
            pulses=pulses,
        )
    if number < pulses:
        return _("{spikes} for {pulses} pulses", spikes=spikes, pulses=number_word(pulses))
    return spikes


def _spikes(run: AxonRun) -> str:
    return _with_rate(run, ngettext("{n} spike", "{n} spikes", run.spike_ms.size))


def _with_rate(run: AxonRun, spikes: str) -> str:
    if run.spike_ms.size < 2:
        return spikes
    return _("{spikes}, {rate_hz:.0f} per second", spikes=spikes, rate_hz=_rate_hz(run))


def describe(run: AxonRun) -> str:
    """Return a run in one sentence.

    Examples
    --------
    >>> from twitchlib.physiology import axon
    >>> describe(axon.simulate(axon.SquidAxon(), [(5, 1, 20)], 50))
    '1 spike; the potential starts at −65 mV and peaks at 40 mV.'
    """
    return _(
        "{spikes}; the potential starts at {start_mv} mV and peaks at {peak_mv} mV.",
        spikes=_spikes(run),
        start_mv=signed(float(run.potential_mv[0])),
        peak_mv=signed(float(run.potential_mv.max())),
    )
