"""The pool over time: its spikes, force and EMG, against closed forms and published statistics."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology._motor_pool_arrays import force_in_blocks
from twitchlib.physiology._motor_pool_loops import force_loop
from twitchlib.physiology.motor_pool import (
    Discharges,
    MotorPool,
    discharge,
    emg,
    force,
    simulate,
    units,
)
from twitchlib.physiology.motor_units import (
    POOL,
    emg_rms_mv,
    maximal_force_n,
    rates_hz,
    steady_force_n,
)

REGULAR = MotorPool(variability=0)


def fired(
    drive: npt.ArrayLike, pool: MotorPool = POOL, *, seed: int = 0, sample_hz: float = 2000
) -> Discharges:
    return discharge(pool, drive, np.random.default_rng(seed), sample_hz=sample_hz)


def intervals_s(discharges: Discharges, unit: int) -> np.ndarray:
    return np.diff(discharges.time_s[discharges.unit == unit])


def test_steady_drive_gives_the_set_rate_and_variability() -> None:
    drive = np.full(200_000, 0.5)
    discharges = fired(drive, seed=1)
    for unit in (1, 60, 110):
        intervals = intervals_s(discharges, unit)
        assert 1 / intervals.mean() == pytest.approx(rates_hz(POOL, 0.5)[unit - 1], rel=0.03)
        assert intervals.std() / intervals.mean() == pytest.approx(0.2, abs=0.015)


def test_regular_intervals_do_not_depend_on_the_sampling() -> None:
    intervals = intervals_s(fired(np.full(400, 0.5), REGULAR, sample_hz=200), 1)
    assert intervals == pytest.approx(np.full(intervals.size, 1 / rates_hz(POOL, 0.5)[0]))


def test_exactly_the_recruited_units_fire() -> None:
    units_fired = set(fired(np.full(2000, 0.2)).unit.tolist())
    assert units_fired == set(range(1, 86))


def test_a_step_in_drive_makes_a_volley_and_a_steady_start_does_not() -> None:
    jump = fired(np.repeat([0.0, 0.9], 200), REGULAR)
    first = [jump.time_s[jump.unit == unit][0] for unit in range(1, 121)]
    assert first == pytest.approx(np.full(120, 0.1))
    steady = fired(np.full(400, 0.9), REGULAR)
    first = [steady.time_s[steady.unit == unit][0] for unit in range(1, 121)]
    assert np.std(first) > 0.005


def test_a_pause_does_not_let_a_unit_fire_faster_than_its_lowest_rate() -> None:
    flicker = np.tile([0.9, 0.9, 0.0, 0.0], 500)
    intervals = intervals_s(fired(flicker, REGULAR, sample_hz=1000), 1)
    assert intervals.min() >= 1 / units(POOL).highest_hz[0] - 1e-9


def test_the_phase_grows_by_one_from_spike_to_spike_or_waits_for_the_drive() -> None:
    sample_hz = 1000
    drive = np.maximum(np.sin(np.arange(4000) / sample_hz * 2 * np.pi * 5), 0)
    discharges = fired(drive, REGULAR, sample_hz=sample_hz)
    for unit in (1, 60, 120):
        recruited = drive >= units(POOL).drive[unit - 1]
        grows_hz = np.maximum(rates_hz(POOL, drive)[:, unit - 1], POOL.lowest_hz)
        phase = np.concatenate(([0], np.cumsum(grows_hz / sample_hz)))
        spikes = discharges.time_s[discharges.unit == unit] * sample_hz
        grown = np.diff(np.interp(spikes, np.arange(phase.size), phase))
        steps = np.round(spikes[1:]).astype(int)
        at_once = recruited[steps] & ~recruited[steps - 1] & (np.abs(spikes[1:] - steps) < 1e-9)
        assert at_once.any()
        assert (grown[at_once] >= 1 - 1e-9).all()
        assert grown[~at_once] == pytest.approx(1)


def test_one_twitch_is_the_published_curve() -> None:
    unit = units(POOL)
    t = np.arange(1000) / 2000
    spike_s, contraction_s = 0.0503, unit.contraction_ms[59] / 1000
    age = np.maximum(t - spike_s, 0) / contraction_s
    expected = unit.twitch_n[59] * age * np.exp(1 - age)
    assert force(POOL, Discharges.of([60], [spike_s]), 500) == pytest.approx(expected, abs=1e-12)


def test_a_spike_before_time_0_leaves_the_rest_of_its_twitch() -> None:
    whole = force(POOL, Discharges.of([60], [0.05]), 500)
    rest = force(POOL, Discharges.of([60], [-0.05]), 400)
    assert rest == pytest.approx(whole[200:], abs=1e-12)


def test_force_is_the_sum_of_twitches_however_far_apart() -> None:
    # Too far apart to change each other's size; one twitch is over before the next begins.
    spike_s = np.array([-0.3, 0.0, 0.4001, 0.9, 6.0, 9.9999, 11.0])
    for number in (1, 120):
        contraction_s = units(POOL).contraction_ms[number - 1] / 1000
        age = np.maximum(np.arange(10_000) / 1000 - spike_s[:, np.newaxis], 0) / contraction_s
        expected = units(POOL).twitch_n[number - 1] * (age * np.exp(1 - age)).sum(axis=0)
        train = Discharges.of(np.full(spike_s.size, number), spike_s)
        assert force(POOL, train, 10_000, sample_hz=1000) == pytest.approx(expected, abs=1e-14)


def test_regular_train_reaches_the_mean_of_the_closed_form() -> None:
    for unit, rate_hz in ((1, 20), (120, 8), (120, 35)):
        train = Discharges.of(np.full(5 * rate_hz, unit), np.arange(5 * rate_hz) / rate_hz)
        last_s = force(POOL, train, 5000)[-2000 * 2 :]
        u = units(POOL).contraction_ms[unit - 1] / 1000 * rate_hz
        s = 1 - math.exp(-2 * u**3)
        gain = 1 if u < 0.4 else s / u / ((1 - math.exp(-2 * 0.4**3)) / 0.4)
        expected = units(POOL).twitch_n[unit - 1] * gain * u * math.e
        assert last_s.mean() == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    ("contraction_ms", "rate_hz", "ripple"),
    [
        (90, 5, 0.53),
        (90, 10, 0.15),
        (90, 20, 0.04),
        (30, 10, 1.01),
        (30, 20, 0.32),
        (30, 40, 0.085),
    ],
)
def test_regression_ripple(contraction_ms: float, rate_hz: int, ripple: float) -> None:
    # Peak to peak over mean, in the last unit, whose contraction time is slowest / range.
    pool = MotorPool(slowest_ms=2 * contraction_ms, contraction_range=2)
    train = Discharges.of(np.full(6 * rate_hz, 120), np.arange(6 * rate_hz) / rate_hz)
    last = force(pool, train, 6000)[-6000:-2000]
    assert np.ptp(last) / last.mean() == pytest.approx(ripple, abs=0.006)


def test_a_doublet_gives_less_force_than_in_people() -> None:
    # 3.5 twitches: Thomas, Johansson & Bigland-Ritchie 1999, J Neurophysiol 82:3188. The card gives
    # the values here.
    def twitches(unit: int, interval_s: float) -> float:
        once = force(POOL, Discharges.of([unit], [0.05]), 600)
        twice = force(POOL, Discharges.of([unit, unit], [0.05, 0.05 + interval_s]), 600)
        return float(twice.max() / once.max())

    assert twitches(1, 0.005) == pytest.approx(1.2, abs=0.05)
    assert twitches(120, 0.015) == pytest.approx(2.6, abs=0.05)


def test_the_whole_pool_gives_the_steady_force() -> None:
    run = simulate(REGULAR, np.full(20_000, 0.6), seed=0)
    assert run.force_n[4000:].mean() == pytest.approx(float(steady_force_n(POOL, 0.6)), rel=0.01)
    uneven = simulate(POOL, np.full(20_000, 0.6), seed=0)
    assert uneven.force_n[4000:].mean() == pytest.approx(float(steady_force_n(POOL, 0.6)), rel=0.05)
    assert run.force_n.max() < maximal_force_n(POOL)


@pytest.mark.parametrize("sample_hz", [300, 1000, 8000])
def test_without_a_compiler_the_force_is_the_same(sample_hz: int) -> None:
    rng = np.random.default_rng(3)
    # Before the start, in the middle and beyond the end; in clusters, and with long pauses.
    time_s = np.concatenate((rng.uniform(-0.3, 1.3, 400), rng.uniform(0.2, 0.21, 100)))
    unit = rng.integers(1, 40, time_s.size)
    order = np.lexsort((time_s, unit))
    spikes = unit[order], time_s[order], rng.uniform(0, 1, time_s.size)
    settings = 1 / sample_hz, units(POOL).contraction_ms / 1000
    loop, blocks = np.zeros(sample_hz), np.zeros(sample_hz)
    force_loop(*spikes, *settings, loop)
    force_in_blocks(*spikes, *settings, blocks)
    assert loop.max() > 10
    assert blocks == pytest.approx(loop, rel=1e-12, abs=1e-12)


def test_without_a_compiler_no_spikes_give_no_force() -> None:
    trace = np.zeros(50)
    late = np.array([1]), np.array([1.0]), np.array([1.0])
    force_in_blocks(*late, 0.01, units(POOL).contraction_ms / 1000, trace)
    assert not trace.any()


def test_force_converges_with_the_sampling_rate() -> None:
    discharges = fired(np.full(2000, 0.5))
    coarse = force(POOL, discharges, 1000, sample_hz=1000)
    fine = force(POOL, discharges, 1000, sample_hz=8000)
    assert coarse == pytest.approx(fine[::8], abs=1e-9)


def test_one_potential_has_the_published_size_and_duration() -> None:
    trace = emg(POOL, Discharges.of([60], [0.05]), 100, sample_hz=20_000)
    height = trace.max()
    assert np.ptp(trace) == pytest.approx(1.446 * height, rel=1e-3)
    assert height == pytest.approx(POOL.potential_uv / 1000, rel=1e-3)
    large = np.flatnonzero(np.abs(trace) > 0.05 * height)
    # 12.62 ms: de Carvalho & Swash 2013, J Neurol Neurosurg Psychiatry 84:963.
    assert (large[-1] - large[0]) / 20 == pytest.approx(12.6, abs=0.3)
    assert large[0] / 20_000 >= 0.05
    assert abs(trace.sum()) < 1e-6 * np.abs(trace).sum()


def test_emg_is_the_sum_of_its_potentials() -> None:
    both = emg(POOL, Discharges.of([3, 90], [0.02, 0.025]), 100)
    one, other = (
        emg(POOL, Discharges.of([3], [0.02]), 100),
        emg(POOL, Discharges.of([90], [0.025]), 100),
    )
    assert both == pytest.approx(one + other)


def test_emg_and_force_grow_with_drive() -> None:
    runs = [simulate(POOL, np.full(4000, drive), seed=0) for drive in (0.1, 0.4, 0.8)]
    assert sorted(runs, key=lambda run: run.emg_mv.std()) == runs
    assert sorted(runs, key=lambda run: run.force_n.mean()) == runs


def test_repeatable() -> None:
    drive = np.full(1000, 0.3)
    one, again, other = (
        simulate(POOL, drive, seed=seed).discharges.time_s.tolist() for seed in (4, 4, 5)
    )
    assert one == again != other


def test_no_drive_no_spikes_no_force() -> None:
    run = simulate(POOL, np.zeros(500), seed=0)
    assert run.discharges.unit.size == 0
    assert not run.force_n.any()
    assert not run.emg_mv.any()


def test_two_simultaneous_spikes_do_not_add_force() -> None:
    once = force(POOL, Discharges.of([60], [0.05]), 300)
    twice = force(POOL, Discharges.of([60, 60], [0.05, 0.05]), 300)
    assert twice == pytest.approx(once)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: fired([2.0]), "drive[0]"),
        (lambda: fired([math.nan]), "drive[0]"),
        (lambda: fired([]), "samples of drive"),
        (lambda: fired(np.zeros((2, 2))), "drive"),
        (lambda: fired([0.5], sample_hz=10), "sample_hz"),
        (lambda: simulate(POOL, [0.5], seed=-1), "seed"),
        (lambda: Discharges.of([1, 2], [0.0]), "unit"),
        (lambda: Discharges.of([0], [0.0]), "unit[0]"),
        (lambda: Discharges.of([1.5], [0.0]), "unit"),
        (lambda: Discharges.of([1], [math.inf]), "time_s[0]"),
        (lambda: force(POOL, Discharges.of([121], [0.0]), 1000), "unit[0]"),
        (lambda: force(POOL, Discharges.of([1], [0.0]), 1e12), "duration_ms"),
        (lambda: emg(POOL, Discharges.of([1], [0.0]), -1000), "duration_ms"),
    ],
)
def test_refuses_invalid_arguments(call: Callable[[], object], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        call()
    assert refused.value.field == field


def test_frames() -> None:
    run = simulate(POOL, np.full(100, 0.5), seed=0)
    assert list(run.to_frame().columns) == ["time_s", "drive", "force_n", "emg_mv"]
    assert list(run.discharges.to_frame().columns) == ["unit", "time_s"]


def test_a_long_strong_drive_has_room_for_all_its_spikes() -> None:
    pool = MotorPool(units=20, variability=0.25)
    discharges = fired(np.ones(60 * 200), pool, sample_hz=200, seed=7)
    counts = np.bincount(discharges.unit, minlength=21)[1:]
    assert counts == pytest.approx(60 * rates_hz(pool, 1.0), rel=0.06)
    assert discharges.time_s.max() < 60


@pytest.mark.parametrize("drive", [0.05, 0.3, 1.0])
def test_the_size_of_the_emg_follows_from_the_rates(drive: float) -> None:
    run = simulate(POOL, np.full(60_000, drive), sample_hz=2000, seed=3)
    expected = float(emg_rms_mv(POOL, rates_hz(POOL, drive)))
    assert np.sqrt((run.emg_mv**2).mean()) == pytest.approx(expected, rel=0.03)


def test_the_size_of_the_emg_refuses_a_negative_rate() -> None:
    with pytest.raises(NotAllowedError, match=r"rate_hz\[1\]"):
        emg_rms_mv(MotorPool(units=10), [1, -1, *[0] * 8])
