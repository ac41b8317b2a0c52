"""The fibres of one motor unit that pull on a spring, twitch by twitch."""

from __future__ import annotations

from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges, MotorPool
from twitchlib.physiology.motor_units import POOL, units
from twitchlib.scenes._scene import Moment, Scene, Track

__all__ = ["fibre"]

SAMPLE_HZ: Final = 400.0
TOP: Final = 10
"""End of the scale, in twitches, as in the figure: the fused force of the model's units is nine."""


def fibre(train: Discharges, *, duration_s: float = 2.0, pool: MotorPool = POOL) -> Scene:
    """Return the scene of one motor unit that fires and pulls.

    Its fibres pull on a spring, so that they shorten as the force grows; the pointer shows the
    force as a multiple of a single twitch.

    Parameters
    ----------
    train : Discharges
        Spikes of a single unit in order of time, the first within `duration_s`.
    duration_s : float
        Duration shown; later spikes are left out.
    pool : MotorPool
        The pool that the unit belongs to.

    Examples
    --------
    >>> fibre(Discharges.of([60], [0.1])).moments[0].words
    'Pulse 1 arrives.'
    """
    early = train.time_s < duration_s
    train = Discharges(train.unit[early], train.time_s[early])
    number = int(train.unit[0])
    twitch_n = float(units(pool).twitch_n[number - 1])
    force = motor_pool.force(pool, train, 1000 * duration_s, sample_hz=SAMPLE_HZ) / twitch_n
    peak_s = int(np.argmax(force)) / SAMPLE_HZ
    pulses = train.time_s.size
    if pulses == 1:
        description = _(
            "One pulse reaches the fibres of unit {unit}, and they twitch once.", unit=number
        )
    else:
        description = ngettext(
            "{n} pulse reaches the fibres of unit {unit}, and they pull up to {times:.1f} times "
            "as hard as in one twitch.",
            "{n} pulses reach the fibres of unit {unit}, and they pull up to {times:.1f} times "
            "as hard as in one twitch.",
            pulses,
            unit=number,
            times=force.max(),
        )
    return Scene(
        drawing="fibre",
        title=_("The fibres of one motor unit, and a spring that they pull"),
        description=description,
        duration_s=duration_s,
        tracks={"force": Track(force, SAMPLE_HZ)},
        series={"pulse_s": train.time_s},
        numbers={"top": float(TOP)},
        words={
            "nerve": _("nerve"), "unit": _("fibres of unit {unit}", unit=number),
            "scale": _("times one twitch"),
        },
        moments=(
            *(
                Moment(float(at_s), _("Pulse {n} arrives.", n=n))
                for n, at_s in enumerate(train.time_s, 1)
            ),
            Moment(peak_s, _("Strongest pull: {times:.1f} times a twitch.", times=force.max())),
        ),
        notes=(
            _("The force is the model's own. How far the fibres shorten, and how the pulses "
              "reach them, are sketched."),
        ),
        still_s=peak_s,
    )  # fmt: skip
