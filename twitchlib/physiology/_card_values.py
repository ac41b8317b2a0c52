"""The values that the model cards' checks compute."""

from __future__ import annotations

import math

import numpy as np

from twitchlib.physiology import (
    axon,
    caffeine,
    excitability,
    fatigue,
    ions,
    junction,
    motor_pool,
    motor_units,
)
from twitchlib.physiology.membranes import PUBLISHED_NODE

# The drive at which the cell's fastest rate equals that of the spasms. Only this value is fitted;
# the rates at recruitment and derecruitment follow from it.
SPASM_NA = 13.6
# A rat's nerve terminal releases 45 to 75 quanta, a human one about 20.
RAT = junction.Junction(quanta=60, calcium_mm=2, magnesium_mm=1)
UNITS = motor_pool.units(motor_units.POOL)


def caffeine_um(dose_mg_per_kg: float, time_h: float) -> float:
    """Return the caffeine concentration at a time after a single drink."""
    dose_mg = dose_mg_per_kg * caffeine.ADULT.body_mass_kg
    return float(caffeine.body_load(caffeine.ADULT, [(0, dose_mg)], [time_h]).concentration_um[0])


def caffeine_peak_mg_per_l() -> float:
    """Return the highest concentration after 5 mg/kg."""
    um = caffeine_um(5, caffeine.ADULT.peak_h)
    return um * caffeine.MOLAR_MASS_G_PER_MOL / 1000


def shift_of_a_fifth() -> float:
    """Return how far lowering calcium alone to a fifth shifts the gates, in mV."""
    calcium_alone = ions.Screening(magnesium_weight=0)
    fifth = ions.Plasma(calcium_mm=ions.BODY.calcium_mm / 5)
    return -ions.gating_shift_mv(fifth, calcium_alone)


def shock_threshold_mv() -> float:
    """Return the smallest sudden depolarisation that triggers a spike."""
    return excitability.threshold(axon.SQUID, 0.01) * 0.01 / axon.SQUID.capacitance_uf_cm2


def onset_ua_cm2() -> float:
    """Return the lowest current at which the squid axon fires repetitively."""
    currents = np.arange(5.8, 6.8, 0.02)
    rate_hz = excitability.rate_curve(axon.SQUID, currents, 1000).rate_hz
    return float(currents[np.argmax(rate_hz > 0)])


def node_spikes(current_ua_cm2: float) -> float:
    """Return how many spikes the published node fires after one pulse."""
    run = axon.simulate(PUBLISHED_NODE, [(0, 0.5, current_ua_cm2)], 50)
    return float(run.spike_ms.size)


def calcium_of_tetany() -> float:
    """Return the highest fraction of ordinary calcium at which the node fires on its own."""
    low, high = 0.3, 1.0
    while high - low > 0.005:
        fraction = (low + high) / 2
        plasma = ions.Plasma(calcium_mm=fraction * ions.BODY.calcium_mm)
        fires = excitability.spontaneous_rate_hz(axon.MotorNode().bathed(plasma)) > 0
        low, high = (fraction, high) if fires else (low, fraction)
    return low


def release_slope() -> float:
    """Return the log–log slope of release against calcium, at low calcium."""
    few, more = junction.mean_quanta(junction.HUMAN, [0.1, 0.101], 1.0)
    return math.log(more / few) / math.log(1.01)


def fused_over_twitch() -> float:
    """Return a unit's fused force relative to its twitch."""
    return 100 * math.e * float(motor_units.twitch_gain(100.0))


def half_fused_hz(contraction_ms: float) -> float:
    """Return the rate at which a unit reaches half its fused force."""
    hz = np.linspace(1, 60, 5901)
    relative = hz * contraction_ms / 1000
    fused = relative * motor_units.twitch_gain(relative) * math.e / fused_over_twitch()
    return float(np.interp(0.5, fused, hz))


def potential_ms() -> float:
    """Return how long the middle unit's potential exceeds a twentieth of its height."""
    single = motor_pool.Discharges.of([60], [0.05])
    trace = np.abs(motor_pool.emg(motor_units.POOL, single, 100, sample_hz=20_000))
    large = np.flatnonzero(trace > 0.05 * trace.max())
    return float(large[-1] - large[0]) / 20


def peak_to_peak_uv() -> float:
    """Return the mean peak-to-peak amplitude of the units' potentials."""
    return float(1446 * UNITS.potential_mv.mean())


def held_s(target: float) -> float:
    """Return how long a fraction of the strongest force is held."""
    return fatigue.simulate(fatigue.MUSCLE, target, 600).endurance_s


def left_after_70_s() -> float:
    """Return what is left of the force after 70 s of full effort."""
    return float(fatigue.simulate(fatigue.MUSCLE, 1, 70).force[-1])
