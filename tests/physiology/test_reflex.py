"""The stretch reflex, against publications on clonus and its own equations."""

import math

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.reflex import HEALTHY, SPASTIC, Ankle, resting_angle_deg, simulate

# Compared with an independent implementation of the same equations at steps of 0.1 to 0.5 ms, whose
# frequencies are rounded to 0.01 Hz and off by up to 0.3 % at the longest step.
ROUNDING_HZ = 0.05


@pytest.mark.parametrize("load_nm", [0.5, 2, 4, 6])
@pytest.mark.parametrize("inertia_kg_m2", [0.025, 0.03, 0.04])
def test_clonus_is_as_fast_as_in_people(load_nm: float, inertia_kg_m2: float) -> None:
    # 3.8 to 5.8 Hz over the loads tried in four people: Hidler & Rymer, Clonus in spastic subjects.
    run = simulate(SPASTIC.replace(load_nm=load_nm, inertia_kg_m2=inertia_kg_m2), 10_000)
    assert 3.8 <= run.frequency_hz <= 5.8


@pytest.mark.parametrize(
    ("change", "frequency_hz"),
    [
        ({}, 5.21),
        ({"gain_s": 1}, 5.19),
        ({"delay_ms": 30}, 5.80),
        ({"delay_ms": 40}, 5.47),
        ({"delay_ms": 60}, 4.97),
        ({"delay_ms": 70}, 4.76),
        ({"load_nm": 0.5}, 5.19),
        ({"load_nm": 5}, 5.26),
        ({"load_nm": 6}, 5.33),
        ({"inertia_kg_m2": 0.03}, 4.93),
        ({"inertia_kg_m2": 0.04}, 4.48),
        ({"contraction_ms": 20}, 5.77),
        ({"contraction_ms": 30}, 5.43),
    ],
)
def test_frequency_of_an_independent_implementation(
    change: dict[str, float], frequency_hz: float
) -> None:
    run = simulate(SPASTIC.replace(**change), 20_000)
    assert run.frequency_hz == pytest.approx(frequency_hz, abs=ROUNDING_HZ)


@pytest.mark.parametrize(("gain_s", "swing_deg"), [(0.5, 4.05), (1, 7.1), (2, 8.5)])
def test_amplitude_of_an_independent_implementation(gain_s: float, swing_deg: float) -> None:
    run = simulate(SPASTIC.replace(gain_s=gain_s), 20_000)
    assert run.swing_deg == pytest.approx(swing_deg, abs=0.1)


@pytest.mark.parametrize(
    "change",
    [
        {"gain_s": 0.2},
        {"gain_s": 0.4},
        {"delay_ms": 25},
        {"delay_ms": 80},
        {"load_nm": 8},
        {"load_nm": 12},
        {"kick_rad_s": 1.5},
        {"contraction_ms": 50},
    ],
)
def test_dies_out(change: dict[str, float]) -> None:
    run = simulate(SPASTIC.replace(**change), 20_000)
    assert not run.sustained
    assert math.isnan(run.frequency_hz)


def test_the_oscillation_does_not_depend_on_the_kick() -> None:
    # A stable limit cycle: neither amplitude nor frequency depends on the size of the kick.
    runs = [simulate(SPASTIC.replace(kick_rad_s=kick), 20_000) for kick in (2, 4, 6)]
    assert np.ptp([run.swing_deg for run in runs]) < 0.02
    assert np.ptp([run.frequency_hz for run in runs]) < 0.002


def test_each_cycle_is_closer_to_the_limit_cycle() -> None:
    # Floquet multipliers below one: the peaks approach the last one and stay.
    run = simulate(SPASTIC.replace(kick_rad_s=6), 20_000)
    inner = run.angle_deg[1:-1]
    peaks = inner[(inner > run.angle_deg[:-2]) & (inner >= run.angle_deg[2:])]
    peaks = peaks[peaks > run.angle_deg.mean()]
    distance = np.abs(peaks - peaks[-1])
    assert distance[0] > 1
    assert distance[len(peaks) // 2 :].max() < 0.01


def test_frequency_hardly_changes_when_the_step_halves() -> None:
    whole, half = (simulate(SPASTIC, 20_000, dt_ms=dt).frequency_hz for dt in (0.5, 0.25))
    assert half == pytest.approx(whole, rel=1e-3)


def test_a_foot_that_has_come_to_rest_stays_there() -> None:
    run = simulate(HEALTHY, 60_000)
    late = run.time_ms > 10_000
    assert run.angle_deg[late] == pytest.approx(resting_angle_deg(HEALTHY), abs=1e-6)
    assert np.abs(run.velocity_rad_s[late]).max() < 1e-8
    assert run.drive[late].max() == 0
    # The run stops early only at rest after the kick: a late kick is answered like an early one.
    kicked = simulate(HEALTHY, 40_000, kick_ms=30_000)
    assert kicked.angle_deg[60_000:] == pytest.approx(run.angle_deg[:20_000], abs=1e-6)


def test_without_reflex_the_ankle_is_a_damped_pendulum() -> None:
    ankle = Ankle(gain_s=0, load_nm=0, stiffening_nm=0, kick_rad_s=1)
    run = simulate(ankle, 2000)
    decay = ankle.damping_nms / (2 * ankle.inertia_kg_m2)
    omega = math.sqrt(ankle.stiffness_nm / ankle.inertia_kg_m2 - decay**2)
    time_s = run.time_ms / 1000
    expected = np.degrees(np.exp(-decay * time_s) * np.sin(omega * time_s) / omega)
    assert run.angle_deg == pytest.approx(expected, abs=0.005)
    assert run.drive == pytest.approx(0)


def test_rests_until_the_kick_and_responds_after_the_delay() -> None:
    run = simulate(HEALTHY, 2000, kick_ms=500)
    before = run.time_ms < 500
    assert run.angle_deg[before] == pytest.approx(resting_angle_deg(HEALTHY))
    first_ms = run.time_ms[np.flatnonzero(run.drive)[0]]
    assert first_ms - run.kick_ms == pytest.approx(HEALTHY.delay_ms, abs=1)


def test_at_the_resting_angle_the_joint_holds_the_load() -> None:
    ankle = Ankle(load_nm=15, stiffening_nm=500)
    angle = math.radians(resting_angle_deg(ankle))
    assert ankle.stiffness_nm * angle + ankle.stiffening_nm * angle**3 == pytest.approx(15)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"duration_ms": 0}, "duration_ms"),
        ({"duration_ms": math.inf}, "duration_ms"),
        ({"kick_ms": 11_000}, "kick_ms"),
        ({"dt_ms": 5}, "dt_ms"),
    ],
)
def test_refuses_invalid_arguments(settings: dict[str, float], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        simulate(SPASTIC, **{"duration_ms": 10_000} | settings)
    assert refused.value.field == field


def test_frame_has_every_trace() -> None:
    frame = simulate(SPASTIC, 1000).to_frame()
    assert list(frame.columns) == ["time_ms", "angle_deg", "velocity_rad_s", "drive", "activation"]
    assert len(frame) == 2000
