"""The fibre under the needle, against a published simulation and the summed membrane current."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.muscle_fibre import FibrePotential, MuscleFibre, Needle, simulate

FIBRE = MuscleFibre()


def at(along_mm: float, across_mm: float = 0.2, fibre: MuscleFibre = FIBRE) -> FibrePotential:
    return simulate(fibre, Needle(across_mm=across_mm, along_mm=along_mm), 60)


def test_shape_follows_from_where_the_needle_is() -> None:
    # As in a published simulation of the same fibre: doi:10.1016/j.clinph.2021.10.021.
    start, middle, end = at(0), at(20), at(100)
    assert (start.phases, start.begins_negative) == (2, True)
    assert (middle.phases, middle.begins_negative) == (3, False)
    assert (end.phases, end.begins_negative) == (2, False)
    assert start.height_uv > middle.height_uv > end.height_uv


def test_a_crushed_place_makes_a_sharp_positive_wave_with_a_low_negative_tail() -> None:
    blocked = at(20, fibre=dataclasses.replace(FIBRE, after_mm=20))
    up, down = blocked.potential_uv.max(), -blocked.potential_uv.min()
    assert up > 1.5 * down
    positive_ms = np.ptp(blocked.time_ms[blocked.potential_uv > 0.05 * up])
    negative_ms = np.ptp(blocked.time_ms[blocked.potential_uv < -0.05 * up])
    assert negative_ms > positive_ms


def test_agrees_with_the_current_through_the_membrane_summed_point_by_point() -> None:
    # Another form of the same integral: membrane current as a second derivative, in a long fibre.
    needle = Needle(across_mm=0.3, along_mm=40)
    place_mm = np.arange(0.0, 100, 0.01)
    stretch = FIBRE.along_s_m / FIBRE.across_s_m
    distance_mm = np.sqrt((place_mm - 40) ** 2 + stretch * 0.3**2)
    area_mm2 = math.pi / 4 * 0.06**2
    run = simulate(FIBRE, needle, 20, step_ms=0.25)
    for time_ms, found_uv in list(zip(run.time_ms, run.potential_uv, strict=True))[32:60:3]:
        behind = np.maximum(4 * time_ms - place_mm, 0)
        curved_mv_mm2 = 96 * behind * (6 - 6 * behind + behind**2) * np.exp(-behind)
        summed = np.sum(curved_mv_mm2 / distance_mm) * 0.01
        wanted_uv = 1000 * 1.01 * area_mm2 / (4 * math.pi * FIBRE.across_s_m) * summed
        assert found_uv == pytest.approx(wanted_uv, abs=0.003 * run.height_uv)


def test_speed_stretches_time_and_nothing_else() -> None:
    slow = at(20, fibre=dataclasses.replace(FIBRE, velocity_m_s=2))
    assert slow.height_uv == pytest.approx(at(20).height_uv, rel=0.01)
    peak_ms = slow.time_ms[np.argmin(slow.potential_uv)]
    assert peak_ms == pytest.approx(2 * at(20).time_ms[np.argmin(at(20).potential_uv)], abs=0.1)


@given(st.floats(10, 120), st.floats(0.05, 3), st.floats(0, 99))
def test_height_grows_with_the_square_of_the_diameter(
    diameter_um: float, across_mm: float, along_mm: float
) -> None:
    thick = at(along_mm, across_mm, dataclasses.replace(FIBRE, diameter_um=diameter_um))
    thin = at(along_mm, across_mm, dataclasses.replace(FIBRE, diameter_um=10))
    assert thick.height_uv == pytest.approx(thin.height_uv * (diameter_um / 10) ** 2, rel=1e-6)
    assert np.isfinite(thick.potential_uv).all()


@given(st.floats(0.05, 1), st.floats(1.1, 4))
def test_a_potential_is_lower_further_away(across_mm: float, factor: float) -> None:
    assert at(20, across_mm * factor).height_uv < at(20, across_mm).height_uv


def test_a_fibre_without_length_gives_nothing() -> None:
    none = at(20, fibre=dataclasses.replace(FIBRE, before_mm=0, after_mm=0))
    assert not none.potential_uv.any()
    assert none.phases == 0


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"duration_ms": 0}, "duration_ms"), ({"duration_ms": 20, "step_ms": 2}, "step_ms")],
)
def test_refuses_arguments_out_of_range(settings: dict[str, float], named: str) -> None:
    with pytest.raises(NotAllowedError, match=named):
        simulate(FIBRE, Needle(), **settings)


def test_refuses_a_needle_within_the_fibre() -> None:
    with pytest.raises(
        NotAllowedError, match=r"across_mm = 0\.01: must be a number from 0\.05 to 5"
    ):
        Needle(across_mm=0.01)
