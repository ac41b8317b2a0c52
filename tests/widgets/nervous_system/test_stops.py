"""Every stop, driven as a reader drives it: all controls to their ends, all presets, the code."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from twitchlib.quantity import describe
from twitchlib.widgets.figure_view import flatten
from twitchlib.widgets.nervous_system import (
    AxonStop,
    IonsStop,
    JunctionStop,
    MovementStop,
    TwitchStop,
)
from twitchlib.widgets.stop import Stop

STOPS = [AxonStop, IonsStop, JunctionStop, MovementStop, TwitchStop]
MOST_POINTS = 4000


@pytest.fixture(params=STOPS, ids=lambda stop: stop.__name__)
def stop(request: pytest.FixtureRequest) -> Stop[Any, Any]:
    made: Stop[Any, Any] = request.param()
    return made


def said(stop: Stop[Any, Any]) -> list[str]:
    return [view._leaves["layout.meta"]["description"] for view in stop._views]


def reproduced(code: str) -> dict[str, Any]:
    """Run code that is shown, as a notebook cell; return its last line's figure as leaves."""
    *before, last = code.splitlines()
    space: dict[str, Any] = {}
    exec("\n".join(before), space)  # noqa: S102 - it is the page's own code
    return flatten(eval(last, space))  # noqa: S307


@pytest.fixture(autouse=True)
def nothing_fails_quietly(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A panel logs what a callback raises and goes on: here that is a failure."""
    yield
    errors = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not errors


def test_it_has_at_most_five_controls(stop: Stop[Any, Any]) -> None:
    assert 1 < len(describe(type(stop.controls.value))) <= 5


def test_every_control_at_its_ends_and_default(stop: Stop[Any, Any]) -> None:
    start = said(stop)
    for name, quantity in describe(type(stop.controls.value)).items():
        for value in (quantity.low, quantity.high, quantity.default):
            stop.controls.set(**{name: value})
            points = sum(
                leaf["shape"][0]
                for view in stop._views
                for path, leaf in view._leaves.items()
                if path.endswith(".y") and isinstance(leaf, dict)
            )
            assert points <= MOST_POINTS, (name, value)
    # Back at the defaults the page says what it said, and the faint line coincides.
    assert said(stop) == start


def test_all_controls_at_once_at_either_end(stop: Stop[Any, Any]) -> None:
    quantities = describe(type(stop.controls.value))
    for end in ("low", "high"):
        stop.controls.set(**{name: getattr(q, end) for name, q in quantities.items()})
        assert all(said(stop))


def test_every_preset_is_shown_and_its_code_makes_the_same_figure(stop: Stop[Any, Any]) -> None:
    assert stop.presets
    for name, settings in stop.presets.items():
        stop.controls.apply_preset(name)
        assert stop.controls.value == settings
        stop._keep()  # without the faint line, as the code draws it
        assert stop._views[0]._leaves == reproduced(stop._shown_code(settings))


def test_the_code_shown_follows_the_controls(stop: Stop[Any, Any]) -> None:
    before = stop._code.html
    stop.controls.apply_preset(next(iter(stop.presets)))
    assert stop._code.html != before
    assert "from twitchlib" in stop._code.html


def test_the_start_stays_as_a_faint_line_until_another_state_is_kept(
    stop: Stop[Any, Any],
) -> None:
    assert "Faint line" not in said(stop)[0]
    stop.controls.apply_preset(next(iter(stop.presets)))
    assert "Faint line" in said(stop)[0]
    stop._keep()
    assert "Faint line" not in said(stop)[0]


def test_listeners_hear_of_each_change(stop: Stop[Any, Any]) -> None:
    heard: list[int] = []
    stop.on_change(lambda: heard.append(1))
    stop.controls.apply_preset(next(iter(stop.presets)))
    assert heard == [1]


def test_only_what_differs_from_the_default_counts_as_changed() -> None:
    settings = IonsStop().presets["low-calcium"]
    assert settings.changed() == {"calcium_mm": 0.7, "magnesium_mm": 0}
    assert type(settings)().changed() == {}


@pytest.mark.parametrize(
    ("stop_cls", "preset", "title"),
    [
        (AxonStop, "too-soon", "One spike"),
        (IonsStop, "low-potassium", "Quiet and hard to rouse: the test pulse fails"),
        (IonsStop, "no-magnesium", "Quiet and ready: one test pulse, one spike"),
        (IonsStop, "low-calcium", "It fires by itself, before any pulse"),
        (IonsStop, "very-high-potassium", "Blocked: stuck too high to fire"),
        (JunctionStop, "much-magnesium", "1 of 40 impulses gets through"),
        (JunctionStop, "calcium-rescue", "All 40 impulses get through"),
        (MovementStop, "firm-grip", "120 of 120 motor units pull with 5.1 N"),
    ],
)
def test_presets_show_what_their_stories_tell(
    stop_cls: Callable[[], Stop[Any, Any]], preset: str, title: str
) -> None:
    stop = stop_cls()
    stop.controls.apply_preset(preset)
    assert stop._views[0]._leaves["layout.title"]["text"] == title


def test_the_threshold_that_the_lesson_names() -> None:
    stop = AxonStop()
    spikes = []
    for current in (6.9, 7.0):
        stop.controls.set(current_ua_cm2=current)
        spikes.append(stop.result.spike_ms.size)
    assert spikes == [0, 1]
