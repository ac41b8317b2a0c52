"""Impulses at a junction: marks, title, sentence and table agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib.figures.junction import plot_impulses
from twitchlib.physiology.junction import HUMAN, Junction, simulate


@given(st.floats(0.4, 2.5), st.floats(0, 6), st.integers(5, 40))
@settings(deadline=None, max_examples=25)
def test_every_impulse_is_marked_once_and_counted(
    calcium: float, magnesium: float, quanta: int
) -> None:
    junction = Junction(quanta=quanta)
    run = simulate(junction, 40, calcium_mm=calcium, magnesium_mm=magnesium, seed=0)
    figure = plot_impulses(run, junction=junction)
    bars, passed, failed = figure.data
    np.testing.assert_allclose(bars.y, run.epp_mv)
    assert len(passed.x) == run.transmitted.sum()
    assert sorted([*passed.x, *failed.x]) == list(range(1, 41))
    assert all(y < junction.threshold_mv for y in failed.y)
    assert figure.layout.meta["description"].startswith(figure.layout.title.text)
    words = [row[3] for row in figure.layout.meta["table"]["rows"]]
    assert words.count("fires") == len(passed.x)
    assert figure.layout.yaxis.range[1] >= run.epp_mv.max()


def test_failures_differ_by_more_than_colour() -> None:
    _bars, passed, failed = plot_impulses(simulate(HUMAN, 40, magnesium_mm=1.5, seed=0)).data
    assert passed.marker.symbol != failed.marker.symbol


@pytest.mark.parametrize(
    ("magnesium", "calcium", "title"),
    [
        (0.6, 2.0, "All 40 impulses get through"),
        (6, 1.2, "None of 40 impulses gets through"),
    ],
)
def test_titles(magnesium: float, calcium: float, title: str) -> None:
    run = simulate(HUMAN, 40, calcium_mm=calcium, magnesium_mm=magnesium, seed=0)
    assert plot_impulses(run).layout.title.text == title


def test_the_earlier_mean_is_drawn_as_a_faint_line() -> None:
    before = simulate(HUMAN, 40, seed=0)
    figure = plot_impulses(simulate(HUMAN, 40, magnesium_mm=3, seed=0), before)
    assert figure.layout.shapes[1].y0 == before.epp_mv.mean()
    assert (
        f"Faint line: the mean before, {before.epp_mv.mean():.1f} mV."
        in (figure.layout.meta["description"])
    )


def test_the_scale_stays_put_until_it_must_grow() -> None:
    runs = [simulate(HUMAN, 40, calcium_mm=ca, seed=0) for ca in (0.6, 1.2, 2, 3)]
    tops = [plot_impulses(run).layout.yaxis.range[1] for run in runs]
    assert tops == [40, 40, 40, 60]
