"""A fist that presses on a scale, and the muscle behind it: which units pull, and how hard."""

from __future__ import annotations

import functools
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_pool import MotorPool, PoolRun
from twitchlib.physiology.motor_units import POOL, maximal_force_n, units
from twitchlib.scenes._scene import Moment, Scene, sampled
from twitchlib.words import newtons

__all__ = ["discs", "hand"]

SMOOTH_HZ: Final = 100.0
SHARES: Final = (0.25, 0.5, 0.75)
"""Fractions of the units at which the scene says how many have joined in."""

GOLDEN: Final = np.pi * (3 - np.sqrt(5))
FILLED: Final = 0.74
PUSHES: Final = 60


def hand(run: PoolRun, *, pool: MotorPool = POOL) -> Scene:
    """Return the scene of a fist that presses with the force of a run.

    The pointer shows the run's force. Each disc is a motor unit; its area is the force of its
    twitch, and it lights up with its twitches.

    Parameters
    ----------
    run : PoolRun
        What the muscle does.
    pool : MotorPool
        The pool of the run.

    Examples
    --------
    >>> from twitchlib.physiology import motor_pool
    >>> hold = motor_pool.simulate(POOL, np.full(1000, 0.3), sample_hz=1000, seed=1)
    >>> hand(hold).description
    '100 of 120 units pull, and the scale shows 1.8 N at most.'
    """
    rise_s = units(pool).contraction_ms / 1000
    rate_hz = 1 / float(run.time_s[1] - run.time_s[0])
    peak_s = int(np.argmax(run.force_n)) / rate_hz
    x, y, radius = discs(pool)
    lights = _lights(run, rise_s)
    joins = _joins(lights)
    moments = []
    description = _("No unit pulls: the fist only rests on the scale.")
    if joins:
        strongest = newtons(run.force_n.max())
        description = ngettext(
            "{n} of {all_units} units pulls, and the scale shows {force} at most.",
            "{n} of {all_units} units pull, and the scale shows {force} at most.",
            len(joins),
            all_units=pool.units,
            force=strongest,
        )
        moments = _moments(joins, pool)
        moments.append(Moment(peak_s, _("Strongest press: {force}.", force=strongest)))
    return Scene(
        drawing="hand",
        title=_("A fist on a scale, and the muscle that presses it"),
        description=description,
        duration_s=run.time_s.size / rate_hz,
        tracks={"force_n": sampled(run.force_n, rate_hz, SMOOTH_HZ)},
        series={"x": x, "y": y, "radius": radius, "rise_s": rise_s, **lights},
        numbers={"top_n": float(np.ceil(maximal_force_n(pool)))},
        words={"unit": "N", "muscle": _("muscle, cut across")},
        moments=tuple(moments),
        notes=(
            _("The pointer and the lights are the model's own; the fist is sketched."),
            _(
                "Each disc is a motor unit, its area the force of one twitch. In a real muscle "
                "the fibres of all units are mixed."
            ),
        ),
        still_s=peak_s,
    )


def _moments(joins: list[tuple[float, int]], pool: MotorPool) -> list[Moment]:
    """Return moments at which units join in, given when each did."""
    marks = {round(share * pool.units) for share in SHARES} & set(range(2, len(joins)))
    return [
        Moment(joins[0][0], _("The first unit fires: number {unit}.", unit=joins[0][1])),
        *(Moment(joins[n - 1][0], _("{n} units have joined in.", n=n)) for n in sorted(marks)),
        *(
            [Moment(joins[-1][0], _("The last to join in: number {unit}.", unit=joins[-1][1]))]
            if len(joins) > 1
            else []
        ),
    ]


def _joins(lights: dict[str, npt.NDArray[Any]]) -> list[tuple[float, int]]:
    """Return when each active unit first fires, and its number, in order of time."""
    begin, end = lights["begin"][:-1], lights["begin"][1:]
    fires = np.flatnonzero(end > begin)
    return sorted(zip(lights["spike_s"][begin[fires]].tolist(), (fires + 1).tolist(), strict=True))


def _lights(run: PoolRun, rise_s: FloatArray) -> dict[str, npt.NDArray[Any]]:
    """Return the spikes that light up the units, unit by unit, and where those of each begin.

    Of the spikes within one contraction time only the first is sent: a unit whose twitches come
    that fast is fully lit, so the others would not show.
    """
    # Sorting short integers is ten times as fast; spikes of a unit stay in order of time.
    order = np.argsort(run.discharges.unit.astype(np.int16), kind="stable")
    number, time_s = run.discharges.unit[order], run.discharges.time_s[order]
    part = np.floor(time_s / rise_s[number - 1])
    kept = np.ones(number.size, dtype=bool)
    kept[1:] = (np.diff(number) != 0) | (np.diff(part) != 0)
    begin = np.searchsorted(number[kept], np.arange(1, rise_s.size + 2))
    return {"spike_s": time_s[kept], "begin": begin}


@functools.cache
def discs(pool: MotorPool) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return places and radii of discs inside a circle of radius 1, the small ones in the middle.

    They start like the seeds of a sunflower and are pushed apart where they overlap.
    """
    share = units(pool).twitch_n / units(pool).twitch_n.sum()
    radius = np.sqrt(FILLED * share)
    spot = np.sqrt(np.cumsum(share) - share / 2) * np.exp(1j * GOLDEN * np.arange(share.size))
    apart = radius[:, np.newaxis] + radius
    np.fill_diagonal(apart, 0)
    for _push in range(PUSHES):
        gap = spot[:, np.newaxis] - spot
        far = np.abs(gap) + 1e-12
        spot = spot + 0.25 * (np.maximum(apart - far, 0) * gap / far).sum(axis=1)
        spot *= np.minimum(1, (1 - radius) / np.maximum(np.abs(spot), 1e-12))
    return spot.real, spot.imag, radius
