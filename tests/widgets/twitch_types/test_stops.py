"""The stops of lesson 02, driven as a reader drives them: every control, preset and the code."""

import math
from typing import Any

import pytest

from tests.widgets import parts
from twitchlib import guide
from twitchlib.figures.twitches import transcript
from twitchlib.physiology.reflex import HEALTHY
from twitchlib.quantity import choices, describe
from twitchlib.twitches import kinds
from twitchlib.widgets import TwitchTypes, kind_card
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.sound import Sound
from twitchlib.widgets.twitch_types.clonus import EXAMPLES, MOST_TRIES, beats_hz, remembered
from twitchlib.widgets.twitch_types.fasciculation import (
    AXON,
    EDGE_NODES,
    _spontaneous,
    site_node,
)

pytestmark = pytest.mark.usefixtures("nothing_fails_silently")

STOPS = [name for name in TwitchTypes().stops if name != "naming"]  # a game, tested separately
MOST_POINTS = 9000


@pytest.fixture(params=STOPS)
def stop(request: pytest.FixtureRequest) -> Dashboard[Any, Any]:
    made: Dashboard[Any, Any] = getattr(TwitchTypes(), request.param)
    return made


def test_the_last_fasciculation_is_a_spike_that_runs_both_ways() -> None:
    stop = TwitchTypes().fasciculation
    stop.controls.set(watched_s=60)
    axon = stop.views[1]
    last = stop.result.events[-1]
    assert axon.title == "It starts on the way and runs both ways"
    assert parts.said(axon).startswith(
        f"The last one, of unit {last.unit} after {last.onset_s:.1f} s. It starts by itself at"
    )
    stop.controls.set(twitches_per_min=0)
    assert axon.title == "No spike"
    assert parts.said(axon).startswith("No fasciculation has come yet.")


@pytest.mark.parametrize("node", range(EDGE_NODES, AXON.nodes - EDGE_NODES))
def test_a_site_anywhere_on_the_axon_fires_once_and_reaches_both_ends(node: int) -> None:
    run = _spontaneous(node)
    assert run.starts == (node,)
    assert [run.spike_ms[end].size for end in (0, -1)] == [1, 1]


def test_a_unit_has_one_site() -> None:
    nodes = {unit: site_node(3, unit) for unit in range(1, 121)}
    assert nodes == {unit: site_node(3, unit) for unit in range(1, 121)}
    assert len(set(nodes.values())) == AXON.nodes - 2 * EDGE_NODES


def title(stop: Dashboard[Any, Any]) -> str:
    shown: str = stop.views[0]._leaves["layout.title"]["text"]
    return shown


def said(stop: Dashboard[Any, Any]) -> str:
    shown: str = stop.views[0]._leaves["layout.meta"]["description"]
    return shown


def check(stop: Dashboard[Any, Any]) -> None:
    """Check that the output is complete, small enough, and described in words and sound."""
    points = sum(
        leaf["shape"][0]
        for view in stop.views
        for path, leaf in view._leaves.items()
        if path.endswith(".y") and isinstance(leaf, dict)
    )
    assert points <= MOST_POINTS
    assert said(stop).endswith(".")
    for sound in parts.every(stop, Sound):
        assert sound._clip["words"] == transcript(stop.result)


def test_it_has_at_most_five_controls(stop: Dashboard[Any, Any]) -> None:
    assert (
        1 < len(describe(type(stop.controls.value))) + len(choices(type(stop.controls.value))) <= 5
    )


def test_every_control_at_its_ends_and_default(stop: Dashboard[Any, Any]) -> None:
    start = said(stop)
    for name, quantity in describe(type(stop.controls.value)).items():
        for value in (quantity.low, quantity.high, quantity.default):
            stop.controls.set(**{name: value})
            check(stop)
    for name, choice in choices(type(stop.controls.value)).items():
        for option in choice.options:
            stop.controls.set(**{name: option})
            check(stop)
    stop.controls.reset()
    assert said(stop) == start


def test_all_controls_at_once_at_either_end(stop: Dashboard[Any, Any]) -> None:
    quantities = describe(type(stop.controls.value))
    for end in ("low", "high"):
        stop.controls.set(**{name: getattr(q, end) for name, q in quantities.items()})
        check(stop)


def test_the_code_makes_the_same_figure(stop: Dashboard[Any, Any]) -> None:
    start = stop.controls.value
    others = [
        start.replace(**{name: option})
        for name, choice in choices(type(stop.controls.value)).items()
        for option in choice.options
    ]
    for settings in (start, *stop.controls.presets.values(), *others):
        stop.controls.value = settings
        stop.keep()  # without the faint line, as the code draws it
        assert stop.views[0]._leaves == parts.reproduced(parts.shown_code(stop))


def test_only_stops_that_compare_keep_a_faint_line(stop: Dashboard[Any, Any]) -> None:
    quantities = describe(type(stop.controls.value))
    stop.controls.set(**{name: q.high for name, q in quantities.items()})
    assert ("Faint line" in said(stop)) == stop.compares


