"""All stops of lesson 02 and their one link."""

from collections import Counter

import pytest

from tests.widgets.parts import whole
from twitchlib.widgets.tour import Tour
from twitchlib.widgets.twitch_types import TwitchTypes


@pytest.fixture
def types() -> Tour:
    return whole(TwitchTypes())


def test_no_two_stops_share_a_name_in_the_link(types: Tour) -> None:
    names = Counter(
        name
        for stop in types.stops
        for name in [*getattr(types, stop).controls.fields, *getattr(types, stop).controls.presets]
    )
    assert max(names.values()) == 1


def test_a_link_sets_words_and_numbers_at_several_stops(types: Tour) -> None:
    types.address.take_query(
        "?preset=strong-reflex&look_alike=tremor&signal=emg&game=12&watched_s=90"
    )
    assert types.clonus.result.events[0].label == "clonus"
    assert types.look_alikes.result.kind == "tremor"
    assert types.gallery.controls.value.signal == "emg"
    assert types.naming.controls.value.game == 12
    assert types.fasciculation.result.duration_s == 90
    assert types.address.problems.html == ""


def test_a_word_that_is_not_an_option_is_refused_with_the_options(types: Tour) -> None:
    types.address.take_query("?look_alike=<b>hiccup</b>")
    assert types.look_alikes.controls.value.look_alike == "myokymia"
    assert "myokymia, neuromyotonia" in types.address.problems.html
    assert "<b>" not in types.address.problems.html


def test_the_written_address_restores_the_state(types: Tour) -> None:
    types.spasm.controls.set(stretch_at_s=5)
    types.look_alikes.controls.set(look_alike="shivering", shown_s=12)
    written = types.address.link._written
    other = whole(TwitchTypes())
    other.address.take_query("?" + written)
    assert other.spasm.controls.value == types.spasm.controls.value
    assert other.look_alikes.controls.value == types.look_alikes.controls.value
