"""The units of the pool, against exact values of the equations of Fuglevand, Winter and Patla."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.motor_units import (
    POOL,
    MotorPool,
    greatest_excitation,
    maximal_force_n,
    rates_hz,
    steady_force_n,
    twitch_gain,
    units,
)


def test_exact_properties_of_the_units() -> None:
    unit = units(POOL)
    few = [0, 59, 119]
    assert unit.threshold[few] == pytest.approx([1.0287, 5.4772, 30], abs=5e-5)
    assert unit.twitch_n[few] / POOL.twitch_mn * 1000 == pytest.approx([1.0391, 10, 100], abs=5e-5)
    assert unit.contraction_ms[few] == pytest.approx([89.18, 51.96, 30], abs=5e-3)
    assert unit.highest_hz[[0, -1]] == pytest.approx([44.66, 35], abs=5e-3)
    assert greatest_excitation(POOL) == 57
    assert unit.twitch_n.sum() / POOL.twitch_mn * 1000 == pytest.approx(2629.5, abs=0.05)


def test_fused_force_is_9_05_times_the_twitch() -> None:
    # Mean force of a regular train is P·g·u·e; it saturates at e / (S(0.4)/0.4).
    u = 50.0
    assert u * math.e * float(twitch_gain(u)) == pytest.approx(9.05, abs=0.005)


def test_the_twitch_to_fused_force_ratio_is_that_of_healthy_thumbs() -> None:
    # Derived: two pulses reached 48 ± 13 % of the fused force, or 3.5 twitches: Thomas, Johansson
    # & Bigland-Ritchie 1999, J Neurophysiol 82:3188. (It is 0.30 in units paralysed by an injury of
    # the spinal cord: PMC1779696.)
    twitch = 1 / (math.e * 50.0 * float(twitch_gain(50.0)))
    assert twitch == pytest.approx(0.48 / 3.5, abs=0.13 / 3.5)


def test_half_of_the_fused_force_is_reached_as_in_healthy_thumbs() -> None:
    # 12 ± 4 Hz in 30 units: doi:10.1152/jn.1991.65.6.1509.
    half_hz = (math.log(2) / 2) ** (1 / 3) / (units(POOL).contraction_ms / 1000)
    assert half_hz[59] == pytest.approx(12, abs=4)
    assert half_hz.mean() == pytest.approx(12, abs=4)


def test_the_last_unit_is_recruited_at_half_the_force() -> None:
    # As the card says. Hand muscles have recruited nearly all units at 30 % of their force:
    # doi:10.1152/jn.00492.2002.
    last = float(units(POOL).drive[-1])
    assert last == pytest.approx(0.526, abs=0.001)
    assert float(steady_force_n(POOL, last)) / maximal_force_n(POOL) == pytest.approx(
        0.537, abs=0.001
    )


def test_half_of_the_fused_force_is_reached_at_0_7024() -> None:
    u = (math.log(2) / 2) ** (1 / 3)
    assert u == pytest.approx(0.7024, abs=5e-5)
    fused = 1e6 * float(twitch_gain(1e6))
    assert u * float(twitch_gain(u)) == pytest.approx(fused / 2)
    # That is 7.8 Hz for a contraction time of 90 ms, 23.4 Hz for one of 30 ms.
    assert u / 0.090 == pytest.approx(7.8, abs=0.05)
    assert u / 0.030 == pytest.approx(23.4, abs=0.05)


def test_gain_is_one_for_separate_twitches_and_continuous() -> None:
    assert twitch_gain([0, 0.1, 0.4]).tolist() == [1, 1, 1]
    assert float(twitch_gain(0.4 + 1e-9)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("drive", "active", "relative_force"),
    [
        (0.05, 36, 0.0134), (0.1, 61, 0.040), (0.2, 85, 0.114), (0.4, 110, 0.344),
        (0.6, 120, 0.646), (0.8, 120, 0.906),
    ],
)  # fmt: skip
def test_regression_pool(drive: float, active: int, relative_force: float) -> None:
    assert int((rates_hz(POOL, drive) > 0).sum()) == active
    force = float(steady_force_n(POOL, drive)) / maximal_force_n(POOL)
    assert force == pytest.approx(relative_force, abs=5e-4)


@given(drive=st.floats(0, 1))
def test_small_units_are_recruited_first_and_no_rate_is_out_of_bounds(drive: float) -> None:
    rate_hz = rates_hz(POOL, drive)
    active = rate_hz > 0
    assert not np.any(np.diff(active.astype(int)) > 0)
    assert np.all(rate_hz[active] >= POOL.lowest_hz)
    assert np.all(rate_hz <= units(POOL).highest_hz)


@given(
    drives=st.lists(st.floats(0, 1), min_size=2, max_size=5),
    count=st.integers(10, 300),
    threshold_range=st.floats(2, 100),
)
def test_more_drive_never_gives_less_force(
    drives: list[float], count: int, threshold_range: float
) -> None:
    pool = MotorPool(units=count, threshold_range=threshold_range)
    force = steady_force_n(pool, sorted(drives))
    assert np.all(np.diff(force) >= 0)
    assert np.all(force <= maximal_force_n(pool) + 1e-12)


def test_the_last_unit_reaches_its_highest_rate_only_at_full_drive() -> None:
    assert rates_hz(POOL, 1.0)[-1] == units(POOL).highest_hz[-1]
    assert rates_hz(POOL, 0.99)[-1] < units(POOL).highest_hz[-1]


def test_rates_take_any_shape() -> None:
    assert rates_hz(POOL, np.zeros((3, 4))).shape == (3, 4, 120)
    assert steady_force_n(POOL, np.zeros((3, 4))).shape == (3, 4)


def test_potentials_have_the_published_mean_and_spread() -> None:
    # Peak to peak 560.6 ± 366.9 µV: de Carvalho & Swash 2013, J Neurol Neurosurg Psychiatry 84:963.
    peak_to_peak_uv = 1.446 * 1000 * units(POOL).potential_mv
    assert peak_to_peak_uv.mean() == pytest.approx(560.6, rel=0.02)
    assert peak_to_peak_uv.std() == pytest.approx(366.9, rel=0.05)


@pytest.mark.parametrize("drive", [-0.1, 1.1, math.nan, "half"])
def test_refuses_invalid_arguments(drive: float) -> None:
    with pytest.raises(NotAllowedError, match="drive"):
        rates_hz(POOL, drive)


def test_parameters_are_checked() -> None:
    with pytest.raises(NotAllowedError, match="units"):
        MotorPool(units=12.5)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError, match="variability"):
        MotorPool(variability=1)
    with pytest.raises(NotAllowedError, match="relative_rate"):
        twitch_gain(-1)


def test_frame_has_a_row_per_unit() -> None:
    frame = units(POOL).to_frame()
    assert frame["unit"].tolist() == list(range(1, 121))
    assert frame.columns[-1] == "potential_mv"
