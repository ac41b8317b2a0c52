"""All stops and their one link."""

from collections import Counter
from urllib.parse import parse_qs

import pytest

from twitchlib.quantity import describe
from twitchlib.widgets.nervous_system import NervousSystem


@pytest.fixture
def tour() -> NervousSystem:
    return whole()


def whole() -> NervousSystem:
    """Return a tour as a page has it, with every stop made."""
    made = NervousSystem()
    for name in ("axon", "ions", "junction", "twitch", "movement"):
        getattr(made, name)
    return made


def test_no_two_stops_share_a_name_in_the_link(tour: NervousSystem) -> None:
    names = Counter(
        name
        for stop in tour._stops
        for name in [*describe(type(stop.controls.value)), *stop.presets]
    )
    assert len(tour._stops) == 5
    assert max(names.values()) == 1


def test_a_stop_is_made_once(tour: NervousSystem) -> None:
    assert tour.axon is tour.axon


def test_a_link_sets_several_stops(tour: NervousSystem) -> None:
    tour.take_query("?preset=low-calcium&effort_percent=40&present=1")
    assert tour.ions.controls.value == tour.ions.presets["low-calcium"]
    assert tour.movement.controls.value.effort_percent == 40
    assert tour.axon.controls.value == type(tour.axon.controls.value)()
    assert tour._problems.html == ""


def test_what_a_link_cannot_have_is_said_once_and_safely(tour: NervousSystem) -> None:
    tour.take_query("?potassium_mm=99&naps=<b>2</b>&preset=tea")
    assert tour.ions.controls.value.potassium_mm == 4
    shown = tour._problems.html
    assert shown.count("<p") == 3
    assert "2 to 10 mmol/L" in shown
    assert "naps" in shown
    assert "“tea”" in shown
    assert "<b>" not in shown


def test_what_is_written_brings_the_state_back(tour: NervousSystem) -> None:
    tour.junction.controls.apply_preset("few-packets")
    tour.twitch.controls.set(pulses=20, rate_hz=30)
    written = tour._page_link._written
    assert parse_qs(written) == {"packets": ["10"], "pulses": ["20"], "rate_hz": ["30"]}
    other = whole()
    other.take_query("?" + written)
    assert other.junction.controls.value == tour.junction.controls.value
    assert other.twitch.controls.value == tour.twitch.controls.value
