"""A patch of an axon's membrane: its gates, the ions that pass them, and its voltage."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.axon import AxonRun, Pulse
from twitchlib.physiology.ions import Plasma
from twitchlib.scenes._scene import Moment, Scene, sampled

__all__ = ["membrane"]

SLOWER: Final = 200
SAMPLE_HZ: Final = 10_000
MOST_IN_FULL: Final = 4
RECOVERED: Final = 0.95
SALT_MM: Final = 0.25
_ION_NC_CM2: Final = 0.016021766  # one singly charged ion on each µm²


@dataclass(frozen=True)
class _Channels:
    """What the channels of a membrane are called, and how many ions a dot stands for."""

    gate: str
    sodium: str
    potassium: str
    ions: int


_SQUID: Final = _Channels("n", "sodium_ua_cm2", "potassium_ua_cm2", 20_000)
_NODE: Final = _Channels("s", "fast_sodium_ua_cm2", "slow_potassium_ua_cm2", 50_000)


def membrane(
    run: AxonRun,
    pulses: Sequence[Pulse | tuple[float, float, float]] = (),
    plasma: Plasma | None = None,
) -> Scene:
    """Return the scene of a membrane's run.

    Each gate is as open as in the model. The dots that pass a channel are the charge that its
    current has carried: the stronger the current, the faster they move. A motor axon's node
    shows its fast sodium and its slow potassium channels.

    Parameters
    ----------
    run : AxonRun
        The run.
    pulses : sequence of Pulse or (start_ms, width_ms, current_ua_cm2)
        The pulses that it was given.
    plasma : Plasma, optional
        The salts around it, if they are to be shown.

    Examples
    --------
    >>> from twitchlib.physiology import axon
    >>> pulses = [(5, 1, 20), (13, 1, 20)]
    >>> scene = membrane(axon.simulate(axon.SquidAxon(), pulses, 50, sample_ms=0.1), pulses)
    >>> scene.moments[4].words
    'Pulse 2: no spike. h has come back only to 0.42; before pulse 1 it was 0.60.'
    """
    channels = _SQUID if "gate_n" in run.gates else _NODE
    given = [one if isinstance(one, Pulse) else Pulse(*one) for one in pulses]
    given = [one for one in given if one.current_ua_cm2]
    step_ms = float(run.time_ms[1] - run.time_ms[0])
    per_dot = channels.ions * _ION_NC_CM2
    traces = {
        "potential_mv": run.potential_mv,
        "m": run.gates["gate_m"],
        "h": run.gates["gate_h"],
        "n": run.gates[f"gate_{channels.gate}"],
        "sodium": -np.cumsum(run.currents[channels.sodium]) * step_ms / per_dot,
        "potassium": np.cumsum(run.currents[channels.potassium]) * step_ms / per_dot,
    }
    moments = tuple(_moments(run, given, channels.gate))
    peak = int(np.argmax(run.gates["gate_m"] ** 3 * run.gates["gate_h"]))
    words = {
        "outside": _("outside"), "inside": _("inside"), "sodium": _("sodium"),
        "potassium": _("potassium"), "rest": _("rest"), "pulse": _("pulse"), "mv": _("mV"),
        "m": "m", "h": "h", "n": channels.gate,
    }  # fmt: skip
    series = {
        "begin_s": np.sort([one.start_ms / 1000 for one in given]),
        "end_s": np.sort([(one.start_ms + one.width_ms) / 1000 for one in given]),
    }
    notes = [
        _("Each dot stands for {ions:,} ions on each µm² of membrane.", ions=channels.ions),
    ]
    if plasma:
        words["outside"] = _("◆ potassium   ● calcium   ○ magnesium")
        salts_mm = [plasma.potassium_mm, plasma.calcium_mm, plasma.magnesium_mm]
        series["salts"] = np.round(np.array(salts_mm) / SALT_MM)
        notes.append(_("Each mark outside: {mm:g} mmol/L.", mm=SALT_MM))
    return Scene(
        drawing="membrane",
        title=_("A patch of membrane with a sodium and a potassium channel"),
        description=_description(run.spike_ms.size, channels.gate),
        duration_s=float(run.time_ms[-1]) / 1000,
        tracks={name: sampled(one, 1000 / step_ms, SAMPLE_HZ) for name, one in traces.items()},
        series=series,
        numbers={"rest_mv": float(run.potential_mv[0])},
        words=words,
        moments=moments,
        notes=tuple(notes),
        slower=SLOWER,
        still_s=float(run.time_ms[peak]) / 1000,
    )


def _description(spikes: int, gate: str) -> str:
    if not spikes:
        return _("The gates stir, and no spike comes.")
    return ngettext(
        "One spike: m lets sodium in, h stops it, {gate} lets potassium out.",
        "{n} spikes: in each m lets sodium in, h stops it, {gate} lets potassium out.",
        spikes, gate=gate,
    )  # fmt: skip


def _moments(run: AxonRun, pulses: list[Pulse], gate: str) -> Iterator[Moment]:
    """Yield what the pulses and the gates do."""
    ends_ms = _next([one.start_ms for one in pulses])
    for number, (pulse, end_ms) in enumerate(zip(pulses, ends_ms, strict=True), 1):
        yield Moment(pulse.start_ms / 1000, _("Pulse {number} begins.", number=number))
        answered = (run.spike_ms >= pulse.start_ms) & (run.spike_ms < end_ms)
        if not answered.any():
            yield _failed(run, pulse, end_ms, number)
    in_full = run.spike_ms.size <= MOST_IN_FULL
    spikes_ms = run.spike_ms.tolist()
    for number, (spike_ms, until_ms) in enumerate(zip(spikes_ms, _next(spikes_ms), strict=True), 1):
        words = _("Spike {number}: m is open, sodium rushes in.", number=number)
        yield Moment(spike_ms / 1000, words)
        if in_full:
            yield from _recovery(run, spike_ms, until_ms, gate)


def _failed(run: AxonRun, pulse: Pulse, until_ms: float, number: int) -> Moment:
    """Say how open the gates were when a pulse failed; the next one comes at `until_ms`."""
    m, h = run.gates["gate_m"], run.gates["gate_h"]
    first = _at(run, pulse.start_ms)
    now, at_first = float(h[first]), float(h[0])
    if now < RECOVERED * at_first:
        words = _(
            "Pulse {number}: no spike. h has come back only to {now:.2f}; before pulse 1 it was "
            "{before:.2f}.",
            number=number, now=now, before=at_first,
        )  # fmt: skip
    else:
        most = float(m[first : _at(run, until_ms) + 1].max())
        if math.isinf(until_ms):
            words = _(
                "Pulse {number}: no spike. m opens to {most:.2f}; h is at {now:.2f}.",
                number=number,
                most=most,
                now=now,
            )
        else:  # a spike may still follow
            words = _(
                "Pulse {number}: no spike yet. m opens to {most:.2f}; h is at {now:.2f}.",
                number=number,
                most=most,
                now=now,
            )
    return Moment((pulse.start_ms + pulse.width_ms) / 1000, words)


def _recovery(run: AxonRun, spike_ms: float, until_ms: float, gate: str) -> Iterator[Moment]:
    """Yield how a spike ends: potassium flows out, and later h is open again."""
    h, opens = run.gates["gate_h"], run.gates[f"gate_{gate}"]
    first, last = _at(run, spike_ms), _at(run, until_ms)
    peak = first + int(np.argmax(opens[first : last + 1]))
    words = _(
        "{gate} is most open, {n:.2f}: potassium flows out. h has shut to {h:.2f}.",
        gate=gate, n=float(opens[peak]), h=float(h[peak]),
    )  # fmt: skip
    yield Moment(float(run.time_ms[peak]) / 1000, words)
    back = np.flatnonzero(h[peak : last + 1] >= RECOVERED * h[0])
    if back.size:
        at = peak + int(back[0])
        words = _("h is open again: {h:.2f}.", h=float(h[at]))
        yield Moment(float(run.time_ms[at]) / 1000, words)


def _next(times_ms: list[float]) -> list[float]:
    """Return the time after each one, infinity after the last."""
    return [*times_ms[1:], math.inf][: len(times_ms)]


def _at(run: AxonRun, time_ms: float) -> int:
    """Return the index of the last sample that is not after a time."""
    return max(int(np.searchsorted(run.time_ms, time_ms + 1e-9, side="right")) - 1, 0)
