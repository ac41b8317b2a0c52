"""The day of caffeine: curve, title and sentence agree with the model."""

from typing import Any

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.figures.caffeine import clock, describe, plot_day
from twitchlib.physiology.caffeine import Caffeine, Dose, body_load


def test_the_curve_is_the_models_result() -> None:
    doses = [Dose(8, 90), Dose(17, 40)]
    typical = plot_day(doses).data[2]
    np.testing.assert_allclose(typical.y, body_load(Caffeine(), doses, typical.x).caffeine_mg)


def test_the_band_spans_the_half_lives_found_in_adults() -> None:
    slow, fast, typical = plot_day([Dose(8, 100)]).data[:3]
    later = typical.x > 10
    assert (fast.y[later] < typical.y[later]).all()
    assert (typical.y[later] < slow.y[later]).all()
    assert (slow.name, fast.name) == ("half-life 9.5 h", "half-life 1.5 h")


def test_an_afternoon_cola_and_a_noon_espresso_leave_about_the_same() -> None:
    cola = body_load(Caffeine(), [Dose(17, 40)], [23]).caffeine_mg[0]
    espresso = body_load(Caffeine(), [Dose(13, 80)], [23]).caffeine_mg[0]
    assert cola == pytest.approx(18, abs=0.5)
    assert espresso == pytest.approx(20, abs=0.6)


def test_title_and_sentence_say_what_is_left_at_bedtime() -> None:
    figure = plot_day([Dose(17, 40)], bedtime_h=23)
    assert figure.layout.title.text == "18 mg of caffeine still there at bedtime"
    assert "and 18 mg at bedtime, 23:00." in figure.layout.meta["description"]


def test_a_day_without_drinks_can_be_drawn() -> None:
    figure = plot_day([])
    assert figure.layout.meta["description"].startswith("No drink with caffeine")
    assert figure.data[2].y.max() == 0


def test_the_scale_stays_put_until_it_must_grow() -> None:
    tops = [plot_day([Dose(8, mg)]).layout.yaxis.range[1] for mg in (10, 90, 180, 500)]
    assert tops == [200, 200, 200, 600]


@pytest.mark.parametrize(("hour", "shown"), [(0, "00:00"), (8.25, "08:15"), (25.5, "01:30")])
def test_hours_are_shown_as_clock_times(hour: float, shown: str) -> None:
    assert clock(hour) == shown


def test_several_drinks_are_counted() -> None:
    sentence = describe([Dose(8, 90), Dose(9, 90)], bedtime_h=22, caffeine=Caffeine())
    assert sentence.startswith("2 drinks with 180 mg in all")


@pytest.mark.parametrize("hour", [float("inf"), float("nan"), 1e300, "8:30", None])
def test_what_is_not_a_time_is_refused(hour: Any) -> None:
    with pytest.raises(
        NotAllowedError, match=r"time_h = .*: must be a number from -87660 to 87660 h"
    ):
        clock(hour)
