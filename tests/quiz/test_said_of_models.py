"""What answers say about axons, junctions, muscles and reflexes agrees with the models."""

import math

import pytest

from tests.quiz.asked import beats_hz, first_gain_s, fusion_hz, left_mg, right, swings
from twitchlib import quiz
from twitchlib.figures.motor_pool import FUSED
from twitchlib.physiology import axon, bathed_node, excitability, motor_pool
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.widgets.nervous_system.movement import SAMPLE_HZ, SEED, Effort
from twitchlib.widgets.twitch_types.spasm import Cramp, spasm_stop


def test_a_longer_pulse_needs_less_but_more_than_half() -> None:
    one, two = (
        excitability.threshold(axon.SQUID, width_ms=1.0),
        excitability.threshold(axon.SQUID, width_ms=2.0),
    )
    assert 3.8 < two < 3.9
    assert 0.5 < two / one < 0.6
    assert (round(one, 1), math.floor(10 * one / 2) / 10) == (6.9, 3.4)


def test_a_stronger_push_makes_more_spikes_and_no_taller_ones() -> None:
    gentle, firm = (axon.simulate(axon.SQUID, [(5, 40, strength)], 50) for strength in (8, 20))
    assert firm.spike_ms.size > gentle.spike_ms.size > 1
    assert firm.potential_mv.max() == pytest.approx(gentle.potential_mv.max(), abs=3)


def test_a_second_shock_fails_however_strong_it_is() -> None:
    much = 10 * excitability.threshold(axon.SQUID, width_ms=0.5)
    alone, again = ([(5, 0.5, much)], [(5, 0.5, much), (10, 0.5, much)])
    assert axon.simulate(axon.SQUID, alone, 30).spike_ms.size == 1
    assert axon.simulate(axon.SQUID, again, 30).spike_ms.size == 1


def test_only_one_of_the_salts_makes_the_axon_fire_on_its_own() -> None:
    assert (BODY.potassium_mm, BODY.magnesium_mm, BODY.calcium_mm) == (4, 0.6, 1.2)
    baths = {
        "self-firing.a": BODY.replace(potassium_mm=2.5),
        "self-firing.b": BODY.replace(magnesium_mm=0),
        "self-firing.c": BODY.replace(calcium_mm=2),
        "self-firing.d": BODY.replace(potassium_mm=7.5),
    }
    states = {
        name: bathed_node.state(bathed_node.probe(bath, seed=0)) for name, bath in baths.items()
    }
    assert [name for name, expected in states.items() if expected == "fires by itself"] == [
        right("self-firing").id
    ]
    for bath, expected in [
        (BODY.replace(potassium_mm=7), "fires by itself"),
        (BODY.replace(potassium_mm=8), "fires by itself"),
        (BODY.replace(potassium_mm=9), "blocked"),
        (BODY.replace(calcium_mm=0.5), "fires by itself"),
    ]:
        assert bathed_node.state(bathed_node.probe(bath, seed=0)) == expected


def test_two_salts_bring_rest_and_threshold_together_in_two_ways() -> None:
    def found(bath: Plasma) -> tuple[float, float]:
        run = bathed_node.probe(bath, seed=0)
        weakest = bathed_node.threshold_ua_cm2(bath, bathed_node.state(run))
        return bathed_node.settled_mv(run), weakest

    rest, ordinary = found(BODY)
    calcium_rest, calcium_needs = found(BODY.replace(calcium_mm=0.9))
    potassium_rest, potassium_needs = found(BODY.replace(potassium_mm=5.5))
    assert max(calcium_needs, potassium_needs) < 0.9 * ordinary
    assert abs(calcium_rest - rest) < 1
    assert potassium_rest > rest + 3


def test_slow_units_fuse_early_and_fast_ones_late() -> None:
    assert [fusion_hz(unit) for unit in (1, 60, 120)] == [17, 29, 47]
    assert swings(25, 1) < FUSED < swings(25, 120)


def test_half_of_the_units_make_little_of_the_force() -> None:
    drive = Effort(effort_percent=10).drive
    run = motor_pool.simulate(POOL, drive, sample_hz=SAMPLE_HZ, seed=SEED)
    assert round(100 * run.force_n.max() / maximal_force_n(POOL)) == 4
    assert 0.5 < float(motor_pool.units(POOL).drive.max()) < 0.6  # all, from a little over half


def test_where_the_foot_begins_to_beat_and_how_fast() -> None:
    assert {delay: first_gain_s(delay) for delay in (10, 20, 30, 50)} == {
        10: 0.9, 20: 0.65, 30: 0.5, 50: 0.45,
    }  # fmt: skip
    assert round(beats_hz(1, 50), 1) == 5.2


def test_a_spasm_outlasts_its_push_by_its_own_current() -> None:
    def lasts_s(settings: Cramp) -> float:
        stop = spasm_stop()
        stop.controls.value = settings
        return max(event.offset_s - event.onset_s for event in stop.result.events)

    assert lasts_s(Cramp()) > 5
    assert lasts_s(Cramp(persistent_us=0.081)) < 1.5


def test_the_usual_half_life_leaves_less_of_the_coffee() -> None:
    assert round(left_mg("filter-coffee", 14, 23, 5)) == 26


def test_the_middle_unit_fuses_at_the_rate_to_be_predicted() -> None:
    assert fusion_hz(60) == quiz.predictions()["fusion"].value
