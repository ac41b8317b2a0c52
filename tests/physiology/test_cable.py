"""The myelinated axon, against measurements and NEURON, and its numerical accuracy."""

import math
from typing import Any

import numpy as np
import pytest

from tests.physiology.neuron_fibre import arrivals_in_neuron
from twitchlib.errors import NotAllowedError
from twitchlib.physiology._nerve_fibre import dimensions, internode
from twitchlib.physiology.cable import (
    CableRun,
    Electrode,
    Injection,
    MyelinatedAxon,
    Stretch,
    simulate,
    threshold_na,
)
from twitchlib.physiology.ions import Plasma, gating_shift_mv

AXON = MyelinatedAxon()
START = Injection(node=0)


def run(axon: MyelinatedAxon = AXON, *stretches: Stretch, **options: Any) -> CableRun:
    return simulate(axon, [START], options.pop("duration_ms", 4), stretches=stretches, **options)


def passes(found: CableRun) -> bool:
    return bool(np.isfinite(found.arrival_ms[-1]))


@pytest.mark.parametrize("diameter_um", [5.7, 10, 12.3, 16])
def test_rests_at_minus_80_mv_and_stays_there(diameter_um: float) -> None:
    # The published resting potential.
    quiet = simulate(AXON.replace(diameter_um=diameter_um), [], 10)
    assert quiet.potential_mv[0] == pytest.approx(-80, abs=0.1)
    assert np.ptp(quiet.potential_mv, axis=0).max() < 1e-9
    assert not any(times.size for times in quiet.spike_ms)


@pytest.mark.parametrize(("diameter_um", "per_um"), [(5.7, 4.6), (10, 5.7), (16, 5.7)])
def test_speed_grows_with_the_diameter_as_in_cats(diameter_um: float, per_um: float) -> None:
    # Boyd & Kalu 1979: 4.6 m/s for each µm of a small fibre, 5.7 of a large one.
    speed_m_s = run(AXON.replace(diameter_um=diameter_um)).velocity_m_s
    assert speed_m_s / diameter_um == pytest.approx(per_um, rel=0.06)


def test_a_spike_travels_without_loss_and_evenly() -> None:
    long = run(AXON.replace(nodes=61))
    inner = long.potential_mv[:, ::11].max(axis=0)[10:50]
    assert np.ptp(inner) < 2
    steps_ms = np.diff(long.arrival_ms)[5:50]
    assert steps_ms == pytest.approx(steps_ms.mean(), rel=0.02)


def test_conduction_is_the_same_in_both_directions() -> None:
    there = run().arrival_ms
    back = simulate(AXON, [Injection(node=20)], 4).arrival_ms
    assert back[::-1] == pytest.approx(there, abs=1e-12)
    both_ways = simulate(AXON, [Injection(node=10)], 4)
    assert np.isnan(both_ways.velocity_m_s)  # the middle half is not crossed in one direction
    middle = both_ways.arrival_ms
    assert middle[::-1] == pytest.approx(middle, abs=1e-12)
    assert middle.argmin() == 10


def test_two_spikes_that_meet_vanish() -> None:
    both = simulate(AXON, [START, Injection(node=20)], 6)
    assert [times.size for times in both.spike_ms] == [1] * 21
    alone = run()
    assert both.arrival_ms[5] == pytest.approx(alone.arrival_ms[5], abs=1e-3)
    assert both.arrival_ms[15] < alone.arrival_ms[10]


def test_a_spike_is_all_or_none() -> None:
    weakest = threshold_na(AXON, START)
    below, above = (
        simulate(AXON, [START.replace(current_na=factor * weakest)], 4) for factor in (0.99, 1.01)
    )
    assert not passes(below)
    assert above.potential_mv[:, 110].max() == pytest.approx(
        run().potential_mv[:, 110].max(), abs=0.5
    )


def test_a_shorter_pulse_needs_more_current_and_less_charge() -> None:
    widths_ms = np.array([0.05, 0.1, 0.2, 0.5])
    currents = np.array([threshold_na(AXON, START.replace(width_ms=w)) for w in widths_ms])
    assert (np.diff(currents) < 0).all()
    assert (np.diff(currents * widths_ms) > 0).all()


def test_an_electrode_outside_fires_the_node_beside_it() -> None:
    outside = simulate(AXON, [Electrode(node=7, current_ma=-0.5)], 3)
    assert outside.arrival_ms.argmin() == 7
    assert passes(outside)
    near = simulate(AXON, [Electrode(node=7, current_ma=-0.1)], 3)
    assert not passes(near)
    # The other polarity needs far more current, and so does a greater distance.
    assert not passes(simulate(AXON, [Electrode(node=7, current_ma=0.5)], 3))
    assert not passes(simulate(AXON, [Electrode(node=7, current_ma=-0.5, distance_mm=3)], 3))


