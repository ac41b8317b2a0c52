"""Every stop, driven as a reader drives it: all controls to their ends, all presets, the code."""

from typing import Any

import numpy as np
import pytest

from tests.widgets import parts
from twitchlib.physiology import cable
from twitchlib.quantity import describe
from twitchlib.widgets import NervousSystem
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.nervous_system import conduction

pytestmark = pytest.mark.usefixtures("nothing_fails_silently")

STOPS = NervousSystem().stops
MOST_POINTS = 4000


@pytest.fixture(params=STOPS)
def stop(request: pytest.FixtureRequest) -> Dashboard[Any, Any]:
    made: Dashboard[Any, Any] = getattr(NervousSystem(), request.param)
    return made


def said(stop: Dashboard[Any, Any]) -> list[str]:
    return [parts.said(view) for view in stop.views]


def test_it_has_at_most_five_controls(stop: Dashboard[Any, Any]) -> None:
    assert 1 < len(describe(type(stop.controls.value))) <= 5


def test_every_control_at_its_ends_and_default(stop: Dashboard[Any, Any]) -> None:
    start = said(stop)
    for name, quantity in describe(type(stop.controls.value)).items():
        for value in (quantity.low, quantity.high, quantity.default):
            stop.controls.set(**{name: value})
            points = sum(
                leaf["shape"][0]
                for view in stop.views
                for path, leaf in view._leaves.items()
                if path.endswith(".y") and isinstance(leaf, dict)
            )
            assert points <= MOST_POINTS, (name, value)
    # Back at the defaults the page says what it said at first, and the faint line coincides.
    assert said(stop) == start


def test_all_controls_at_once_at_either_end(stop: Dashboard[Any, Any]) -> None:
    quantities = describe(type(stop.controls.value))
    for end in ("low", "high"):
        stop.controls.set(**{name: getattr(q, end) for name, q in quantities.items()})
        assert all(said(stop))


def test_every_preset_is_shown_and_its_code_makes_the_same_figure(
    stop: Dashboard[Any, Any],
) -> None:
    assert stop.controls.presets
    for name, settings in stop.controls.presets.items():
        stop.controls.apply_preset(name)
        assert stop.controls.value == settings
        stop.keep()  # without the faint line, as the code draws it
        assert stop.views[0]._leaves == parts.reproduced(parts.shown_code(stop))


def test_the_code_shown_follows_the_controls(stop: Dashboard[Any, Any]) -> None:
    before = stop.code.html
    stop.controls.apply_preset(next(iter(stop.controls.presets)))
    assert stop.code.html != before
    assert "from twitchlib" in stop.code.html


def test_the_start_stays_as_a_faint_line_until_another_state_is_kept(
    stop: Dashboard[Any, Any],
) -> None:
    assert "Faint line" not in said(stop)[0]
    stop.controls.apply_preset(next(iter(stop.controls.presets)))
    assert "Faint line" in said(stop)[0]
    stop.keep()
    assert "Faint line" not in said(stop)[0]


def test_listeners_are_notified_of_each_change(stop: Dashboard[Any, Any]) -> None:
    heard: list[int] = []
    stop.on_change(lambda: heard.append(1))
    stop.controls.apply_preset(next(iter(stop.controls.presets)))
    assert heard == [1]


def test_only_what_differs_from_the_default_counts_as_changed() -> None:
    settings = NervousSystem().ions.controls.presets["low-calcium"]
    assert settings.changed() == {"calcium_mm": 0.7, "magnesium_mm": 0}
    assert type(settings)().changed() == {}


@pytest.mark.parametrize(
    ("name", "preset", "title"),
    [
        ("axon", "too-soon", "One spike: the second pulse fails"),
        ("ions", "low-potassium", "Quiet and hard to rouse: the test pulse fails"),
        ("ions", "no-magnesium", "Quiet and ready: one test pulse, one spike"),
        ("ions", "low-calcium", "It fires by itself, before any pulse"),
        ("ions", "very-high-potassium", "Blocked: stuck too high to fire"),
        ("conduction", "by-itself", "It starts on the way and runs both ways"),
        ("conduction", "two-meet", "Two spikes meet and vanish"),
        ("conduction", "myelin-thin", "The spike is held up where myelin is lost"),
        ("conduction", "myelin-lost", "The spike stops where myelin is lost"),
        ("conduction", "cooled", "The spike is held up where myelin is lost"),
        ("conduction", "thin-fibre", "The spike runs to the end, at 26 m/s"),
        ("junction", "much-magnesium", "1 of 40 impulses gets through"),
        ("junction", "calcium-rescue", "All 40 impulses get through"),
        ("movement", "firm-grip", "120 of 120 motor units pull with 5.1 N"),
        ("fatigue", "light-load", "20 % of full force, held for 8 min 32 s"),
        ("fatigue", "heavy-load", "80 % of full force, held for 15 s"),
        ("fatigue", "all-you-have", "Full effort: the force sinks at once"),
    ],
)
def test_presets_show_what_their_stories_say(name: str, preset: str, title: str) -> None:
    stop = getattr(NervousSystem(), name)
    stop.controls.apply_preset(preset)
    assert stop.views[0]._leaves["layout.title"]["text"] == title


@pytest.mark.parametrize(("diameter_um", "ms"), [(10, 18), (5.7, 39), (16, 11)])
def test_a_metre_of_axon_takes_what_the_lesson_says(diameter_um: float, ms: int) -> None:
    stop = NervousSystem().conduction
    stop.controls.set(diameter_um=diameter_um)
    assert f"1 m would take it {ms} ms" in stop.views[0]._leaves["layout.meta"]["description"]


@pytest.mark.parametrize("origin", ["near", "itself", "ends"])
@pytest.mark.parametrize(("diameter_um", "nerve_c"), [(5.7, 20), (5.7, 42), (16, 20), (16, 42)])
@pytest.mark.parametrize("myelin_percent", [100, 5])
def test_the_axon_is_shown_until_the_spike_has_ended(
    origin: str, diameter_um: float, nerve_c: float, myelin_percent: float
) -> None:
    way = conduction.Way(
        origin=origin, diameter_um=diameter_um, nerve_c=nerve_c, myelin_percent=myelin_percent
    )
    shown, longer = (
        cable.simulate(way.axon, way.stimuli, ms, stretches=way.stretches)
        for ms in (way.length_ms, 10)
    )
    assert np.isfinite(shown.arrival_ms).sum() == np.isfinite(longer.arrival_ms).sum() > 0


def test_the_threshold_that_the_lesson_names() -> None:
    stop = NervousSystem().axon
    spikes = []
    for current in (6.9, 7.0):
        stop.controls.set(current_ua_cm2=current)
        spikes.append(stop.result.spike_ms.size)
    assert spikes == [0, 1]


def test_what_the_lesson_says_of_a_light_and_a_heavy_load() -> None:
    stop = NervousSystem().fatigue
    stop.controls.apply_preset("light-load")
    light = stop.result
    stop.controls.apply_preset("heavy-load")
    assert light.endurance_s / stop.result.endurance_s == pytest.approx(35, abs=0.5)
    ends = light.time_s.searchsorted(light.endurance_s) - 1
    assert light.emg_mv[ends] / light.emg_mv[0] == pytest.approx(2, abs=0.15)
    assert light.capacity[ends, 0] > 0.9
    assert light.capacity[ends, 119] > 0.9
    assert light.capacity[ends, 69:90].max() < 0.01
