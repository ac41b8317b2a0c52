"""A spike on its way: from the brain down a leg to one twitch of the calf."""

from __future__ import annotations

from typing import Final

import numpy as np

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.physiology import junction
from twitchlib.physiology.motor_pool import Discharges, force
from twitchlib.physiology.motor_units import POOL, maximal_force_n, units
from twitchlib.physiology.reflex import HEALTHY
from twitchlib.scenes._scene import Moment, Scene, Track

__all__ = ["path"]

SLOWER: Final = 20
SAMPLE_HZ: Final = 500.0
AFTERWARDS_S: Final = 0.35
MAGNIFIED: Final = 3000
MIDDLE_UNIT: Final = POOL.units // 2
OUT_S: Final = HEALTHY.delay_ms / 2000
"""From the spinal cord to the calf: half the time that a stretch reflex takes there and back."""


def path(unit: int = MIDDLE_UNIT) -> Scene:
    """Return the scene of one spike and of the twitch that it makes.

    The calf pulls with the force of the model's motor unit; the foot turns as far as that force
    bends the ankle of the reflex model, magnified. The way from spinal cord to calf takes half the
    delay of the stretch reflex; the way down from the brain, for which the course has no number,
    takes as long again.

    Parameters
    ----------
    unit : int
        Which of the pool's motor units, from 1.

    Examples
    --------
    >>> scene = path()
    >>> [round(1000 * moment.time_s) for moment in scene.moments[:5]]
    [0, 25, 38, 50, 102]
    """
    arrives_s = 2 * OUT_S
    duration_s = arrives_s + AFTERWARDS_S
    fired = Discharges.of([unit], [arrives_s])
    force_n = force(POOL, fired, 1000 * duration_s, sample_hz=SAMPLE_HZ)
    torque_nm = HEALTHY.strongest_nm * force_n / maximal_force_n(POOL)
    turn_deg = np.degrees(torque_nm / HEALTHY.stiffness_nm)
    peak = int(np.argmax(force_n))
    sinks_s = (peak + int(np.argmax(force_n[peak:] < force_n[peak] / 2))) / SAMPLE_HZ
    contraction_s = float(units(POOL).contraction_ms[unit - 1]) / 1000
    names = {name: str(row["name"]) for name, row in guide.rows("signal_path").items()}
    return Scene(
        drawing="path",
        title=_("A body lying down, and the path of a spike from the brain to the calf"),
        description=_(
            "An order reaches one motoneuron. Its spike runs to the calf, and one motor unit "
            "twitches."
        ),
        duration_s=duration_s,
        tracks={
            "pull": Track(force_n / force_n.max(), SAMPLE_HZ),
            "turn_deg": Track(turn_deg * MAGNIFIED, SAMPLE_HZ),
        },
        numbers={"down_s": OUT_S, "out_s": OUT_S},
        words={
            name.replace("-", "_"): names[name]
            for name in ("brain", "motoneuron", "axon", "junction", "muscle-fibre")
        },
        moments=(
            Moment(0, _("Brain: an order sets off down the spinal cord.")),
            Moment(OUT_S, _("Motoneuron: the order is enough, and it fires.")),
            Moment(1.5 * OUT_S, _("Axon: the spike runs along the nerve to the calf.")),
            Moment(arrives_s, _at_the_junction()),
            Moment(
                arrives_s + contraction_s,
                _(
                    "Twitch: the unit pulls hardest after {ms:.0f} ms, with {mn:.1f} mN.",
                    ms=1000 * contraction_s,
                    mn=1000 * float(force_n.max()),
                ),
            ),
            Moment(sinks_s, _("Movement: the foot sinks back. No signal tells it to.")),
        ),
        notes=(
            _("Movement × {times:,}.", times=MAGNIFIED),
            _(
                "From the spinal cord to the calf: half the {ms:g} ms of a stretch reflex. From "
                "the brain: illustrative, as long again.",
                ms=HEALTHY.delay_ms,
            ),
        ),
        slower=SLOWER,
        still_s=1.5 * OUT_S,
    )


def _at_the_junction() -> str:
    human = junction.HUMAN
    epp_mv = float(junction.end_plate_potential_mv(human, human.quanta))
    return _(
        "Junction: some {quanta:.0f} packets make {epp_mv:.0f} mV. {enough_mv:g} mV is enough, and "
        "the muscle fibres fire.",
        quanta=human.quanta, epp_mv=epp_mv, enough_mv=human.threshold_mv,
    )  # fmt: skip
