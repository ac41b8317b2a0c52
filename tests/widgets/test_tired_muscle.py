"""Lesson 03's muscle: each spike is counted, and each was ordered."""

import numpy as np
import pytest

from tests.widgets import parts
from twitchlib.widgets import TiredMuscle


@pytest.mark.parametrize("preset", ["light-load", "heavy-load", "all-you-have"])
def test_the_spikes_are_those_of_the_run(preset: str) -> None:
    tired = TiredMuscle()
    tired.controls.apply_preset(preset)
    hold = tired.result
    steps_s = np.diff(hold.time_s, append=hold.time_s[-1])
    spikes = float((hold.rate_hz.sum(axis=1) * steps_s).sum())
    said = tired.words.html
    number = float(said.partition("about ")[2].partition(" spikes")[0].replace(",", ""))
    assert number == pytest.approx(spikes, rel=0.01)
    assert f"{hold.working.max()} motor units" in said
    assert "none came by itself" in said


def test_no_unit_fires_beyond_those_that_the_order_reaches() -> None:
    hold = TiredMuscle().result
    for moment in (0, 100, -1):
        fires = hold.rate_hz[moment] > 0
        assert fires[: hold.working[moment]].all()
        assert not fires[hold.working[moment] :].any()


def test_its_figures_are_those_of_lesson_01() -> None:
    tired = TiredMuscle()
    assert parts.said(tired.views[0]).startswith("Half of full force is held for 95 s.")
