"""The card of the myelinated axon, and the values that its checks compute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.physiology.cable import (
    CableRun,
    Electrode,
    Injection,
    MyelinatedAxon,
    Stretch,
    simulate,
    threshold_na,
)
from twitchlib.physiology.model_card import Check, ModelCard

__all__ = ["CARD"]

_BOYD: Final = "Boyd & Kalu 1979, doi:10.1113/jphysiol.1979.sp012737"
_BORG: Final = "Borg 1984, doi:10.1136/jnnp.47.4.344"
_COOLED: Final = "Vanggaard 1975, Aviat Space Environ Med 46:33"  # untranslated: a citation
_WARMED: Final = (
    "Franssen, Wieneke & Wokke 1999, "
    "doi:10.1002/(sici)1097-4598(199902)22:2<166::aid-mus4>3.0.co;2-q"
)
_HEATED: Final = "doi:10.21037/tau.2017.s097"

_AXON: Final = MyelinatedAxon()
_FIRST: Final = Injection(node=0)
_BARE: Final = Stretch(first_node=9, last_node=12, myelin=0.03)
_MIDDLE: Final = 10
_LONG_ENOUGH_MS: Final = 8.0


def _started(axon: MyelinatedAxon, *stretches: Stretch) -> CableRun:
    return simulate(axon, [_FIRST], _LONG_ENOUGH_MS, stretches=stretches, sample_ms=1)


def _speed_per_um(diameter_um: float) -> float:
    """Return the speed of an impulse, in m/s for each µm of the fibre's diameter."""
    return _started(_AXON.replace(diameter_um=diameter_um)).velocity_m_s / diameter_um


def _slower_when_cooled_m_s() -> float:
    """Return by how much an impulse slows when cooled from 37 to 27 °C."""
    return _started(_AXON).velocity_m_s - _started(_AXON.replace(temperature_c=27)).velocity_m_s


def _blocked_from_c() -> float:
    """Return the temperature above which no impulse passes a bare stretch."""

    def blocked(temperature_c: float) -> bool:
        run = _started(_AXON.replace(temperature_c=temperature_c), _BARE)
        return bool(np.isnan(run.arrival_ms[-1]))

    return _least(blocked, 10.0, 45.0, 0.1)


def _refractory_ms(times_threshold: float) -> float:
    """Return how long after an impulse has passed a node responds to a pulse again."""
    pulse = Injection(node=_MIDDLE, start_ms=1)
    current_na = times_threshold * threshold_na(_AXON, pulse)
    passed_ms = float(_started(_AXON).arrival_ms[_MIDDLE])

    def responds(delay_ms: float) -> bool:
        second = pulse.replace(start_ms=passed_ms + delay_ms, current_na=current_na)
        run = simulate(_AXON, [_FIRST, second], _LONG_ENOUGH_MS, sample_ms=1)
        return run.spike_ms[-1].size > 1

    return _least(responds, 0.3, 5.0, 0.01)


def _least(holds: Callable[[float], bool], low: float, high: float, tolerance: float) -> float:
    """Return the least value for which `holds` is true, assuming that it stays true above."""
    while high - low > tolerance:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


CARD: Final = ModelCard(
    name="cable",
    title=_("Myelinated motor axon"),
    holds=(
        _("Nodes of Ranvier with fast and persistent sodium, slow potassium and leak, and ten "
          "passive parts of internode between any two, each with a wall, a narrow space and the "
          "myelin around it."),
        _("The dimensions of nine published fibres from 5.7 to 16 µm."),
        _("Impulses from a current into a node, from an electrode outside, and from a stretch in "
          "other salts; a stretch that has lost myelin; temperature."),
    ),
    omits=(
        _("The cell body, branches and the ending: the axon is cut off at a node."),
        _("Block by cold: the model still conducts at 10 °C, while a motor nerve of the arm "
          "stopped between 8 and 10 °C ({source}). Pumps and the ions inside.",
          source=_COOLED),
        _("How a stretch without myelin adapts over time: other channels, a wider space around "
          "the axon, new myelin."),
        _("Channels of the internode, and fast potassium; the space under the myelin keeps its "
          "ions, so potassium acts at the nodes only."),
        _("Neighbouring axons, and tissue that conducts differently along and across."),
    ),
    valid=_("Fibres of 5.7 to 16 µm and 10 to 45 °C. It rests at the published −80 mV. The "
            "constants are for ten parts per internode: with twice as many the impulse is 9 % "
            "slower, and with eight times as many 14 %. Whole nerves were blocked at 50 to 54 °C "
            "({heated}); this axon would still conduct there. Measured speeds are matched to "
            "within a tenth, since the diameter of a fibre depends on how it was fixed, and "
            "refractory times to within two standard deviations between axons.", heated=_HEATED),
    parts=(MyelinatedAxon, Injection, Electrode, Stretch),
    checks=(
        Check(_("Speed of a small fibre (5.7 µm), per µm"), "m/s", "4.6", _BOYD, 4.14, 5.06,
              lambda: _speed_per_um(5.7)),
        Check(_("Speed of a large fibre (10 µm), per µm"), "m/s", "5.7", _BOYD, 5.13, 6.27,
              lambda: _speed_per_um(10)),
        Check(_("Speed of the largest fibre (16 µm), per µm"), "m/s", "5.7", _BOYD, 5.13, 6.27,
              lambda: _speed_per_um(16)),
        Check(_("Slowing when cooled by 10 °C"), "m/s", "15", _COOLED, 13, 17,
              _slower_when_cooled_m_s),
        Check(_("Refractory time after an impulse, pulse 10 % above threshold"), "ms",
              "1.83 ± 0.26", _BORG, 1.31, 2.35, lambda: _refractory_ms(1.1)),
        Check(_("Refractory time after an impulse, pulse 100 % above threshold"), "ms",
              "0.88 ± 0.26", _BORG, 0.36, 1.40, lambda: _refractory_ms(2)),
        Check(_("Three internodes with 3 % of their myelin: blocked from"), "°C",
              _("between 25 and 40: more are blocked when warmer"), _WARMED, 25, 40,
              _blocked_from_c),
    ),
)  # fmt: skip
