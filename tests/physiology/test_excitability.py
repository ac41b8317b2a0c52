"""What makes a nerve fire: published onsets and thresholds, and the effects of ions."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.axon import SQUID, Axon, MotorNode, SquidAxon, simulate
from twitchlib.physiology.excitability import (
    StrengthDuration,
    hopf_currents_ua_cm2,
    rate_curve,
    refractoriness,
    spontaneous_rate_hz,
    strength_duration,
    threshold,
)
from twitchlib.physiology.ions import Plasma
from twitchlib.physiology.membranes import PUBLISHED_NODE

NEURON_SQUID = SquidAxon(leak_mv=-54.3)
NODE = MotorNode()


def test_repetitive_firing_begins_between_6_2_and_6_3_ua_cm2() -> None:
    silent, firing = rate_curve(NEURON_SQUID, [6.2, 6.3], 1000).rate_hz
    assert silent == 0
    assert firing == pytest.approx(52.9, abs=0.1)


def test_regression_rates() -> None:
    curve = rate_curve(NEURON_SQUID, [7, 8, 10, 20, 50], 1000)
    assert curve.rate_hz == pytest.approx([58.5, 62.6, 68.4, 86.5, 117.0], abs=0.1)


def test_regression_thresholds() -> None:
    widths_ms = [0.2, 0.5, 1, 2, 5, 20]
    expected = [32.6, 13.33, 6.92, 3.86, 2.35, 2.24]
    curve = strength_duration(NEURON_SQUID, widths_ms)
    assert curve.threshold_ua_cm2 == pytest.approx(expected, rel=0.01)
    assert threshold(NODE, 0.1) == pytest.approx(370, rel=0.015)


def test_chronaxie_of_a_known_curve() -> None:
    # Lapicque's curve with time constant 1 ms has its chronaxie at ln 2 ms.
    width_ms = np.geomspace(0.01, 50, 400)
    curve = StrengthDuration(width_ms, 3 / (1 - np.exp(-width_ms)))
    assert curve.rheobase_ua_cm2 == pytest.approx(3)
    assert curve.chronaxie_ms == pytest.approx(math.log(2), rel=1e-3)
    assert math.isnan(StrengthDuration(width_ms[-2:], curve.threshold_ua_cm2[-2:]).chronaxie_ms)


def test_chronaxie_of_the_node_is_that_of_motor_axons() -> None:
    # Fractions of a millisecond, as motor axons have.
    curve = strength_duration(NODE, np.geomspace(0.02, 2, 10))
    assert np.all(np.diff(curve.threshold_ua_cm2) < 0)
    assert 0.02 < curve.chronaxie_ms < 0.5


def test_recovery_is_absolute_then_relative_then_supernormal() -> None:
    ratio = refractoriness(NEURON_SQUID, [3, 8, 10, 12, 15, 20, 25]).ratio
    assert math.isinf(ratio[0])
    assert ratio[1:] == pytest.approx([6.2, 3.5, 2.15, 1.17, 0.85, 1.02], rel=0.02)


@pytest.mark.parametrize(("axon", "width_ms"), [(SQUID, 1.0), (NODE, 0.1)])
def test_low_potassium_makes_firing_harder_and_high_potassium_easier(
    axon: Axon, width_ms: float
) -> None:
    thresholds = [
        threshold(axon.bathed(Plasma(potassium_mm=k)), width_ms) for k in (2.5, 3, 3.5, 4, 4.5, 5)
    ]
    assert thresholds == sorted(thresholds, reverse=True)


@pytest.mark.parametrize(("axon", "width_ms"), [(SQUID, 1.0), (NODE, 0.1)])
def test_very_high_potassium_blocks(axon: Axon, width_ms: float) -> None:
    blocked = axon.replace(potassium_ratio=3.0)
    assert math.isinf(threshold(blocked, width_ms))
    assert spontaneous_rate_hz(blocked) == 0


def test_regression_potassium() -> None:
    squid = [threshold(NEURON_SQUID.replace(potassium_ratio=q), 1) for q in (0.5, 0.75, 1, 1.25)]
    assert squid == pytest.approx([11.2, 9.03, 6.92, 4.70], rel=0.01)
    node = [threshold(NODE.bathed(Plasma(potassium_mm=k)), 0.1) for k in (2.5, 3, 3.5, 4.5, 5)]
    assert node == pytest.approx([562, 494, 431, 308, 243], rel=0.02)


@pytest.mark.parametrize(
    ("axon", "width_ms"), [(NEURON_SQUID, 1.0), (NODE, 0.1)], ids=["squid", "node"]
)
def test_spontaneous_firing_begins_at_a_shift_of_minus_6_mv(axon: Axon, width_ms: float) -> None:
    shifts_mv = (5.0, 0.0, -3.0, -5.0)
    thresholds = [threshold(axon.replace(gating_shift_mv=s), width_ms) for s in shifts_mv]
    assert thresholds == sorted(thresholds, reverse=True)
    assert spontaneous_rate_hz(axon.replace(gating_shift_mv=-5.0)) == 0
    rates = [spontaneous_rate_hz(axon.replace(gating_shift_mv=s)) for s in (-6.0, -7.0, -8.0)]
    assert 0 < rates[0] < rates[1] < rates[2]


def test_regression_shift() -> None:
    shifted = [NEURON_SQUID.replace(gating_shift_mv=s) for s in (-6.0, -7.5, -10.0)]
    rates = [spontaneous_rate_hz(axon, 1000) for axon in shifted]
    assert rates == pytest.approx([45.6, 53.6, 62], abs=0.1)


def test_tetany_begins_at_about_half_the_calcium() -> None:
    # A shift of −6 mV, at which both membranes begin to fire, corresponds to 54 % of the calcium at
    # 22.5 mV per decade if calcium acts alone.
    shift_mv = 22.5 * math.log10(0.54)
    assert shift_mv == pytest.approx(-6, abs=0.05)
    assert spontaneous_rate_hz(NODE.replace(gating_shift_mv=round(shift_mv))) > 0


def test_persistent_sodium_and_slow_potassium_decide_how_many_spikes_follow() -> None:
    def spikes(node: MotorNode) -> int:
        current = 1.2 * threshold(node, 0.1)
        return int(simulate(node, [(0, 0.1, current)], 100).spike_ms.size)

    assert spikes(PUBLISHED_NODE) > 5
    assert spikes(PUBLISHED_NODE.replace(persistent_sodium_ms_cm2=0)) == 1
    assert spikes(PUBLISHED_NODE.replace(slow_potassium_ms_cm2=160)) == 1


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: threshold(SQUID, 0), "width_ms"),
        (lambda: threshold(SQUID, math.nan), "width_ms"),
        (lambda: strength_duration(SQUID, []), "width_ms"),
        (lambda: strength_duration(SQUID, [1, -1]), "width_ms[1]"),
        (lambda: refractoriness(SQUID, [0.1]), "delay_ms[0]"),
        (lambda: refractoriness(SQUID, [10], first_times_threshold=0.5), "first_times_threshold"),
        (lambda: rate_curve(SQUID, [math.inf]), "current_ua_cm2[0]"),
        (lambda: rate_curve(SQUID, [10], duration_ms=1), "duration_ms"),
        (lambda: spontaneous_rate_hz(SQUID, 1e6), "duration_ms"),
    ],
)
def test_refuses_invalid_arguments(call: Callable[[], object], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        call()
    assert refused.value.field == field


def test_rest_loses_its_stability_where_the_literature_says_it_does() -> None:
    # 9.78 and 154.5 µA/cm² are the textbook Hopf points of these equations.
    assert hopf_currents_ua_cm2(SQUID) == pytest.approx([9.78, 154.5], rel=1e-3)
    assert hopf_currents_ua_cm2(SQUID) == pytest.approx([9.7793, 154.526], rel=1e-5)


def test_regression_hopf_points_with_the_leak_of_neuron() -> None:
    assert hopf_currents_ua_cm2(NEURON_SQUID) == pytest.approx([9.7493, 154.496], rel=1e-5)


def test_a_membrane_behaves_as_the_eigenvalues_predict() -> None:
    # At the upper point the amplitude goes to zero continuously: small oscillations last below it
    # and fade above.
    _, upper = hopf_currents_ua_cm2(SQUID)
    waves_mv = []
    for factor in (0.97, 1.03):
        run = simulate(SQUID, [(0, 1000, factor * upper)], 1000)
        late = run.potential_mv[run.time_ms > 900]
        waves_mv.append(float(late.max() - late.min()))
    assert waves_mv[0] > 1
    assert waves_mv[1] < 0.01
