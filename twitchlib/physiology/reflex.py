"""The stretch reflex of an ankle: a delayed feedback loop, which dies out or oscillates.

A foot carries a load `L` that bends it upwards (θ > 0). Stretch of the calf faster than a threshold
`v0` activates the calf muscle after a delay `δ`:

    J θ'' + B θ' + K θ + K3 θ³ = L − Tm·a
    s = θ'(t − δ) − v0,   u = G·s / (1 + G·s) where s > 0, else 0
    Tc² a'' + 2 Tc a' + a = u

With a small gain `G` the response to a kick dies out. With a large one it becomes a steady
oscillation whose amplitude does not depend on the kick: clonus. A heavy load, a short delay or a
slow kick ends or prevents it.

Examples
--------
>>> swing = simulate(Ankle(), duration_ms=10_000)
>>> swing.sustained, round(swing.frequency_hz, 1)
(True, 5.2)
>>> simulate(Ankle(gain_s=0.2), duration_ms=10_000).sustained
False
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from twitchlib.arrays import FloatArray, Traces, checked_number
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["Ankle", "ReflexRun", "simulate"]

LONGEST_RUN_MS = 600_000.0
LEAST_SWING_DEG = 0.5
SETTLED = 0.5

_CLONUS = "Hidler & Rymer, Clonus in spastic subjects: a stable limit cycle?"  # untranslated: title
_CHOSEN = _(
    "Chosen so that clonus is as fast as in people with spasticity (3.8 to 5.8 Hz: {source})",
    source=_CLONUS,
)


@dataclass(frozen=True)
class Ankle(Quantities):
    """A foot, its load, and the reflex of its calf: spastic unless the gain is lowered."""

    inertia_kg_m2: float = quantity(
        0.025, _("Inertia of the foot and what moves with it"),
        unit="kg m²",  # untranslated: a unit
        low=0.01, high=0.1, step=0.001, symbol="J", source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    damping_nms: float = quantity(
        0.4, _("Damping of the joint"), unit="N m s", low=0, high=3, symbol="B", source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    stiffness_nm: float = quantity(
        30, _("Stiffness of the joint"), unit="N m/rad", low=5, high=100, step=1, symbol="K",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    stiffening_nm: float = quantity(
        50, _("Stiffening of the joint"), unit="N m/rad³", low=0, high=500, step=5, symbol="K3",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    load_nm: float = quantity(
        4, _("Load that bends the foot up"), unit="N m", low=0, high=15, step=0.5, symbol="L",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    gain_s: float = quantity(
        0.5, _("Gain of the reflex"), unit="s/rad", low=0, high=4, step=0.05, symbol="G",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    threshold_rad_s: float = quantity(
        0.3, _("Slowest stretch that counts"), unit="rad/s", low=0, high=2, step=0.05, symbol="v0",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    delay_ms: float = quantity(
        50, _("Delay from stretch to muscle"), unit="ms", low=5, high=120, step=1, symbol="δ",
        source=_("About 50 ms from stretch to the EMG of soleus; range chosen for teaching"),
        illustrative=True,
    )  # fmt: skip
    contraction_ms: float = quantity(
        40, _("Contraction time of the muscle"), unit="ms", low=10, high=150, step=1, symbol="Tc",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    strongest_nm: float = quantity(
        10, _("Strongest pull of the reflex"), unit="N m", low=0, high=50, step=0.5, symbol="Tm",
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    kick_rad_s: float = quantity(
        4, _("Speed of the stretch that starts it"), unit="rad/s", low=0, high=8, step=0.1,
        symbol="θ'₀", source=_CHOSEN, illustrative=True,
    )  # fmt: skip


SPASTIC = Ankle()
HEALTHY = Ankle(gain_s=0.2)


@dataclass(frozen=True, eq=False)
class ReflexRun(Traces):
    """The response of an ankle to a kick.

    Attributes
    ----------
    time_ms, angle_deg, velocity_rad_s, drive, activation : ndarray, shape (n,)
        Time, angle (up is positive), angular velocity, reflex drive (0 to 1, at the time at which
        the EMG would show it), and muscle activation (0 to 1).
    kick_ms : float
        When it was kicked.
    """

    time_ms: FloatArray
    angle_deg: FloatArray
    velocity_rad_s: FloatArray
    drive: FloatArray
    activation: FloatArray
    kick_ms: float

    @property
    def late(self) -> slice:
        """The samples of the second half after the kick, when an oscillation has settled."""
        after = self.kick_ms + SETTLED * (self.time_ms[-1] - self.kick_ms)
        first = int(np.searchsorted(self.time_ms, after))
        return slice(min(first, self.time_ms.size - 1), None)

    @property
    def swing_deg(self) -> float:
        """Half the peak-to-peak range of the late angle."""
        return float(np.ptp(self.angle_deg[self.late])) / 2

    @property
    def sustained(self) -> bool:
        """Whether it still oscillates, by half a degree or more each way."""
        return self.swing_deg >= LEAST_SWING_DEG

    @property
    def frequency_hz(self) -> float:
        """Oscillations per second of the late part; NaN if there are none."""
        angle, time = self.angle_deg[self.late], self.time_ms[self.late]
        if not self.sustained:
            return math.nan
        height = angle - angle.mean()
        before = np.flatnonzero((height[:-1] < 0) & (height[1:] >= 0))
        if before.size < 2:
            return math.nan
        step_ms = time[1] - time[0]
        crossing = time[before] - height[before] * step_ms / (height[before + 1] - height[before])
        return float(1000 * (crossing.size - 1) / (crossing[-1] - crossing[0]))


def resting_angle_deg(ankle: Ankle) -> float:
    """Return the angle at which the joint alone holds the load.

    Examples
    --------
    >>> round(resting_angle_deg(Ankle()), 1)
    7.4
    """
    angle = ankle.load_nm / ankle.stiffness_nm
    for _step in range(50):  # Newton's method; the joint stiffens, so it finds the one root
        excess = ankle.stiffness_nm * angle + ankle.stiffening_nm * angle**3 - ankle.load_nm
        angle -= excess / (ankle.stiffness_nm + 3 * ankle.stiffening_nm * angle**2)
    return math.degrees(angle)


def simulate(
    ankle: Ankle, duration_ms: float, *, kick_ms: float = 0.0, dt_ms: float = 0.5
) -> ReflexRun:
    """Simulate an ankle that rests under its load and is then kicked.

    Parameters
    ----------
    ankle : Ankle
        The ankle.
    duration_ms : float
        Length of the run, 500 to 600 000 ms.
    kick_ms : float
        When the kick comes; at most `duration_ms`.
    dt_ms : float
        Time step and sampling interval, 0.02 to 1 ms.

    Returns
    -------
    ReflexRun
        Angle, velocity, reflex drive and activation over time.

    Raises
    ------
    NotAllowedError
        If an argument is out of range.

    References
    ----------
    Hidler & Rymer 1999, A simulation study of reflex instability in spasticity: origins of clonus.
    The compact form and its numbers are this course's own.

    Examples
    --------
    >>> simulate(Ankle(load_nm=8), 10_000).sustained
    False
    """
    dt = checked_number("dt_ms", dt_ms, low=0.02, high=1, unit="ms")
    duration = checked_number("duration_ms", duration_ms, low=500, high=LONGEST_RUN_MS, unit="ms")
    kick = checked_number("kick_ms", kick_ms, low=0, high=duration, unit="ms")

    from twitchlib.physiology._reflex_loop import reflex_loop

    traces = np.empty((round(duration / dt), 4))
    start_rad = math.radians(resting_angle_deg(ankle))
    values = np.array(dataclasses.astuple(ankle))
    reflex_loop(values, start_rad, dt / 1000, round(kick / dt), traces)
    return ReflexRun(
        time_ms=np.arange(len(traces), dtype=np.float64) * dt,
        angle_deg=np.degrees(traces[:, 0]),
        velocity_rad_s=traces[:, 1].copy(),
        drive=traces[:, 2].copy(),
        activation=traces[:, 3].copy(),
        kick_ms=kick,
    )
