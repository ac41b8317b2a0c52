"""A fist that presses until it cannot, and the muscle behind it: what pulls, and what has tired."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.fatigue import MUSCLE, FatigablePool, Hold
from twitchlib.physiology.motor_units import maximal_force_n, units
from twitchlib.scenes._scene import Moment, Scene, Track
from twitchlib.scenes.hand import discs
from twitchlib.words import lasting, newtons

__all__ = ["hold"]

LASTS_S: Final = 15
"""Seconds that playing a hold takes, however long it is."""

SAMPLES: Final = 61
WHOLE: Final = 1000
"""What stands for 1 in shares sent as whole numbers."""


def hold(held: Hold, *, pool: FatigablePool = MUSCLE) -> Scene:
    """Return the scene of a fist that holds a force for as long as it can.

    The pointer shows the force. Each disc is a motor unit; its filled part is the strength that
    it has left, and the faster it fires, the brighter it is.

    Parameters
    ----------
    held : Hold
        What the muscle does.
    pool : FatigablePool
        The muscle.

    Examples
    --------
    >>> from twitchlib.physiology.fatigue import simulate
    >>> scene = hold(simulate(MUSCLE, 0.5, 120))
    >>> scene.moments[0].words, scene.moments[-1].words
    ('109 units press.', 'No order is strong enough any more.')
    """
    full_n = maximal_force_n(pool)
    end_s = float(held.time_s[-1])
    at = np.linspace(0, held.time_s.size - 1, SAMPLES).round().astype(int)
    x, y, radius = discs(pool)
    return Scene(
        drawing="hold",
        title=_("A fist that holds on, and the muscle that presses it"),
        description=_description(held, full_n),
        duration_s=end_s,
        tracks={"force_n": Track(full_n * held.force[at], (SAMPLES - 1) / end_s)},
        series={
            "x": x,
            "y": y,
            "radius": radius,
            "left": _whole(held.capacity[at]),
            "fires": _whole(held.rate_hz[at] / units(pool).highest_hz),
        },
        numbers={
            "top_n": float(np.ceil(full_n)),
            "target_n": full_n * held.target,
            "whole": WHOLE,
            "samples": SAMPLES,
        },
        words={"unit": "N", "muscle": _("muscle, cut across"), "target": _("to hold")},
        moments=tuple(_moments(held)),
        notes=(
            _("The pointer, the brightness and the filling are the model's own; the fist is "
              "sketched."),
            _("Each disc is a motor unit, its area the force of one twitch. Its filled part is "
              "the strength that it has left. In a real muscle the fibres of all units are mixed."),
        ),
        slower=LASTS_S / end_s,
        still_s=min(held.endurance_s, end_s),
    )  # fmt: skip


def _whole(share: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    return np.round(WHOLE * share).astype(np.uint16).ravel()


def _description(held: Hold, full_n: float) -> str:
    tired = int((held.capacity[-1] < 0.5).sum())
    pull = _("{n} of {all_units} units pull", n=int(held.working[-1]),
             all_units=held.capacity.shape[1])  # fmt: skip
    spent = ngettext(
        "{n} has less than half of its strength",
        "{n} have less than half of their strength",
        tired,
    )
    if held.endurance_s == 0:
        return _(
            "The fist presses as hard as it can, at first with {force}, and sinks to {left}; "
            "{pull}, and {spent}.",
            force=newtons(full_n), left=newtons(full_n * held.force[-1]), pull=pull, spent=spent,
        )  # fmt: skip
    return _(
        "The fist presses with {force} for {time}; at the end {pull}, and {spent}.",
        force=newtons(full_n * held.target),
        time=lasting(min(held.endurance_s, held.time_s[-1])),
        pull=pull,
        spent=spent,
    )


def _moments(held: Hold) -> list[Moment]:
    """Return the moments at which units join in, at which they tire, and the end."""
    first = int(held.working[0])
    moments = [Moment(0, ngettext("{n} unit presses.", "{n} units press.", first))]
    for count in sorted({first + 1, int(held.working.max())}):
        joined = np.flatnonzero(held.working >= count)
        if joined.size and joined[0]:
            words = _("Unit {unit} is called to help.", unit=count)
            moments.append(Moment(float(held.time_s[joined[0]]), words))
    for share, words in (
        (0.5, _("Unit {unit} is the first to lose half of its strength.")),
        (0.005, _("Unit {unit} is the first with no strength left.")),
    ):
        gone = np.flatnonzero((held.capacity < share).any(axis=1))
        if gone.size:
            unit = int(held.capacity[gone[0]].argmin()) + 1
            moments.append(Moment(float(held.time_s[gone[0]]), words.format(unit=unit)))
    if 0 < held.endurance_s < math.inf:
        moments.append(Moment(held.endurance_s, _("No order is strong enough any more.")))
    return moments
