"""A moving drawing: what is sent to the page, and what the reader's hand sends back."""

import zlib
from pathlib import Path

import numpy as np
import pytest

from twitchlib import scenes, twitches
from twitchlib.widgets import TwitchTypes, asleep
from twitchlib.widgets.body_view import BodyView, packed

SCRIPTS = Path(__file__).parents[2] / "twitchlib/widgets/js"


def beating(gain_s: float = 0.5) -> scenes.Scene:
    return scenes.ankle(twitches.simulate("clonus", 2, seed=1, gain_s=gain_s))


def test_the_numbers_are_sent_more_finely_than_any_drawing_shows() -> None:
    scene = beating()
    sent = BodyView(scene)._scene["tracks"]["angle_deg"]
    track = scene.tracks["angle_deg"]
    assert sent["sample_hz"] == track.sample_hz
    values = np.frombuffer(sent["values"], "<f4")
    np.testing.assert_allclose(values, track.values, rtol=2.0**-12, atol=1e-30)


def test_a_new_scene_replaces_the_old_one() -> None:
    view = BodyView(beating())
    view.show(beating(gain_s=0.2))
    assert "dies out" in view._scene["description"]


def test_each_view_has_its_own_clock() -> None:
    assert BodyView(beating()).clock != BodyView(beating()).clock


def test_listeners_hear_what_the_readers_hand_does() -> None:
    view = BodyView(beating())
    heard: list[float] = []
    view.on_ask(heard.append)
    view._receive(view, {"done": 2.5}, [])
    view._receive(view, {"done": float("nan")}, [])
    view._receive(view, {"done": "fast"}, [])
    assert heard == [2.5]


def test_a_stretch_by_hand_sets_the_speed() -> None:
    stop = TwitchTypes().clonus
    assert stop.body
    stop.body._receive(stop.body, {"done": 2.6}, [])
    assert stop.controls.value.stretch_rad_s == 2.5
    stop.body._receive(stop.body, {"done": 1e9}, [])
    assert stop.controls.value.stretch_rad_s == 8


def test_figures_show_the_same_moment() -> None:
    stop = TwitchTypes().clonus
    assert stop.body
    assert {view.clock for view in stop.views} == {stop.body.clock}
    assert stop.views[0].get_state()["layout.meta"]["clock"] == 1


def test_the_scripts_stay_small() -> None:
    # As a page carries them: all drawings once, however many views it has.
    assert len(zlib.compress(BodyView._esm.encode())) < 18_000


@pytest.mark.parametrize("name", sorted(path.stem for path in (SCRIPTS / "scenes").glob("*.js")))
def test_every_drawing_is_part_of_the_view(name: str) -> None:
    assert f"scenes/{name}.js" in BodyView._scripts


@pytest.mark.parametrize("name", ["fasciculation", "spasm", "myoclonus", "look_alikes"])
def test_stops_show_the_calf_of_their_recording(name: str) -> None:
    stop = getattr(TwitchTypes(), name)
    assert stop.body._scene["drawing"] == "calf"
    assert stop.body._scene["duration_s"] == stop.result.duration_s
    assert {view.clock for view in stop.views} == {stop.body.clock}


def test_the_gallery_shows_four_calves_on_its_scale() -> None:
    stop = TwitchTypes().gallery
    assert stop.body
    assert len(stop.body._scene["words"]) == 4
    stop.controls.set(scale="same")
    assert "in every calf" in stop.body._scene["notes"][1]


def test_whole_numbers_travel_in_half_the_space() -> None:
    scene = scenes.calf(twitches.simulate("spasm", 2, seed=1, units=8))
    sent = packed(scene)
    assert "fired" not in sent["series"]
    np.testing.assert_array_equal(
        np.frombuffer(sent["whole"]["fired"], "<u2"), scene.series["fired"]
    )


def test_a_sleepers_leg_kicks_once() -> None:
    scene = asleep()._scene
    assert scene["drawing"] == "sleeper"
    assert len(scene["moments"]) == 1
