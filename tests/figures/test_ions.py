"""Salts around an axon: the zones, the curves and the words agree with the model."""

import math

import numpy as np
import pytest

from twitchlib.figures.ions import (
    TOP_UA_CM2,
    calcium_curve,
    divalent_mm,
    plot_excitability,
    plot_probe,
    potassium_curve,
    probe,
    state,
    threshold_ua_cm2,
)
from twitchlib.physiology.excitability import threshold
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.physiology.membranes import MotorNode


@pytest.mark.parametrize(
    ("plasma", "doing"),
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
def test_what_salts_do(plasma: Plasma, doing: str) -> None:
    assert state(probe(plasma)) == doing


def test_low_potassium_hardens_and_low_magnesium_softens() -> None:
    ordinary, low_potassium, no_magnesium = (
        threshold(MotorNode().bathed(plasma), 0.1)
        for plasma in (BODY, Plasma(potassium_mm=2.5), Plasma(magnesium_mm=0))
    )
    assert low_potassium > 1.4 * ordinary
    assert 0.7 * ordinary < no_magnesium < 0.8 * ordinary  # the lesson says: about a quarter


def test_the_curves_fall_to_the_zones_where_the_axon_does_not_rest() -> None:
    potassium, divalent = potassium_curve(), calcium_curve()
    resting = potassium.threshold_ua_cm2[np.isfinite(potassium.threshold_ua_cm2)]
    assert (np.diff(resting) < 0).all()
    assert (np.diff(divalent.threshold_ua_cm2[np.isfinite(divalent.threshold_ua_cm2)]) > 0).all()
    fires, blocked = potassium.span("fires by itself"), potassium.span("blocked")
    assert fires is not None
    assert blocked is not None
    assert 6 < fires[0] < 7 < fires[1] == blocked[0] < 9
    assert divalent.span("blocked") is None


def test_the_curves_are_the_model_at_ordinary_salts() -> None:
    expected = threshold(MotorNode(), 0.1)
    for curve, at in ((potassium_curve(), BODY.potassium_mm), (calcium_curve(), divalent_mm(BODY))):
        assert np.interp(at, curve.ion_mm, curve.threshold_ua_cm2) == pytest.approx(expected, 0.01)


@pytest.mark.parametrize(
    ("plasma", "height", "words"),
    [
        (BODY, 373, "threshold 373 µA/cm²."),
        (Plasma(potassium_mm=7), 0, "it fires by itself."),
        (Plasma(potassium_mm=10), TOP_UA_CM2, "it is blocked."),
        (
            Plasma(potassium_mm=2, calcium_mm=2, magnesium_mm=3),
            TOP_UA_CM2,
            "no pulse of 0.1 ms is strong enough.",
        ),
    ],
)
def test_the_mark_stands_where_the_sentence_says(plasma: Plasma, height: float, words: str) -> None:
    figure = plot_excitability(plasma, state(probe(plasma)))
    marks = [trace for trace in figure.data if trace.name == "now"]
    assert [mark.x[0] for mark in marks] == [plasma.potassium_mm, divalent_mm(plasma)]
    assert [mark.y[0] for mark in marks] == [pytest.approx(height, abs=1)] * 2
    assert figure.layout.meta["description"].endswith(words)


def test_a_test_pulse_that_makes_a_burst_is_titled_as_one() -> None:
    run = probe(Plasma(potassium_mm=6))
    after = int((run.spike_ms >= 80).sum())
    assert after == 2
    assert plot_probe(run).layout.title.text == "Easily upset: one test pulse, two spikes"


def test_a_threshold_is_given_only_where_the_axon_rests() -> None:
    assert math.isnan(threshold_ua_cm2(BODY, "blocked"))
    assert math.isnan(threshold_ua_cm2(BODY, "fires by itself"))


def test_the_table_names_the_zones_in_words() -> None:
    table = plot_excitability(BODY, "answers").layout.meta["table"]
    assert {row[3] for row in table["rows"]} == {"rests", "fires by itself", "is blocked"}
    assert all(len(row) == len(table["columns"]) for row in table["rows"])


def test_the_ranges_stay_put() -> None:
    one = plot_excitability(BODY, "answers").layout
    other = plot_excitability(Plasma(potassium_mm=9), "blocked").layout
    for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
        assert one[axis].range == other[axis].range
        assert one[axis].title.text
