"""A node in its bath: its state, and the curves against the model's own threshold."""

import math

import numpy as np
import pytest

from twitchlib.physiology._excitability_grid import DIVALENT_MM, POTASSIUM_MM, THRESHOLDS
from twitchlib.physiology.bathed_node import (
    calcium_curve,
    divalent_mm,
    potassium_curve,
    probe,
    state,
    threshold_ua_cm2,
)
from twitchlib.physiology.excitability import threshold
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.physiology.membranes import MotorNode


@pytest.mark.parametrize(
    ("plasma", "expected"),
    [
        (BODY, "answers"),
        (Plasma(potassium_mm=2.5), "too weak"),
        (Plasma(potassium_mm=7), "fires by itself"),
        (Plasma(potassium_mm=9), "blocked"),
        (Plasma(magnesium_mm=0), "answers"),
        (Plasma(calcium_mm=0.5), "fires by itself"),
        (Plasma(calcium_mm=0.7), "answers"),
        (Plasma(calcium_mm=0.7, magnesium_mm=0), "fires by itself"),
    ],
)
def test_salts_give_the_expected_state(plasma: Plasma, expected: str) -> None:
    assert state(probe(plasma, seed=0)) == expected


def test_low_potassium_raises_and_low_magnesium_lowers_the_threshold() -> None:
    ordinary, low_potassium, no_magnesium = (
        threshold(MotorNode().bathed(plasma), 0.1)
        for plasma in (BODY, Plasma(potassium_mm=2.5), Plasma(magnesium_mm=0))
    )
    assert low_potassium > 1.4 * ordinary
    assert 0.7 * ordinary < no_magnesium < 0.8 * ordinary  # the lesson says: about a quarter


def test_the_curves_end_where_the_axon_is_not_at_rest() -> None:
    potassium, divalent = potassium_curve(), calcium_curve()
    resting = potassium.threshold_ua_cm2[np.isfinite(potassium.threshold_ua_cm2)]
    assert (np.diff(resting) < 0).all()
    assert (np.diff(divalent.threshold_ua_cm2[np.isfinite(divalent.threshold_ua_cm2)]) > 0).all()
    fires, blocked = potassium.span("fires by itself"), potassium.span("blocked")
    assert fires is not None
    assert blocked is not None
    assert 6 < fires[0] < 7 < fires[1] == blocked[0] < 9
    assert divalent.span("blocked") is None


def test_the_curves_match_the_model_in_ordinary_salts() -> None:
    expected = threshold(MotorNode(), 0.1)
    for curve, at in ((potassium_curve(), BODY.potassium_mm), (calcium_curve(), divalent_mm(BODY))):
        assert np.interp(at, curve.ion_mm, curve.threshold_ua_cm2) == pytest.approx(expected, 0.01)


def test_the_stored_table_is_what_the_model_gives() -> None:
    rows = []
    for potassium_mm in POTASSIUM_MM.tolist():
        row = []
        for divalent in DIVALENT_MM.tolist():
            plasma = Plasma(potassium_mm=potassium_mm, calcium_mm=divalent, magnesium_mm=0)
            found = state(probe(plasma, seed=0))
            weakest = threshold_ua_cm2(plasma, found)
            words = {"fires by itself": "fires", "blocked": "stuck"}
            number = "never" if math.isinf(weakest) else f"{weakest:.0f}"
            row.append(words.get(found, number))
        rows.append(" ".join(f"{cell:>5}" for cell in row))
    assert "\n".join(rows) == THRESHOLDS.strip("\n")  # if not, paste the left side


def test_a_threshold_is_given_only_where_the_axon_is_at_rest() -> None:
    assert math.isnan(threshold_ua_cm2(BODY, "blocked"))
    assert math.isnan(threshold_ua_cm2(BODY, "fires by itself"))


@pytest.mark.parametrize(
    "plasma",
    [BODY, Plasma(potassium_mm=2), Plasma(potassium_mm=6), Plasma(calcium_mm=2, magnesium_mm=3)],
)
def test_the_quick_threshold_is_the_exact_one_rounded_up(plasma: Plasma) -> None:
    exact = threshold(MotorNode().bathed(plasma), 0.1)
    assert exact <= threshold_ua_cm2(plasma, "answers") <= exact + 2.1


def test_a_threshold_beyond_the_axis_is_infinite() -> None:
    stiff = Plasma(potassium_mm=2, calcium_mm=2, magnesium_mm=3)
    assert math.isinf(threshold_ua_cm2(stiff, "too weak"))
