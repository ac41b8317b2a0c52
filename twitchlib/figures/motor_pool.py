"""Figures of motor units: summation of twitches, and recruitment."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.arrays import FloatArray
from twitchlib.figures._traces import faint, line, marks, outline, strokes
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges, MotorPool, PoolRun
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.words import newtons

__all__ = ["plot_run", "plot_train"]

FUSED: Final = 0.05
"""Greatest ripple of a smooth force, as a fraction of the mean: the course's own limit."""

_TRAIN_HZ: Final = 400.0
_HIGHEST_TWITCHES: Final = 10
_SEPARATE: Final = 0.1
_EMG_MV: Final = 6
_SHOWN_POINTS: Final = 300
_EVERY: Final = 10


def plot_train(
    train: Discharges,
    before: Discharges | None = None,
    *,
    duration_s: float = 2.0,
    pool: MotorPool = POOL,
) -> go.Figure:
    """Draw the force of one motor unit that fires repeatedly.

    Parameters
    ----------
    train : Discharges
        Spikes of a single unit in order of time, the first within `duration_s`.
    before : Discharges, optional
        An earlier train, whose force is drawn as a faint line.
    duration_s : float
        Duration shown; later spikes are left out.
    pool : MotorPool
        The pool that the unit belongs to.

    Raises
    ------
    ValueError
        If there is no spike within that time, or spikes of several units.

    Examples
    --------
    >>> plot_train(Discharges.of([60], [0.1])).layout.title.text
    'One pulse, one twitch'
    """
    train = _within(train, duration_s)
    time_s, relative = _pull(train, duration_s, pool)
    traces: list[Any] = []
    sentence = describe_train(train, duration_s=duration_s, pool=pool)
    if before is not None:
        other = _pull(_within(before, duration_s), duration_s, pool)[1]
        traces += faint(time_s, other, (time_s, relative))
        sentence += " " + _("Faint line: at most {times:.1f} times a twitch.", times=other.max())
    bar = {"symbol": "line-ns-open", "size": 11, "color": LIGHT["nerve"], "line": {"width": 2}}
    pulse = _("pulse at %{x:.2f} s")
    traces += [
        line(time_s, relative, _("force"), LIGHT["muscle"], 3)
        | {"hovertemplate": _("%{x:.2f} s: %{y:.1f} × one twitch") + "<extra></extra>"},
        marks(train.time_s, np.full(train.time_s.size, -0.6), _("nerve pulses"), bar, pulse),
    ]
    return figure(
        traces,
        title=_train_title(train, time_s, relative),
        description=sentence,
        height=400,
        clock=1,
        x={"title": _("Time (s)"), "range": [0, duration_s]},
        y={
            "title": _("Force (times one twitch)"),
            "range": [-1.2, _HIGHEST_TWITCHES],
            "tickvals": [0, 2, 4, 6, 8, 10],
        },
        annotations=[
            {
                "x": float(train.time_s[-1]),
                "y": -0.6,
                "xanchor": "left",
                "xshift": 8,
                "text": _("nerve pulses"),
                "font": {"color": LIGHT["nerve"]},
                "showarrow": False,
            }
        ],
    )


def _within(train: Discharges, duration_s: float) -> Discharges:
    early = train.time_s < duration_s
    return Discharges(train.unit[early], train.time_s[early])


def _unit(train: Discharges) -> int:
    numbers = np.unique(train.unit)
    if numbers.size != 1:
        raise ValueError(
            _("a train must be the spikes of one unit, not of {units}", units=numbers.size)
        )
    return int(numbers[0])


def _pull(train: Discharges, duration_s: float, pool: MotorPool) -> tuple[FloatArray, FloatArray]:
    """Return times, and the force as a multiple of the unit's single twitch."""
    twitch_n = float(motor_pool.units(pool).twitch_n[_unit(train) - 1])
    force_n = motor_pool.force(pool, train, 1000 * duration_s, sample_hz=_TRAIN_HZ)
    return np.arange(force_n.size) / _TRAIN_HZ, force_n / twitch_n