def test_a_large_fibre_answers_a_weaker_electrode() -> None:
    # The reverse of the order in which the nervous system recruits.
    stimulus = [Electrode(node=10, current_ma=-0.2)]
    assert passes(simulate(AXON.replace(diameter_um=16), stimulus, 3))
    assert not passes(simulate(AXON.replace(diameter_um=5.7), stimulus, 3))


def test_currents_from_outside_add_up() -> None:
    whole = simulate(AXON, [Electrode(node=7, current_ma=-0.4)], 2)
    half = Electrode(node=7, current_ma=-0.2)
    assert simulate(AXON, [half, half], 2).potential_mv == pytest.approx(whole.potential_mv)


def test_a_stretch_in_other_salts_starts_a_spike_that_runs_both_ways() -> None:
    site = Stretch(first_node=9, last_node=11, gating_shift_mv=-8)
    ectopic = simulate(AXON, [], 10, stretches=[site])
    arrival = ectopic.arrival_ms
    assert arrival.argmin() == 10
    assert (np.diff(arrival[:9]) < 0).all()
    assert (np.diff(arrival[11:]) > 0).all()


@pytest.mark.parametrize(("myelin", "through"), [(0.3, True), (0.1, True), (0.02, False)])
def test_a_bare_stretch_slows_and_then_blocks(myelin: float, through: bool) -> None:
    lost = run(AXON, Stretch(first_node=9, last_node=12, myelin=myelin))
    assert passes(lost) == through
    if through:
        assert lost.arrival_ms[-1] > run().arrival_ms[-1] + 0.01


def test_warmth_blocks_a_bare_stretch_that_conducts_in_the_cold() -> None:
    # Franssen, Wieneke & Wokke 1999: in damaged motor nerves more fibres are blocked at 40 °C than
    # at 25 °C.
    bare = Stretch(first_node=9, last_node=12, myelin=0.03)
    assert passes(run(AXON.replace(temperature_c=25), bare, duration_ms=8))
    assert not passes(run(AXON.replace(temperature_c=40), bare, duration_ms=8))
    assert passes(run(AXON.replace(temperature_c=40)))


def test_cooling_by_10_degrees_slows_by_15_m_s() -> None:
    # Vanggaard 1975, in a motor nerve of the arm.
    slower_m_s = run().velocity_m_s - run(AXON.replace(temperature_c=27)).velocity_m_s
    assert slower_m_s == pytest.approx(15, abs=2)


def test_the_bath_moves_the_rest_and_the_threshold() -> None:
    low, ordinary, high = (AXON.bathed(Plasma(potassium_mm=k)) for k in (3, 4, 5))
    rests = [simulate(axon, [], 1).potential_mv[0, 110] for axon in (low, ordinary, high)]
    thresholds = [threshold_na(axon, START) for axon in (low, ordinary, high)]
    assert np.diff(rests).min() > 0.5
    assert np.diff(thresholds).max() < 0
    little_calcium = AXON.bathed(Plasma(calcium_mm=0.9))
    assert threshold_na(little_calcium, START) < threshold_na(AXON, START)


def test_why_the_lone_node_has_more_slow_potassium_than_published() -> None:
    # What the card of the lone node says about a whole axon with the published conductances.
    def in_salts(plasma: Plasma) -> CableRun:
        whole = Stretch(
            first_node=0,
            last_node=AXON.nodes - 1,
            potassium_ratio=plasma.potassium_ratio,
            gating_shift_mv=gating_shift_mv(plasma),
        )
        pulse = Injection(node=10, start_ms=80, current_na=1.3)
        axon = AXON.replace(temperature_c=36)
        return simulate(axon, [pulse], 100, stretches=[whole], sample_ms=1)

    assert in_salts(Plasma()).spike_ms[10].size == 1
    assert in_salts(Plasma(potassium_mm=5)).spike_ms[10].size == 7
    little = in_salts(Plasma(calcium_mm=0.7, magnesium_mm=0))
    assert little.spike_ms[10].size == 1
    assert little.spike_ms[10][0] < 1
    assert little.potential_mv[79, 110] == pytest.approx(-70, abs=0.5)


