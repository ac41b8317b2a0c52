"""Caffeine in the body, against published pharmacokinetics and the equation itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.physiology.caffeine import ADULT, Caffeine, Dose, body_load

hours = st.floats(0, 72)
milligrams = st.floats(0, 2000)


def test_half_life_from_published_clearance() -> None:
    # Clearance 0.078 L/h/kg (Institute of Medicine 2001) with 0.6 L/kg is a half-life of 5.33 h.
    published = Caffeine(half_life_h=np.log(2) * 0.6 / 0.078)
    assert published.half_life_h == pytest.approx(5.33, abs=0.005)
    assert published.clearance_l_per_h_kg == pytest.approx(0.078)


def test_six_mg_per_kg_gives_about_the_published_concentration() -> None:
    # About 40 µM in plasma one hour after 6 mg/kg: Kalmar 2005,
    # doi:10.1249/01.mss.0000178219.18086.9e.
    load = body_load(ADULT, [(0, 6 * ADULT.body_mass_kg)], [1.0])
    assert load.concentration_um[0] == pytest.approx(40, rel=0.2)


def test_five_mg_per_kg_peaks_at_about_the_measured_time_and_level() -> None:
    # 10.0 ± 1.0 mg/L at 29.8 ± 8.1 min, means and standard errors of ten men: Blanchard & Sawers
    # 1983, doi:10.1007/BF00613933. The standard deviation between people is √10 times the error.
    assert ADULT.peak_h * 60 == pytest.approx(29.8, abs=8.1 * np.sqrt(10))
    peak = body_load(ADULT, [(0, 5 * ADULT.body_mass_kg)], [ADULT.peak_h]).concentration_mg_per_l[0]
    assert peak == pytest.approx(10.0, abs=1.0 * np.sqrt(10))


def test_the_rates_of_another_study_give_a_later_peak() -> None:
    # ka 3.84/h, clearance 4.98 L/h, volume 38.6 L: Csajka 2005,
    # doi:10.1111/j.1365-2125.2005.02254.x. The card says 55 min.
    other = Caffeine(
        absorption_per_h=3.84, half_life_h=np.log(2) * 38.6 / 4.98, distribution_l_per_kg=38.6 / 70
    )
    assert other.peak_h * 60 == pytest.approx(55, abs=0.5)


def test_two_compartments_would_leave_as_much_at_night() -> None:
    # Volumes of 0.40 and 0.20 L/kg that exchange 0.10 L/h/kg, a clearance of 0.078 L/h/kg and an
    # absorption of 5.75/h were chosen to give the peak of Blanchard & Sawers.
    first, second, exchange, clearance, absorption = 0.40, 0.20, 0.10, 0.078, 5.75
    rates_per_h = np.array(
        [
            [-absorption, 0, 0],
            [absorption, -(clearance + exchange) / first, exchange / second],
            [0, exchange / first, -exchange / second],
        ]
    )
    value, vector = np.linalg.eig(rates_per_h)
    weight = vector * np.linalg.solve(vector, [1, 0, 0])
    t = np.arange(0, 12, 1 / 600)
    parts = np.real(np.exp(np.outer(t, value)) @ weight.T)
    plasma = 5 * parts[:, 1] / first
    assert 60 * t[plasma.argmax()] == pytest.approx(29.8, abs=0.2)
    assert plasma.max() == pytest.approx(10.0, abs=0.2)
    late = t >= 6
    ours = body_load(ADULT, [(0, 1)], t[late]).caffeine_mg
    assert parts[late, 1] + parts[late, 2] == pytest.approx(ours, abs=0.03)


def test_regression_200_mg_in_70_kg() -> None:
    body = Caffeine(half_life_h=5.33)
    load = body_load(body, [(0, 200)], [body.peak_h, 6, 12])
    assert load.concentration_um == pytest.approx([22.6, 11.5, 5.3], abs=0.05)


@given(half_life_h=st.floats(1.5, 9.5), absorption_per_h=st.floats(0.3, 12))
def test_peak_time_is_where_the_slope_changes_sign(
    half_life_h: float, absorption_per_h: float
) -> None:
    body = Caffeine(half_life_h=half_life_h, absorption_per_h=absorption_per_h)
    around_h = body.peak_h * np.array([0.95, 1.0, 1.05])
    before, peak, after = body_load(body, [(0, 100)], around_h).caffeine_mg
    assert before < peak > after


@pytest.mark.parametrize("offset", [0.0, 1e-12, 1e-9, -1e-9, 1e-6])
def test_equal_rates_are_the_limit_of_unequal_rates(offset: float) -> None:
    ke = Caffeine(half_life_h=1.5).elimination_per_h
    body = Caffeine(half_life_h=1.5, absorption_per_h=ke * (1 + offset))
    t = np.array([0.1, 1.0, 5.0, 20.0])
    assert body_load(body, [(0, 100)], t).caffeine_mg == pytest.approx(
        100 * ke * t * np.exp(-ke * t), rel=1e-5
    )


@given(time_h=hours, absorption_per_h=st.floats(1, 12), half_life_h=st.floats(1.5, 9.5))
def test_closed_form(time_h: float, absorption_per_h: float, half_life_h: float) -> None:
    body = Caffeine(half_life_h=half_life_h, absorption_per_h=absorption_per_h)
    ka, ke = absorption_per_h, body.elimination_per_h
    expected = 100 * ka / (ka - ke) * (np.exp(-ke * time_h) - np.exp(-ka * time_h))
    assert body_load(body, [(0, 100)], [time_h]).caffeine_mg[0] == pytest.approx(expected, abs=1e-9)


@given(doses=st.lists(st.tuples(hours, milligrams), max_size=5), time_h=hours)
def test_doses_add_up_and_never_exceed_what_was_swallowed(
    doses: list[tuple[float, float]], time_h: float
) -> None:
    together = body_load(ADULT, doses, [time_h]).caffeine_mg[0]
    assert together == pytest.approx(
        sum(body_load(ADULT, [dose], [time_h]).caffeine_mg[0] for dose in doses)
    )
    swallowed = sum(dose_mg for at_h, dose_mg in doses if at_h <= time_h)
    assert 0 <= together <= swallowed + 1e-9


def test_all_caffeine_is_absorbed_and_removed() -> None:
    t = np.linspace(0, 100, 100_001)
    load = body_load(ADULT, [(0, 300)], t)
    removed_mg = np.trapezoid(load.caffeine_mg, t) * ADULT.elimination_per_h
    assert removed_mg == pytest.approx(300, rel=1e-4)


def test_nothing_before_the_first_drink() -> None:
    assert body_load(ADULT, [Dose(8, 200)], [-3, 0, 7.99]).caffeine_mg.tolist() == [0, 0, 0]


def test_units_agree() -> None:
    load = body_load(ADULT, [(0, 194.19)], [2.0])
    litres = ADULT.distribution_l
    assert load.concentration_mg_per_l[0] * litres == pytest.approx(load.caffeine_mg[0])
    assert load.concentration_um[0] * litres / 1000 == pytest.approx(load.caffeine_mg[0] / 194.19)


@pytest.mark.parametrize(
    ("times_h", "doses", "field"),
    [
        ([np.nan], [(0, 100)], "times_h[0]"),
        ([[0.0]], [(0, 100)], "times_h"),
        (["noon"], [(0, 100)], "times_h"),
        ([0], [(0, -1)], "dose_mg"),
        ([0], [(0, 5000)], "dose_mg"),
        ([0], [(np.inf, 100)], "time_h"),
    ],
)
def test_refuses_invalid_arguments(
    times_h: list[float], doses: list[tuple[float, float]], field: str
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        body_load(ADULT, doses, times_h)
    assert refused.value.field == field


def test_frame_has_a_row_per_time() -> None:
    frame = body_load(ADULT, [(0, 80)], [0, 1, 2]).to_frame()
    assert list(frame.columns) == [
        "time_h", "concentration_mg_per_l", "concentration_um", "caffeine_mg",
    ]  # fmt: skip
    assert len(frame) == 3
