"""The drawing of the path, and its text."""

import re
from xml.etree import ElementTree

import pytest

from twitchlib import guide
from twitchlib.errors import UnknownNameError
from twitchlib.widgets import signal_path

SVG = "{http://www.w3.org/2000/svg}"
STOPS = ("brain", "motoneuron", "axon", "junction", "muscle-fibre", "twitch", "movement")


def drawing(stop: str) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", signal_path(stop).html, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])  # noqa: S314 - our own markup


@pytest.mark.parametrize("stop", STOPS)
def test_the_current_stop_is_framed_and_named(stop: str) -> None:
    svg = drawing(stop)
    (here,) = (g for g in svg.iter("g") if "tw-path-now" in g.get("class", ""))
    label = here.find("title")
    assert label is not None
    assert label.text == guide.rows("signal_path")[stop]["name"]
    assert here.find("rect") is not None
    assert svg.get("role") == "img"
    name = f"You are here: {label.text}, stop {STOPS.index(stop) + 1} of 7."
    assert name in svg.findtext("title", "")
    assert svg.get("aria-label") == svg.findtext("title")
    # The names of the stops are tooltips; the current one stands below.
    assert f"of 7: {label.text}</summary>" in signal_path(stop).html


def test_the_drawing_follows_the_order_of_the_table() -> None:
    drawn = [stop.findtext("title") for stop in drawing("axon").findall("g")]
    table = [row["name"] for row in guide.rows("signal_path").values()]
    assert drawn == table[: len(drawn)]


def test_the_list_contains_everything_in_the_table() -> None:
    shown = signal_path("axon").html
    for row in guide.rows("signal_path").values():
        assert row["what_happens"].replace("'", "&#x27;") in shown
        assert row["when_it_goes_wrong"].replace("'", "&#x27;") in shown
    assert shown.count('aria-current="step"') == 1


def test_colours_come_from_the_palette_so_that_dark_pages_can_replace_them() -> None:
    assert not re.search(r"#[0-9A-Fa-f]{6}|rgb", signal_path("axon").html)


def test_the_way_back_is_drawn_and_described_on_request() -> None:
    plain, loop = (signal_path("motoneuron", loop=asked).html for asked in (False, True))
    assert "reports back" in loop
    assert "A stretch reports back from the movement to the motoneuron." in loop
    assert "reports back" not in plain


def test_an_unknown_stop_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="muscle-fibre"):
        signal_path("heart")