@pytest.mark.parametrize(("diameter_um", "load_ms_cm2"), [(5.7, 32), (10, 40), (16, 42)])
def test_internodes_load_a_node_as_the_lone_node_s_source_says(
    diameter_um: float, load_ms_cm2: float
) -> None:
    size = dimensions(diameter_um)
    between = internode(size, 1.0, 1)
    # All nodes have long been at the same potential.
    ends = between.left + between.right
    through_us = 2 * between.to_node_us - (ends * ends / between.rate_per_ms).sum()
    assert through_us / (1000 * size.node_cm2) == pytest.approx(load_ms_cm2, abs=0.5)


def test_a_second_spike_too_soon_is_lost() -> None:
    twice = [START, START.replace(start_ms=0.7)]
    assert simulate(AXON, twice, 4).spike_ms[-1].size == 1
    twice[1] = START.replace(start_ms=4)
    assert simulate(AXON, twice, 8).spike_ms[-1].size == 2
    assert math.isinf(threshold_na(AXON, START.replace(start_ms=0.7), before=[START]))


def test_halving_the_step_moves_no_arrival_by_a_hundredth_of_a_millisecond() -> None:
    halved = run(dt_ms=0.0025).arrival_ms
    assert np.abs(run().arrival_ms - halved).max() < 0.004
    assert np.abs(halved - run(dt_ms=0.00125).arrival_ms).max() < 0.002


def test_finer_parts_slow_the_spike_ever_less() -> None:
    # The space under the myelin is so narrow that its signals fade within a few µm. The published
    # constants are for ten parts per internode.
    speeds = np.array([run(splits=n).velocity_m_s for n in (1, 2, 4, 8)])
    slower = -np.diff(speeds)
    assert (slower > 0).all()
    assert (slower[1:] < 0.6 * slower[:-1]).all()
    assert speeds[-1] > 0.8 * speeds[0]


@pytest.mark.parametrize("diameter_um", [5.7, 10.0, 16.0])
def test_agrees_with_neuron_at_every_node(diameter_um: float) -> None:
    pytest.importorskip("neuron")
    axon = AXON.replace(diameter_um=diameter_um)
    pulse = START.start_ms, START.width_ms, START.current_na
    theirs = arrivals_in_neuron(diameter_um, pulse, axon.temperature_c, 1.2)
    assert np.isfinite(theirs).all()
    assert np.abs(run(axon).arrival_ms - theirs).max() < 0.01


def test_samples_and_places_match() -> None:
    found = run(sample_ms=0.05)
    assert found.time_ms[1] == pytest.approx(0.05)
    assert found.potential_mv.shape == (found.time_ms.size, found.place_mm.size)
    assert (np.diff(found.place_mm) > 0).all()
    assert found.place_mm[-1] == pytest.approx(20 * AXON.spacing_mm)
    assert set(found.node_mm) <= set(found.place_mm)
    cut = run(splits=2, sample_ms=0.05)
    assert cut.potential_mv.shape[1] == 20 * 21 + 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: simulate(AXON, [Injection(node=21)], 1), r"node = 21: .*from 0 to 20"),
        (lambda: simulate(AXON, [Electrode(node=30)], 1), r"node = 30: .*from 0 to 20"),
        (lambda: run(AXON, Stretch(first_node=5, last_node=25)), r"last_node = 25"),
        (lambda: run(AXON, Stretch(first_node=6, last_node=5)), r"first_node = 6: .*last_node, 5"),
        (lambda: MyelinatedAxon(diameter_um=2), r"diameter_um = 2: .*from 5.7 to 16 µm"),
        (lambda: MyelinatedAxon(nodes=7.5), r"nodes = 7.5: .*whole number"),  # type: ignore[arg-type]
        (lambda: Stretch(myelin=0), r"myelin = 0"),
        (lambda: run(dt_ms=0.1), r"dt_ms = 0.1: .*to 0.01 ms"),
        (lambda: run(duration_ms=float("nan")), r"duration_ms = nan"),
        (lambda: run(duration_ms=2000), r"duration_ms = 2000: .*to 1000 ms"),
        (lambda: run(splits=9), r"splits = 9"),
        (
            lambda: simulate(AXON, [Injection(current_na=20, width_ms=1)] * 9, 2),
            r"stimuli = 180.0: .*within 600 mV",
        ),
    ],
)
def test_refuses(call: Any, message: str) -> None:
    with pytest.raises(NotAllowedError, match=message):
        call()


def test_a_spike_counts_only_if_the_node_carries_it_itself() -> None:
    # Right after a spike a strong pulse lifts the node above 0 mV, but its channels do not respond.
    again = START.replace(start_ms=0.6, current_na=12)
    pushed = simulate(AXON, [START, again], 2, sample_ms=0.005)
    above = pushed.potential_mv[:, 0] > 0
    assert np.count_nonzero(above[1:] & ~above[:-1]) == 2
    assert pushed.spike_ms[0].size == 1
