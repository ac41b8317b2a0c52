"""All stops and their one link."""

from collections import Counter
from urllib.parse import parse_qs

import pytest

from tests.widgets.parts import whole
from twitchlib.widgets.nervous_system import NervousSystem
from twitchlib.widgets.tour import Tour


@pytest.fixture
def tour() -> Tour:
    return whole(NervousSystem())


def test_no_two_stops_share_a_name_in_the_link(tour: Tour) -> None:
    names = Counter(
        name
        for stop in tour.stops
        for name in [*getattr(tour, stop).controls.fields, *getattr(tour, stop).controls.presets]
    )
    assert max(names.values()) == 1


def test_a_stop_is_made_once(tour: Tour) -> None:
    assert tour.axon is tour.axon


def test_an_unknown_stop_is_not_an_attribute(tour: Tour) -> None:
    assert not hasattr(tour, "hand")


def test_a_link_sets_several_stops(tour: Tour) -> None:
    tour.address.take_query("?preset=low-calcium&effort_percent=40&present=1")
    assert tour.ions.controls.value == tour.ions.controls.presets["low-calcium"]
    assert tour.movement.controls.value.effort_percent == 40
    assert tour.axon.controls.value == type(tour.axon.controls.value)()
    assert tour.address.problems.html == ""


def test_problems_of_a_link_are_reported_once_and_safely(tour: Tour) -> None:
    tour.address.take_query("?potassium_mm=99&naps=<b>2</b>&preset=tea")
    assert tour.ions.controls.value.potassium_mm == 4
    shown = tour.address.problems.html
    assert shown.count("<p") == 3
    assert "2 to 10 mmol/L" in shown
    assert "naps" in shown
    assert "“tea”" in shown
    assert "<b>" not in shown


def test_the_written_address_restores_the_state(tour: Tour) -> None:
    tour.junction.controls.apply_preset("few-packets")
    tour.twitch.controls.set(pulses=20, rate_hz=30)
    written = tour.address.link._written
    assert parse_qs(written) == {"packets": ["10"], "pulses": ["20"], "rate_hz": ["30"]}
    other = whole(NervousSystem())
    other.address.take_query("?" + written)
    assert other.junction.controls.value == tour.junction.controls.value
    assert other.twitch.controls.value == tour.twitch.controls.value