def _last_interval(train: Discharges, time_s: FloatArray, force: FloatArray) -> FloatArray:
    start, end = train.time_s[-2:]
    last: FloatArray = force[(time_s >= start) & (time_s <= end)]
    return last


def ripple(train: Discharges, *, pool: MotorPool = POOL) -> float:
    """Return the force ripple between the last two spikes, as a fraction of the mean force.

    Parameters
    ----------
    train : Discharges
        Spikes of a single unit, at least two.
    pool : MotorPool
        The pool that the unit belongs to.

    Examples
    --------
    >>> slow, fast = (Discharges.of([60] * 20, np.arange(20) / hz) for hz in (10, 40))
    >>> round(ripple(slow), 2), round(ripple(fast), 2)
    (0.41, 0.03)
    """
    time_s, relative = _pull(train, float(train.time_s[-1]) + 1 / _TRAIN_HZ, pool)
    last = _last_interval(train, time_s, relative)
    return float((last.max() - last.min()) / last.mean())


def _train_title(train: Discharges, time_s: FloatArray, force: FloatArray) -> str:
    if train.time_s.size == 1:
        return _("One pulse, one twitch")
    last = _last_interval(train, time_s, force)
    if last.min() < _SEPARATE * last.max():
        return ngettext(
            "{n} pulse, {n} separate twitch",
            "{n} pulses, {n} separate twitches",
            train.time_s.size,
        )
    if (last.max() - last.min()) / last.mean() <= FUSED:
        return _("Fused into one smooth pull, {times:.1f} times a twitch", times=force.max())
    return _("Twitches run together, up to {times:.1f} times one", times=force.max())


def describe_train(train: Discharges, *, duration_s: float = 2.0, pool: MotorPool = POOL) -> str:
    """Return a train and its force in one sentence.

    Examples
    --------
    >>> describe_train(Discharges.of([60], [0.1]))
    'Unit 60 fires once and pulls with 3.4 mN, peaking 52 ms after the pulse.'
    """
    train = _within(train, duration_s)
    number = _unit(train)
    properties = motor_pool.units(pool)
    twitch_mn = 1000 * float(properties.twitch_n[number - 1])
    if train.time_s.size == 1:
        return _(
            "Unit {unit} fires once and pulls with {twitch_mn:.1f} mN, "
            "peaking {contraction_ms:.0f} ms after the pulse.",
            unit=number,
            twitch_mn=twitch_mn,
            contraction_ms=properties.contraction_ms[number - 1],
        )
    strongest = float(_pull(train, duration_s, pool)[1].max())
    return _(
        "Unit {unit} fires {often}, {rate_hz:.0f} a second, and pulls with up to {force_mn:.0f} "
        "mN, {times:.1f} times a single twitch; between the last two pulses the force swings by "
        "{swing:.0f} % of its mean.",
        unit=number,
        often=ngettext("{n} time", "{n} times", train.time_s.size),
        rate_hz=1 / float(np.diff(train.time_s).mean()),
        force_mn=strongest * twitch_mn,
        times=strongest,
        swing=100 * ripple(train, pool=pool),
    )


