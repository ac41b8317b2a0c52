"""Salts around an axon: the zones, the curves and the words agree with the model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib.figures.ions import plot_excitability, plot_probe
from twitchlib.physiology.bathed_node import TOP_UA_CM2, divalent_mm, probe, state
from twitchlib.physiology.ions import BODY, Plasma


@pytest.mark.parametrize(
    ("plasma", "height", "words"),
    [
        (BODY, 374, "threshold about 374 µA/cm²."),
        (Plasma(potassium_mm=7), 0, "it fires by itself."),
        (Plasma(potassium_mm=10), TOP_UA_CM2, "it is blocked."),
        (
            Plasma(potassium_mm=2, calcium_mm=2, magnesium_mm=3),
            TOP_UA_CM2,
            "no pulse of 0.1 ms is strong enough.",
        ),
    ],
)
def test_the_mark_is_where_the_sentence_says(plasma: Plasma, height: float, words: str) -> None:
    figure = plot_excitability(plasma, state(probe(plasma, seed=0)))
    marks = [trace for trace in figure.data if trace.name == "now"]
    assert [mark.x[0] for mark in marks] == [plasma.potassium_mm, divalent_mm(plasma)]
    assert [mark.y[0] for mark in marks] == [pytest.approx(height, abs=1)] * 2
    assert figure.layout.meta["description"].endswith(words)


@given(potassium_mm=st.floats(2, 10), calcium_mm=st.floats(0.4, 2), magnesium_mm=st.floats(0, 3))
@settings(max_examples=15, deadline=None)
def test_the_mark_is_never_off_its_curve(**salts: float) -> None:
    plasma = Plasma(**salts)
    figure = plot_excitability(plasma, state(probe(plasma, seed=0)))
    curves = [trace for trace in figure.data if trace.name == "the other ions as they are"]
    marks = [trace for trace in figure.data if trace.name == "now"]
    for curve, mark in zip(curves, marks, strict=True):
        height = curve.y[np.argmin(np.abs(curve.x - mark.x[0]))]
        if np.isfinite(height) and height < TOP_UA_CM2:
            assert mark.y[0] == pytest.approx(height)
        else:
            assert mark.y[0] in (0, TOP_UA_CM2)


def test_other_salts_leave_the_ordinary_curve_as_a_named_faint_line() -> None:
    for plasma, shown in ((BODY, 0), (Plasma(calcium_mm=0.9), 1)):
        figure = plot_excitability(plasma, "answers")
        assert sum(trace.text == "others ordinary" for trace in figure.data) == shown


def test_a_test_pulse_that_makes_a_burst_is_titled_as_one() -> None:
    run = probe(Plasma(potassium_mm=6), seed=0)
    after = int((run.spike_ms >= 80).sum())
    assert after == 2
    assert plot_probe(run).layout.title.text == "Easily upset: one test pulse, two spikes"


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
