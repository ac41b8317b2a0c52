"""A muscle that tires, against published times and its equations solved unit by unit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology._tiring_muscle import TiringMuscle
from twitchlib.physiology.fatigue import MUSCLE, FatigablePool, Hold, simulate
from twitchlib.physiology.motor_units import (
    emg_rms_mv,
    fused_share,
    greatest_excitation,
    rates_hz,
    twitch_gain,
    units,
)

# Endurance times of Potvin & Fuglevand 2017, doi:10.1371/journal.pcbi.1005581, in s.
PUBLISHED = {0.2: 511.5, 0.5: 95.5, 0.8: 14.8}
# Endurance in 194 studies of all joints together, 21.92 s · (fraction of the maximum)^−1.98: Frey
# Law & Avin 2010, doi:10.1080/00140130903389068.
PEOPLE = (21.92, -1.98)


def by_hand(target: float, duration_s: float) -> tuple[float, list[int], list[list[float]]]:
    """Return endurance, units at work and capacities by the publication's own procedure.

    Euler steps of 0.1 s, the excitation to the first hundredth that makes the force, and each unit
    by itself, from the equations.
    """
    n, step_s = 120, 0.1
    place = [i / (n - 1) for i in range(n)]
    threshold, strength = ([float(most**x) for x in place] for most in (50, 100))
    slowest = [90 * p ** -(math.log(3) / math.log(100)) for p in strength]
    left, since = list(strength), [0.0] * n
    working: list[int] = []
    capacities: list[list[float]] = []

    def share(i: int, excitation: float) -> float:
        if excitation < threshold[i]:
            return 0.0
        rank = (threshold[i] - 1) / 49
        hz = min(excitation - threshold[i] + 8, 35 - 10 * rank)
        hz -= 0.67 * rank * (hz - 8 + 2) * (1 - math.exp(-since[i] / 22))
        u = hz * slowest[i] * (1 + 0.379 * (1 - left[i] / strength[i])) / 1000
        return (1 - math.exp(-2 * 0.4**3)) * u / 0.4 if u <= 0.4 else 1 - math.exp(-2 * u**3)

    def force(excitation: float) -> float:
        return sum(share(i, excitation) * left[i] for i in range(n))

    rested = force(67)
    for step in range(round(duration_s / step_s)):
        low, high = 1, 6700
        if force(67) < target * rested:
            return step * step_s, working, capacities
        while low < high:
            middle = (low + high) // 2
            enough = force(middle / 100) >= target * rested
            low, high = (low, middle) if enough else (middle + 1, high)
        working.append(sum(t <= low / 100 for t in threshold))
        capacities.append([a / b for a, b in zip(left, strength, strict=True)])
        for i in range(n):
            lost = 0.0225 * 180 ** (place[i] - 1) * strength[i] * share(i, low / 100)
            left[i] = max(left[i] - step_s * lost, 0)
            if since[i] or low / 100 >= threshold[i]:
                since[i] += step_s
    return math.inf, working, capacities


@pytest.fixture(scope="module")
def half() -> Hold:
    return simulate(MUSCLE, 0.5, 120)


@pytest.mark.parametrize(("target", "published_s"), PUBLISHED.items())
def test_a_force_is_held_as_long_as_published(target: float, published_s: float) -> None:
    # The publication counts in steps of 0.1 s.
    hold = simulate(MUSCLE, target, 1.2 * published_s)
    assert hold.endurance_s == pytest.approx(published_s, abs=0.21)


def test_a_full_effort_fades_as_published() -> None:
    # About half is left after 70 s.
    hold = simulate(MUSCLE, 1, 100)
    assert float(np.interp(70, hold.time_s, hold.force)) == pytest.approx(0.5, abs=0.02)
    assert hold.endurance_s == 0


@pytest.mark.parametrize("target", [0.15, 0.2, 0.3, 0.4, 0.5, 0.6])
def test_people_hold_about_as_long_up_to_sixty_per_cent(target: float) -> None:
    expected_s = PEOPLE[0] * target ** PEOPLE[1]
    assert simulate(MUSCLE, target, 1000, step_s=2).endurance_s == pytest.approx(
        expected_s, rel=0.2
    )


@pytest.mark.parametrize(("target", "part"), [(0.8, 0.43), (0.9, 0.24)])
def test_people_hold_large_forces_longer_as_the_card_says(target: float, part: float) -> None:
    expected_s = PEOPLE[0] * target ** PEOPLE[1]
    assert simulate(MUSCLE, target, 60).endurance_s / expected_s == pytest.approx(part, abs=0.01)


def test_the_rested_units_are_those_published() -> None:
    unit = units(MUSCLE)
    few = [0, 59, 119]
    assert unit.threshold[few] == pytest.approx([1, 6.956, 50], abs=5e-4)
    assert unit.twitch_n[few] / unit.twitch_n[0] == pytest.approx([1, 9.808, 100], abs=5e-4)
    assert unit.contraction_ms[few] == pytest.approx([90, 52.20, 30], abs=5e-3)
    assert unit.highest_hz[[0, -1]] == pytest.approx([35, 25])
    assert greatest_excitation(MUSCLE) == 67
    # The last unit joins in at 74.6 % of the greatest excitation.
    assert float(unit.drive[-1]) == pytest.approx(0.746, abs=5e-4)


def test_rested_force_is_that_of_the_pool(half: Hold) -> None:
    unit = units(MUSCLE)
    relative = rates_hz(MUSCLE, half.drive[0]) * unit.contraction_ms / 1000
    pull = unit.twitch_n * relative * twitch_gain(relative)
    most = rates_hz(MUSCLE, 1.0) * unit.contraction_ms / 1000
    whole = unit.twitch_n * most * twitch_gain(most)
    assert pull.sum() / whole.sum() == pytest.approx(half.force[0], rel=1e-9)
    assert half.rate_hz[0] == pytest.approx(rates_hz(MUSCLE, half.drive[0]))


@pytest.mark.parametrize("target", [0.5, 0.8])
def test_units_join_in_and_tire_as_in_the_publication_s_procedure(target: float) -> None:
    endurance_s, working, capacities = by_hand(target, 100)
    hold = simulate(MUSCLE, target, 100, step_s=0.1)
    assert hold.endurance_s == pytest.approx(endurance_s, abs=0.21)
    until = len(working) - 2
    assert np.abs(hold.working[:until] - working[:until]).max() <= 1
    assert hold.capacity[:until] == pytest.approx(np.array(capacities[:until]), abs=0.004)


@pytest.mark.parametrize("target", [0.2, 0.5, 0.9])
def test_halving_the_step_changes_little(target: float) -> None:
    duration_s = 30 * target**-2
    coarse, fine, finest = (
        simulate(MUSCLE, target, duration_s, step_s=step_s).endurance_s for step_s in (1, 0.5, 0.1)
    )
    assert coarse == pytest.approx(finest, rel=1e-3)
    assert abs(fine - finest) < abs(coarse - finest)


def test_the_force_is_held_and_then_falls(half: Hold) -> None:
    held = half.time_s < half.endurance_s
    # A unit that is recruited may add a little more than is needed.
    assert (half.force[held] >= 0.5 - 1e-6).all()
    assert half.force[held].max() < 0.504
    assert (half.force[~held] < 0.5).all()
    assert (np.diff(half.force[~held]) < 0).all()
    assert half.drive[~held] == pytest.approx(1)


def test_holding_takes_more_units_a_stronger_order_and_more_emg(half: Hold) -> None:
    held = half.time_s < half.endurance_s
    assert (np.diff(half.working[held]) >= 0).all()
    assert half.working[0] < half.working[-1] == 120
    assert half.drive[held][-1] > 1.3 * half.drive[0]
    assert half.emg_mv[held][-1] > 1.2 * half.emg_mv[0]
    assert half.emg_mv == pytest.approx(emg_rms_mv(MUSCLE, half.rate_hz))


@pytest.mark.parametrize("target", [0.15, 0.5])
def test_the_excitation_is_the_one_that_a_search_finds(
    monkeypatch: pytest.MonkeyPatch, target: float
) -> None:
    quick = simulate(MUSCLE, target, 120)
    monkeypatch.setattr(TiringMuscle, "_nearby", lambda *_: None)
    searched = simulate(MUSCLE, target, 120)
    assert quick.drive == pytest.approx(searched.drive, rel=1e-6)
    assert (quick.working == searched.working).all()


def test_large_units_lose_the_most_and_small_ones_hardly_any(half: Hold) -> None:
    assert (np.diff(half.capacity, axis=0) <= 0).all()
    assert half.capacity[-1, 0] > 0.98
    # Of the units that fire fast, larger ones are more tired; the largest have only just begun.
    assert (np.diff(half.capacity[100, :80]) < 0).all()
    assert half.capacity[100, 90] < 0.8 < half.capacity[100, 119]


def test_without_fatigue_a_force_is_held_for_ever() -> None:
    tireless = FatigablePool(loss_percent_per_s=0, adaptation=0)
    hold = simulate(tireless, 0.9, 600, step_s=5)
    assert hold.endurance_s == math.inf
    assert np.ptp(hold.drive) == 0
    assert (hold.capacity == 1).all()


def test_loss_alone_follows_its_equation() -> None:
    # One pull, no drop in rate and no slowing: each unit loses at a steady pace.
    pool = FatigablePool(adaptation=0, slowing=0)
    hold = simulate(pool, 1, 5)
    unit = units(pool)
    share = fused_share(unit.highest_hz * unit.contraction_ms / 1000)
    place = np.arange(120) / 119
    assert 1 - hold.capacity[-1] == pytest.approx(5 * 0.0225 * 180 ** (place - 1) * share)


def test_the_drop_in_rate_alone_follows_its_equation() -> None:
    hold = simulate(FatigablePool(loss_percent_per_s=0), 1, 22)
    # (35 − 10 − 8 + 2) · 0.67 · (1 − 1/e) in the last unit, none in the first.
    assert hold.rate_hz[0, -1] - hold.rate_hz[-1, -1] == pytest.approx(
        (25 - 6) * 0.67 * (1 - math.exp(-1))
    )
    assert hold.rate_hz[0, 0] == hold.rate_hz[-1, 0] == 35


def test_the_last_digit_of_a_sum_decides_nothing() -> None:
    # Another machine may sum in another order and get a little more than the full force.
    for target in (1, 1 - 1e-12):
        hold = simulate(MUSCLE, target, 10)
        assert hold.endurance_s == 0
        assert (hold.drive == 1).all()


def test_holding_no_force_tires_no_unit() -> None:
    hold = simulate(MUSCLE, 0, 10)
    assert hold.force.max() == hold.working.max() == hold.emg_mv.max() == 0
    assert hold.endurance_s == math.inf


@given(st.floats(0.01, 1), st.floats(1, 200), st.integers(10, 130))
def test_a_run_stays_within_its_bounds(target: float, duration_s: float, number: int) -> None:
    hold = simulate(FatigablePool(units=number), target, duration_s, step_s=duration_s / 50 + 0.05)
    assert ((hold.capacity >= 0) & (hold.capacity <= 1)).all()
    assert ((hold.drive > 0) & (hold.drive <= 1)).all()
    assert (hold.force <= hold.strongest + 1e-9).all()
    assert hold.capacity.shape == (hold.time_s.size, number)
    assert list(hold.to_frame()) == ["time_s", "force", "strongest", "drive", "working", "emg_mv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.2, 10), "target = 1.2: must be a number from 0 to 1"),
        ((0.5, 0), "duration_s = 0: must be a number from 1 to 3600 s"),
        ((math.nan, 10), "target"),
        ((0.5, math.inf), "duration_s"),
    ],
)
def test_bad_arguments_are_refused(arguments: tuple[float, float], message: str) -> None:
    with pytest.raises(NotAllowedError, match=message):
        simulate(MUSCLE, *arguments)


def test_bad_steps_are_refused() -> None:
    with pytest.raises(NotAllowedError, match="step_s"):
        simulate(MUSCLE, 0.5, 10, step_s=6)
    with pytest.raises(NotAllowedError, match="steps"):
        simulate(MUSCLE, 0.5, 3600, step_s=0.05)