@pytest.mark.parametrize(
    ("name", "preset", "shown"),
    [
        ("clonus", "strong-reflex", "beats of clonus, 5."),
        ("clonus", "slow-stretch", "The swing dies out"),
        ("clonus", "heavy-load", "The swing dies out"),
        ("clonus", "short-way", "The swing dies out"),
        ("spasm", "stretch-it", "One spasm, 4.0 s long"),
        ("spasm", "calm-cells", "One brief contraction, 1.0 s long"),
        ("myoclonus", "from-elsewhere", "3 myoclonic jerks, 56 ms long"),
        ("myoclonus", "lapses", "3 lapses"),
        ("fasciculation", "healthy-shin", "One fasciculation"),
        ("fasciculation", "healthy-sole", "7 fasciculations"),
        ("fasciculation", "busy-muscle", "20 fasciculations"),
    ],
)
def test_presets_show_what_their_stories_say(name: str, preset: str, shown: str) -> None:
    stop = getattr(TwitchTypes(), name)
    stop.controls.apply_preset(preset)
    assert shown in title(stop)


class TestFasciculation:
    def test_it_opens_with_a_twitch(self) -> None:
        assert title(TwitchTypes().fasciculation) == "One fasciculation"

    def test_watching_longer_adds_and_changes_nothing_earlier(self) -> None:
        stop = TwitchTypes().fasciculation
        stop.controls.set(twitches_per_min=20, watched_s=120)
        whole = [event.onset_s for event in stop.result.events]
        stop.controls.set(watched_s=45)
        assert [e.onset_s for e in stop.result.events] == [at for at in whole if at < 45]

    def test_another_muscle_twitches_at_other_moments(self) -> None:
        stop = TwitchTypes().fasciculation
        stop.controls.set(twitches_per_min=20, watched_s=60)
        before = stop.result.events
        stop.controls.set(muscle=2)
        assert stop.result.events != before


class TestClonus:
    @pytest.mark.parametrize(("delay_ms", "gain"), [(10, 0.9), (30, 0.5), (50, 0.45), (100, 0.7)])
    def test_the_gains_that_the_lesson_names(self, delay_ms: float, gain: float) -> None:
        stop = TwitchTypes().clonus
        for step, label in ((0, "clonus"), (-0.05, "stretch reflex")):
            stop.controls.set(delay_ms=delay_ms, gain_s=gain + step)
            assert stop.result.events[0].label == label

    def test_it_takes_a_quick_stretch(self) -> None:
        stop = TwitchTypes().clonus
        stop.controls.set(gain_s=0.5, stretch_rad_s=1)
        assert stop.result.events[0].label == "stretch reflex"

    def test_tries_are_kept_and_shown(self) -> None:
        stop = TwitchTypes().clonus
        for gain in (0.3, 0.4, 0.5, 0.6):
            stop.controls.set(gain_s=gain)
        shown = stop.views[1]._leaves["layout.title"]["text"]
        assert shown == "In 2 of 5 tries the foot beats on"

    def test_the_oldest_tries_make_room(self) -> None:
        ankles = [HEALTHY.replace(load_nm=i / 100) for i in range(MOST_TRIES)]
        tries = dict.fromkeys(ankles, 5.0)
        remembered(tries, HEALTHY.replace(gain_s=0.5), math.nan)
        assert len(tries) == MOST_TRIES
        assert ankles[0] not in tries

    def test_the_examples_do_not_give_the_answer_away(self) -> None:
        stop = TwitchTypes().clonus
        for gain, delay_ms in EXAMPLES:
            dies = [
                math.isnan(beats_hz(simulated(stop, gain + by, delay_ms))) for by in (-0.1, 0.1)
            ]
            assert dies[0] == dies[1]


def simulated(stop: Dashboard[Any, Any], gain: float, delay_ms: float) -> Any:
    stop.controls.set(gain_s=gain, delay_ms=delay_ms)
    return stop.result


class TestSpasm:
    def test_a_spasm_pulls_harder_than_a_jerk(self) -> None:
        types = TwitchTypes()
        assert types.spasm.result.force_n.max() > types.myoclonus.result.force_n.max()

    def test_one_step_less_of_the_current_and_it_stops(self) -> None:
        stop = TwitchTypes().spasm
        known = describe(type(stop.controls.value))["persistent_us"]
        assert stop.result.events[0].label == "spasm"
        stop.controls.set(persistent_us=known.default - known.step)
        assert stop.result.events[0].label == "brief contraction"


class TestLookAlikes:
    def test_each_is_shown_with_what_is_at_fault(self) -> None:
        stop = TwitchTypes().look_alikes
        names = [name for name, kind in kinds().items() if kind.look_alike]
        assert list(choices(type(stop.controls.value))["look_alike"].options) == names
        for name in names:
            stop.controls.set(look_alike=name)
            assert parts.text(kinds()[name].fault) in stop.words.html


@pytest.mark.parametrize("kind", guide.rows("twitch_types"))
def test_a_card_says_how_common_and_how_worrying(kind: str) -> None:
    row = guide.rows("twitch_types")[kind]
    shown = kind_card(kind).html
    for column in ("mechanism", "feels_like", "lasts", "how_common", "worry", "tells_apart"):
        assert parts.text(row[column]) in shown


def test_an_unknown_kind_has_no_card() -> None:
    with pytest.raises(KeyError, match="hiccup"):
        kind_card("hiccup")
