"""The two membranes that `twitchlib.physiology.axon` runs: a squid axon's and a motor axon's."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.messages import gettext as _
from twitchlib.physiology._bath import gating_shift, potassium_ratio
from twitchlib.physiology.ions import Plasma, gating_shift_mv, thermal_mv
from twitchlib.quantity import Quantities, quantity

__all__ = ["PUBLISHED_NODE", "Axon", "MotorNode", "SquidAxon"]

StepLoop = Callable[..., tuple[int, int]]

_HH = "Hodgkin & Huxley 1952, doi:10.1113/jphysiol.1952.sp004764"
_MRG = "McIntyre, Richardson & Grill 2002, doi:10.1152/jn.00353.2001"
_CHOSEN = _("Chosen, so that one stimulus gives one spike in a node that stands alone")

_NODE_C = 36.0


def _potassium_shift_mv(axon: Axon) -> float:
    """Return how far external potassium shifts the potassium reversal potential."""
    return thermal_mv(axon.temperature_c) * math.log(axon.potassium_ratio)


def gate_speeds(temperature_c: float) -> FloatArray:
    """Return how many times faster m, h, p and s of a motor axon are than at 36 °C."""
    speeds: FloatArray = np.array([2.2, 2.9, 2.2, 3.0]) ** ((temperature_c - _NODE_C) / 10)
    return speeds


@dataclass(frozen=True)
class SquidAxon(Quantities):
    """The squid giant axon of Hodgkin and Huxley, potentials relative to the outside.

    `C dV/dt = I − gNa·m³h·(V − ENa) − gK·n⁴·(V − EK) − gL·(V − EL)`; warming by 10 °C makes every
    gate three times as fast.
    """

    gate_names: ClassVar[tuple[str, ...]] = ("m", "h", "n")
    dt_ms: ClassVar[float] = 0.01
    longest_dt_ms: ClassVar[float] = 0.05
    settle_ms: ClassVar[float] = 20.0

    capacitance_uf_cm2: float = quantity(
        1, _("Capacitance"), unit="µF/cm²", low=0.2, high=5, symbol="C", source=_HH
    )
    sodium_ms_cm2: float = quantity(
        120, _("Sodium conductance"), unit="mS/cm²", low=0, high=300, step=1, symbol="gNa",
        source=_HH,
    )  # fmt: skip
    potassium_ms_cm2: float = quantity(
        36, _("Potassium conductance"), unit="mS/cm²", low=0, high=100, step=1, symbol="gK",
        source=_HH,
    )  # fmt: skip
    leak_ms_cm2: float = quantity(
        0.3, _("Leak conductance"), unit="mS/cm²", low=0.05, high=3, symbol="gL", source=_HH
    )
    sodium_mv: float = quantity(
        50, _("Reversal potential of sodium"), unit="mV", low=0, high=80, symbol="ENa", source=_HH
    )
    potassium_mv: float = quantity(
        -77, _("Reversal potential of potassium"), unit="mV", low=-120, high=-40, symbol="EK",
        source=_("{source}; with ordinary potassium outside", source=_HH),
    )  # fmt: skip
    leak_mv: float = quantity(
        -54.4, _("Reversal potential of the leak"), unit="mV", low=-90, high=-30, symbol="EL",
        source=_HH,
    )  # fmt: skip
    temperature_c: float = quantity(
        6.3, _("Temperature"), unit="°C", low=0, high=30, step=0.1, symbol="T", source=_HH
    )
    potassium_ratio: float = potassium_ratio()
    gating_shift_mv: float = gating_shift()

    @property
    def gate_speed(self) -> float:
        """How many times faster the gates are than at 6.3 °C."""
        return float(3 ** ((self.temperature_c - 6.3) / 10))

    @property
    def potassium_reversal_mv(self) -> float:
        """Reversal potential of potassium at the present external potassium."""
        return self.potassium_mv + _potassium_shift_mv(self)

    def bathed(self, plasma: Plasma) -> SquidAxon:
        """Return this axon bathed in `plasma` instead of ordinary fluid."""
        return self.replace(
            potassium_ratio=plasma.potassium_ratio, gating_shift_mv=gating_shift_mv(plasma)
        )

    def _packed(self) -> FloatArray:
        """Return the parameters that the step loop takes."""
        return np.array([
            self.capacitance_uf_cm2, self.sodium_ms_cm2, self.potassium_ms_cm2, self.leak_ms_cm2,
            self.sodium_mv, self.potassium_reversal_mv, self.leak_mv,
            self.gate_speed, self.gating_shift_mv,
        ])  # fmt: skip

    def _loop(self) -> StepLoop:
        """Return the step loop; the first call imports numba."""
        from twitchlib.physiology._membrane_loops import squid_loop

        return squid_loop

    def rates_per_ms(self, potential_mv: float) -> FloatArray:
        """Return the opening and closing rates, one row `α, β` per gate."""
        from twitchlib.physiology._membrane_loops import squid_rates

        rates = squid_rates(potential_mv - self.gating_shift_mv)
        return np.reshape(rates, (3, 2)) * self.gate_speed

    def currents_ua_cm2(self, v: FloatArray, gates: FloatArray) -> dict[str, FloatArray]:
        """Return the current through each kind of channel, outward positive.

        Parameters
        ----------
        v : ndarray, shape (n,)
            Potential in mV.
        gates : ndarray, shape (3, n)
            The gates m, h and n.
        """
        m, h, n = gates
        to_potassium = v - self.potassium_reversal_mv
        # Products, since numpy's array powers take ten times as long.
        return {
            "sodium_ua_cm2": self.sodium_ms_cm2 * m * m * m * h * (v - self.sodium_mv),
            "potassium_ua_cm2": self.potassium_ms_cm2 * (n * n) * (n * n) * to_potassium,
            "leak_ua_cm2": self.leak_ms_cm2 * (v - self.leak_mv),
        }


@dataclass(frozen=True)
class MotorNode(Quantities):
    """An isolated node of Ranvier of a mammalian motor axon.

    `C dV/dt = I − (gNaf·m³h + gNap·p³)(V − ENa) − gKs·s·(V − EK) − gL·(V − EL) − gX·(V − EX)`.
    The last term is a passive internode; the published node has none and answers one stimulus
    with a series of spikes (`PUBLISHED_NODE`), since the axon around it is missing.
    """

    gate_names: ClassVar[tuple[str, ...]] = ("m", "h", "p", "s")
    dt_ms: ClassVar[float] = 0.01
    longest_dt_ms: ClassVar[float] = 0.01
    settle_ms: ClassVar[float] = 5.0

    capacitance_uf_cm2: float = quantity(
        2, _("Capacitance"), unit="µF/cm²", low=0.5, high=5, symbol="C", source=_MRG
    )
    fast_sodium_ms_cm2: float = quantity(
        3000, _("Fast sodium conductance"), unit="mS/cm²", low=0, high=5000, step=50, symbol="gNaf",
        source=_MRG,
    )  # fmt: skip
    persistent_sodium_ms_cm2: float = quantity(
        10, _("Persistent sodium conductance"), unit="mS/cm²", low=0, high=30, step=0.5,
        symbol="gNap", source=_MRG,
    )  # fmt: skip
    slow_potassium_ms_cm2: float = quantity(
        160, _("Slow potassium conductance"), unit="mS/cm²", low=0, high=300, step=5, symbol="gKs",
        source=_("{why}; published: {published}", why=_CHOSEN, published=80), illustrative=True,
    )  # fmt: skip
    leak_ms_cm2: float = quantity(
        7, _("Leak conductance"), unit="mS/cm²", low=1, high=50, step=1, symbol="gL", source=_MRG
    )
    internode_ms_cm2: float = quantity(
        30, _("Load of the internode"), unit="mS/cm²", low=0, high=100, step=1, symbol="gX",
        source=_("{why}; published: none. In a whole axon internodes load a node with 32 to "
                 "42 mS/cm² at rest", why=_CHOSEN),
        illustrative=True,
    )  # fmt: skip
    sodium_mv: float = quantity(
        50, _("Reversal potential of sodium"), unit="mV", low=0, high=80, symbol="ENa", source=_MRG
    )
    potassium_mv: float = quantity(
        -90, _("Reversal potential of potassium"), unit="mV", low=-120, high=-40, symbol="EK",
        source=_("{source}; with ordinary potassium outside", source=_MRG),
    )  # fmt: skip
    leak_mv: float = quantity(
        -90, _("Reversal potential of the leak"), unit="mV", low=-120, high=-40, symbol="EL",
        source=_("{source}; that of potassium, which it follows", source=_MRG),
    )  # fmt: skip
    internode_mv: float = quantity(
        -80, _("Potential of the internode"), unit="mV", low=-100, high=-60, symbol="EX",
        source=_MRG,
    )  # fmt: skip
    temperature_c: float = quantity(
        36, _("Temperature"), unit="°C", low=20, high=42, step=0.5, symbol="T", source=_MRG
    )
    potassium_ratio: float = potassium_ratio()
    gating_shift_mv: float = gating_shift()

    @property
    def potassium_reversal_mv(self) -> float:
        """Reversal potential of potassium at the present external potassium."""
        return self.potassium_mv + _potassium_shift_mv(self)

    @property
    def leak_reversal_mv(self) -> float:
        """Reversal potential of the leak at the present external potassium."""
        return self.leak_mv + _potassium_shift_mv(self)

    @property
    def gate_speeds(self) -> FloatArray:
        """How many times faster m, h, p and s are than at 36 °C."""
        return gate_speeds(self.temperature_c)

    def bathed(self, plasma: Plasma) -> MotorNode:
        """Return this node bathed in `plasma` instead of ordinary fluid."""
        return self.replace(
            potassium_ratio=plasma.potassium_ratio, gating_shift_mv=gating_shift_mv(plasma)
        )

    def _packed(self) -> FloatArray:
        """Return the parameters that the step loop takes."""
        m_speed, h_speed, _, s_speed = self.gate_speeds
        return np.array([
            self.capacitance_uf_cm2, self.fast_sodium_ms_cm2, self.persistent_sodium_ms_cm2,
            self.slow_potassium_ms_cm2, self.leak_ms_cm2, self.internode_ms_cm2,
            self.sodium_mv, self.potassium_reversal_mv, self.leak_reversal_mv, self.internode_mv,
            m_speed, h_speed, s_speed, self.gating_shift_mv,
        ])  # fmt: skip

    def _loop(self) -> StepLoop:
        """Return the step loop; the first call imports numba."""
        from twitchlib.physiology._membrane_loops import node_loop

        return node_loop

    def rates_per_ms(self, potential_mv: float) -> FloatArray:
        """Return the opening and closing rates, one row `α, β` per gate."""
        from twitchlib.physiology._membrane_loops import node_rates

        rates = node_rates(potential_mv - self.gating_shift_mv)
        return np.reshape(rates, (4, 2)) * self.gate_speeds[:, np.newaxis]

    def currents_ua_cm2(self, v: FloatArray, gates: FloatArray) -> dict[str, FloatArray]:
        """Return the current through each kind of channel, outward positive.

        Parameters
        ----------
        v : ndarray, shape (n,)
            Potential in mV.
        gates : ndarray, shape (4, n)
            The gates m, h, p and s.
        """
        m, h, p, s = gates
        to_sodium, to_potassium = v - self.sodium_mv, v - self.potassium_reversal_mv
        return {
            "fast_sodium_ua_cm2": self.fast_sodium_ms_cm2 * m * m * m * h * to_sodium,
            "persistent_sodium_ua_cm2": self.persistent_sodium_ms_cm2 * p * p * p * to_sodium,
            "slow_potassium_ua_cm2": self.slow_potassium_ms_cm2 * s * to_potassium,
            "leak_ua_cm2": self.leak_ms_cm2 * (v - self.leak_reversal_mv),
            "internode_ua_cm2": self.internode_ms_cm2 * (v - self.internode_mv),
        }


Axon = SquidAxon | MotorNode

PUBLISHED_NODE = MotorNode(slow_potassium_ms_cm2=80, internode_ms_cm2=0)
