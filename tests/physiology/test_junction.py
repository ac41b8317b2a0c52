"""Release at the junction, against published slopes and blocks, and the Poisson distribution."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.junction import (
    HUMAN,
    Junction,
    end_plate_potential_mv,
    mean_quanta,
    safety_factor,
    simulate,
)


def slope(calcium_mm: float, magnesium_mm: float) -> float:
    """Slope of release against calcium on log–log axes."""
    few, more = mean_quanta(HUMAN, [calcium_mm, calcium_mm * 1.001], magnesium_mm)
    return math.log(more / few) / math.log(1.001)


def test_release_grows_with_nearly_the_fourth_power_of_low_calcium() -> None:
    # 3.78 ± 0.2 in 28 experiments: Dodge & Rahamimoff 1967, doi:10.1113/jphysiol.1967.sp008367.
    assert slope(0.1, 1.0) == pytest.approx(3.78, abs=0.2)


def test_magnesium_lowers_release_but_hardly_its_slope() -> None:
    # The same paper: magnesium does not change the slope; normal calcium reduces it.
    assert mean_quanta(HUMAN, 0.2, 4) < mean_quanta(HUMAN, 0.2, 0.5)
    assert slope(0.1, 4) == pytest.approx(slope(0.1, 0.5), abs=0.25)
    assert slope(1.0, 1.0) < slope(0.5, 1.0) < slope(0.1, 1.0)


@pytest.mark.parametrize(("quanta", "factor"), [(45, 0.67), (60, 0.87), (70, 0.99), (75, 1.05)])
def test_six_mm_magnesium_just_blocks_a_rat_junction(quanta: float, factor: float) -> None:
    # 6 mM of magnesium just blocks a rat's diaphragm at 37 °C. Its nerve terminals release 45 to 75
    # quanta per impulse (textbook value, source not checked): all of these come close to a block.
    rat = Junction(quanta=quanta, calcium_mm=2, magnesium_mm=1)
    assert safety_factor(rat, 2, 1) > 2.5
    assert safety_factor(rat, 2, 6) == pytest.approx(factor, abs=0.005)


def test_blocking_a_rat_junction_takes_more_magnesium_here() -> None:
    # As the card says: in the rat 6 mM stopped every response.
    rat = Junction(quanta=60, calcium_mm=2, magnesium_mm=1)
    less, more = (
        simulate(rat, 10_000, calcium_mm=2, magnesium_mm=magnesium_mm, seed=0)
        for magnesium_mm in (6, 8)
    )
    assert less.transmitted_fraction == pytest.approx(0.3, abs=0.03)
    assert more.transmitted_fraction < 0.02


def test_less_magnesium_blocks_a_human_junction() -> None:
    human = Junction(calcium_mm=2, magnesium_mm=1)
    run = simulate(human, 2000, calcium_mm=2, magnesium_mm=6, seed=0)
    assert run.transmitted_fraction == 0
    assert safety_factor(human, 2, 6) < 0.5


def test_regression_release() -> None:
    assert slope(0.1, 1) == pytest.approx(3.75, abs=0.005)
    assert slope(0.2, 1) == pytest.approx(3.52, abs=0.005)
    assert slope(1, 1) == pytest.approx(2.38, abs=0.005)
    relative = mean_quanta(HUMAN, 1.2, [0.3, 1.2, 2, 3, 5]) / HUMAN.quanta
    assert relative == pytest.approx([1.20, 0.71, 0.47, 0.30, 0.14], abs=0.005)
    relative = mean_quanta(HUMAN, [0.8, 0.6], 0.6) / HUMAN.quanta
    assert relative == pytest.approx([0.39, 0.19], abs=0.005)


@pytest.mark.parametrize(
    ("quanta", "factor"), [(10, 0.81), (15, 1.15), (20, 1.45), (30, 1.98), (50, 2.80)]
)
def test_regression_safety_factor(quanta: float, factor: float) -> None:
    junction = HUMAN.replace(quanta=quanta)
    ordinary = safety_factor(junction, junction.calcium_mm, junction.magnesium_mm)
    assert ordinary == pytest.approx(factor, abs=0.005)


@given(calcium_mm=st.floats(0.1, 10), magnesium_mm=st.floats(0, 10), more_mm=st.floats(0.1, 5))
def test_calcium_helps_and_magnesium_hinders(
    calcium_mm: float, magnesium_mm: float, more_mm: float
) -> None:
    here = mean_quanta(HUMAN, calcium_mm, magnesium_mm)
    assert mean_quanta(HUMAN, calcium_mm + more_mm, magnesium_mm) > here
    assert mean_quanta(HUMAN, calcium_mm, magnesium_mm + more_mm) < here


def test_end_plate_potential_never_exceeds_the_driving_force() -> None:
    epp_mv = end_plate_potential_mv(HUMAN, [0, 1, 20, 1e9])
    assert epp_mv[0] == 0
    assert epp_mv[1] == pytest.approx(1, rel=0.02)
    assert epp_mv[2] == pytest.approx(16)
    assert epp_mv[3] == pytest.approx(HUMAN.driving_mv)


def test_failures_follow_poisson() -> None:
    # With m quanta on average, a fraction e^−m of the impulses releases none.
    run = simulate(HUMAN.replace(quanta=2), 100_000, seed=5)
    assert (run.quanta == 0).mean() == pytest.approx(math.exp(-2), rel=0.03)
    assert run.quanta.mean() == pytest.approx(2, rel=0.02)
    assert run.quanta.var() == pytest.approx(2, rel=0.03)


def test_transmission_follows_the_threshold() -> None:
    run = simulate(HUMAN, 1000, seed=0)
    assert run.transmitted.tolist() == (run.epp_mv >= HUMAN.threshold_mv).tolist()
    assert run.transmitted_fraction == np.mean(run.transmitted)
    one, again, other = (simulate(HUMAN, 1000, seed=seed).quanta.tolist() for seed in (1, 1, 2))
    assert one == again != other


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"impulses": 0}, "impulses"),
        ({"impulses": 1.5}, "impulses"),
        ({"calcium_mm": -1}, "calcium_mm"),
        ({"magnesium_mm": math.nan}, "magnesium_mm"),
        ({"magnesium_mm": 100}, "magnesium_mm"),
        ({"seed": -1}, "seed"),
        ({"seed": 0.5}, "seed"),
    ],
)
def test_refuses_invalid_arguments(arguments: dict[str, float], field: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        simulate(HUMAN, **{"impulses": 100, "seed": 0} | arguments)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_frame_has_a_row_per_impulse() -> None:
    frame = simulate(HUMAN, 7, seed=0).to_frame()
    assert list(frame.columns) == ["impulse", "quanta", "epp_mv", "transmitted"]
    assert frame["impulse"].tolist() == list(range(1, 8))