def plot_run(run: PoolRun, before: PoolRun | None = None, *, pool: MotorPool = POOL) -> go.Figure:
    """Draw which units fire, the force they make and the EMG, on one time axis.

    Parameters
    ----------
    run : PoolRun
        The run to show.
    before : PoolRun, optional
        An earlier run, whose force is drawn as a faint line.
    pool : MotorPool
        The pool of the run.

    Examples
    --------
    >>> run = motor_pool.simulate(MotorPool(), np.full(2000, 0.3), sample_hz=1000, seed=1)
    >>> plot_run(run).layout.title.text
    '100 of 120 motor units pull with 1.8 N'
    """
    end_s = float(run.time_s[-1] + run.time_s[1])
    shown = run.discharges.unit % _EVERY == 0
    raster_s, raster_unit = strokes(
        run.discharges.time_s[shown], run.discharges.unit[shown], 0.38 * _EVERY
    )
    emg_s, emg_mv = outline(run.time_s, run.emg_mv, _SHOWN_POINTS)
    step = max(run.time_s.size // _SHOWN_POINTS, 1)
    traces: list[Any] = [
        line(raster_s, raster_unit, _("spikes"), LIGHT["nerve"], 1.5) | {"hoverinfo": "skip"},
        line(run.time_s[::step], run.force_n[::step], _("force"), LIGHT["muscle"], 3)
        | {"yaxis": "y2", "hovertemplate": "%{x:.2f} s: %{y:.2f} N<extra></extra>"},
        line(emg_s, emg_mv, _("EMG"), LIGHT["nerve"], 1)
        | {"yaxis": "y3", "hovertemplate": "%{x:.2f} s: %{y:.2f} mV<extra></extra>"},
    ]
    sentence = describe_run(run, pool=pool)
    if before is not None:
        now = run.time_s[::step], run.force_n[::step]
        earlier, name = faint(before.time_s[::step], before.force_n[::step], now, yaxis="y2")
        traces = [traces[0], earlier, *traces[1:], name]
        sentence += " " + _("Faint line: at most {force}.", force=newtons(before.force_n.max()))
    return figure(
        traces,
        title=_run_title(run, pool),
        description=sentence,
        height=620,
        clock=1,
        x={"title": _("Time (s)"), "range": [0, end_s], "anchor": "y3"},
        y={
            "title": _("Motor unit<br>(every {number}th)", number=_EVERY),
            "range": [0, pool.units + _EVERY / 2],
            "domain": [0.58, 1],
            "nticks": 5,
        },
        yaxis2={
            "title": {"text": _("Force (N)")},
            "range": [0, 1.08 * maximal_force_n(pool)],
            "domain": [0.29, 0.54],
            "nticks": 4,
        },
        yaxis3={
            "title": {"text": _("EMG (mV)")},
            "range": [-_EMG_MV, _EMG_MV],
            "domain": [0, 0.25],
            "nticks": 4,
        },
    )


def _run_title(run: PoolRun, pool: MotorPool) -> str:
    units = np.unique(run.discharges.unit).size
    if not units:
        return _("All motor units are silent")
    return ngettext(
        "{n} of {all_units} motor units pulls with {force}",
        "{n} of {all_units} motor units pull with {force}",
        units,
        all_units=pool.units,
        force=newtons(run.force_n.max()),
    )


def describe_run(run: PoolRun, *, pool: MotorPool = POOL) -> str:
    """Return a run of a pool in one sentence.

    Examples
    --------
    >>> describe_run(motor_pool.simulate(MotorPool(), np.zeros(2000), seed=1))
    'No motor unit fires; no force and no EMG.'
    """
    spikes = run.discharges
    if not spikes.unit.size:
        return _("No motor unit fires; no force and no EMG.")
    often = spikes.unit.size
    return ngettext(
        "{n} of {all_units} motor units joins in, at {first_s:.1f} s; it fires {often} and pulls "
        "with up to {force}, {share:.2g} % of the most that all can; the EMG spans "
        "{emg_mv:.1f} mV.",
        "{n} of {all_units} motor units join in, the first at {first_s:.1f} s; together they "
        "fire {often} and pull with up to {force}, {share:.2g} % of the most they can; the EMG "
        "spans {emg_mv:.1f} mV.",
        np.unique(spikes.unit).size,
        all_units=pool.units,
        first_s=spikes.time_s[0],
        often=ngettext("{n:,} time", "{n:,} times", often),
        force=newtons(run.force_n.max()),
        share=100 * float(run.force_n.max()) / maximal_force_n(pool),
        emg_mv=np.ptp(run.emg_mv),
    )
