"""Equilibrium potentials and the shift of the gates, against arithmetic and publications."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.ions import (
    BODY,
    Inside,
    Plasma,
    Screening,
    gating_shift_mv,
    goldman_mv,
    nernst_mv,
    thermal_mv,
)

millimolar = st.floats(0.1, 500)


def test_slope_of_nernst_at_body_temperature() -> None:
    assert thermal_mv(37) == pytest.approx(26.727, abs=0.001)
    assert nernst_mv(100, 10) == pytest.approx(61.54, abs=0.005)
    # 24.08 mV per e-fold at Hodgkin and Huxley's 6.3 °C.
    assert thermal_mv(6.3) == pytest.approx(24.08, abs=0.005)


@pytest.mark.parametrize(
    ("potassium_mm", "expected_mv"),
    [(4, -95.0), (3, -102.7), (2.5, -107.6), (5, -89.1), (6, -84.2), (7, -80.1)],
)
def test_potassium_potential(potassium_mm: float, expected_mv: float) -> None:
    assert nernst_mv(potassium_mm, 140) == pytest.approx(expected_mv, abs=0.05)


@given(outside_mm=millimolar, inside_mm=millimolar)
def test_nernst_signs(outside_mm: float, inside_mm: float) -> None:
    one = nernst_mv(outside_mm, inside_mm)
    assert nernst_mv(outside_mm, inside_mm, valence=-1) == pytest.approx(-one)
    assert nernst_mv(outside_mm, inside_mm, valence=2) == pytest.approx(one / 2)
    assert nernst_mv(inside_mm, outside_mm) == pytest.approx(-one)


@pytest.mark.parametrize("valence", [0, 3, -3, 1.5, "x", None])
def test_a_valence_that_no_ion_has_is_refused(valence: Any) -> None:
    with pytest.raises(NotAllowedError, match="valence"):
        nernst_mv(145, 12, valence)


@pytest.mark.parametrize(
    ("potassium_mm", "expected_mv"), [(2.5, -95.4), (4, -86.8), (5, -82.3), (7, -75.1)]
)
def test_goldman(potassium_mm: float, expected_mv: float) -> None:
    plasma = Plasma(potassium_mm=potassium_mm)
    assert goldman_mv(plasma) == pytest.approx(expected_mv, abs=0.05)


def test_goldman_lies_between_its_two_ions() -> None:
    only_potassium = goldman_mv(inside=Inside(sodium_permeability=0))
    assert only_potassium == pytest.approx(nernst_mv(4, 140))
    mostly_sodium = goldman_mv(inside=Inside(sodium_permeability=20))
    assert only_potassium < goldman_mv() < mostly_sodium < nernst_mv(145, 12)


def test_lower_calcium_shifts_as_in_myelinated_nerve() -> None:
    # 20–25 mV for a tenfold change, so 14.0–17.5 mV for a fivefold one: Hille, Woodhull & Shapiro
    # 1975, doi:10.1098/rstb.1975.0011.
    calcium_alone = Screening(magnesium_weight=0)
    tenth = gating_shift_mv(Plasma(calcium_mm=BODY.calcium_mm / 10), calcium_alone)
    assert -25 <= tenth <= -20
    fifth = gating_shift_mv(Plasma(calcium_mm=BODY.calcium_mm / 5), calcium_alone)
    assert -25 * math.log10(5) <= fifth <= -20 * math.log10(5)
    # Just beyond the 10–15 mV that textbooks give for the squid, as the card says.
    assert fifth == pytest.approx(-15.73, abs=0.005)


@given(calcium_mm=st.floats(0.1, 5), magnesium_mm=st.floats(0, 10))
def test_calcium_shifts_more_than_magnesium(calcium_mm: float, magnesium_mm: float) -> None:
    def shift(calcium: float, magnesium: float) -> float:
        return gating_shift_mv(Plasma(calcium_mm=calcium, magnesium_mm=magnesium))

    here = shift(calcium_mm, magnesium_mm)
    if calcium_mm <= 4.9 and magnesium_mm <= 9.9:
        assert shift(calcium_mm + 0.1, magnesium_mm) > shift(calcium_mm, magnesium_mm + 0.1) > here


def test_ordinary_plasma_shifts_nothing() -> None:
    assert gating_shift_mv(BODY) == 0
    assert BODY.potassium_ratio == 1


@pytest.mark.parametrize(
    ("outside_mm", "inside_mm", "valence", "field"),
    [
        (-4, 140, 1, "outside_mm"),
        (4, 0, 1, "inside_mm"),
        (math.nan, 140, 1, "outside_mm"),
        (4, 140, 0, "valence"),
        (4, 140, 3, "valence"),
    ],
)
def test_refuses_invalid_arguments(
    outside_mm: float, inside_mm: float, valence: int, field: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        nernst_mv(outside_mm, inside_mm, valence)
    assert refused.value.field == field
