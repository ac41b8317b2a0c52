"""The panel's Python side: what is accepted, what is refused, who is notified."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib.errors import NotAllowedError
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.widgets.controls import Controls, Preset


@dataclass(frozen=True)
class Day(Quantities):
    caffeine_mg: float = quantity(80, "Caffeine", unit="mg/day", low=0, high=1000, source="test")
    sleep_h: float = quantity(8, "Sleep", unit="h", low=0, high=14, step=0.5, source="test")
    shots: int = quantity(2, "Shots", unit="", low=0, high=10, source="test", integer=True)
    drink: str = choice("coffee", "Drink", {"coffee": "Coffee", "tea": "Black tea"})


EXAM = Preset("exam-week", "Exam week", "Late nights.", Day(caffeine_mg=500, sleep_h=5))
CALM = Preset("calm", "Calm", "Quiet days.", Day(caffeine_mg=0))


@pytest.fixture
def controls() -> Controls[Day]:
    return Controls(Day, presets=[EXAM, CALM])


def test_starts_at_the_defaults(controls: Controls[Day]) -> None:
    assert controls.value == Day()


def test_a_move_is_applied_reported_and_answered(controls: Controls[Day]) -> None:
    calls: list[Day] = []
    controls.on_change(calls.append)
    state = send(controls, {"fields": {"caffeine_mg": 300}}, turn="mine")
    assert controls.value == Day(caffeine_mg=300)
    assert calls == [Day(caffeine_mg=300)]
    assert (state["values"]["caffeine_mg"], state["answers"]) == (300, "mine")


def test_an_unchanged_value_is_answered_but_not_reported(controls: Controls[Day]) -> None:
    calls: list[Day] = []
    controls.on_change(calls.append)
    assert send(controls, {"fields": {"caffeine_mg": "80"}})["answers"] == "t1"
    assert calls == []


@pytest.mark.parametrize(
    "raw",
    [
        "", "   ", "abc", "12 mg", "1e9", "-1", "1000.1", "nan", "inf", "1e999", "0x10", "1_0",
        "٣", None, True, [1], {"a": 1}, float("nan"), float("inf"), "9" * 400, "<b>1</b>",
        "\ud800",
    ],
)  # fmt: skip
def test_a_bad_value_is_explained_and_changes_nothing(controls: Controls[Day], raw: object) -> None:
    controls.set(caffeine_mg=300)
    state = send(controls, {"fields": {"caffeine_mg": raw, "sleep_h": 6}})
    assert controls.value == Day(caffeine_mg=300, sleep_h=6)
    assert list(state["refused"]) == ["caffeine_mg"]
    assert "a number from 0 to 1000 mg/day. Still at 300 mg/day." in state["refused"]["caffeine_mg"]
    json.dumps(state["refused"], ensure_ascii=False).encode()


def test_the_explanation_disappears_when_the_value_is_corrected(controls: Controls[Day]) -> None:
    send(controls, {"fields": {"caffeine_mg": "abc"}})
    assert "caffeine_mg" in send(controls, {"fields": {"sleep_h": 7}})["refused"]
    assert send(controls, {"fields": {"caffeine_mg": "90"}})["refused"] == {}


def test_a_whole_number_stays_whole(controls: Controls[Day]) -> None:
    assert "a whole number" in send(controls, {"fields": {"shots": "2.5"}})["refused"]["shots"]
    send(controls, {"fields": {"shots": "3"}})
    assert controls.value.shots == 3
    assert isinstance(controls.value.shots, int)


def test_a_choice_takes_only_its_options(controls: Controls[Day]) -> None:
    send(controls, {"fields": {"drink": "tea"}})
    assert controls.value.drink == "tea"
    assert "one of coffee, tea" in send(controls, {"fields": {"drink": "gin"}})["refused"]["drink"]
    with pytest.raises(NotAllowedError, match="gin"):
        controls.set(drink="gin")
    assert controls.value.drink == "tea"


def test_a_preset_is_complete_and_its_story_stays_while_the_reader_moves_on(
    controls: Controls[Day],
) -> None:
    controls.set(shots=9)
    state = send(controls, {"start": {"preset": "exam-week"}})
    assert controls.value == EXAM.value
    assert (state["preset"], state["story"], state["moved"]) == ("exam-week", "Late nights.", False)
    state = send(controls, {"fields": {"sleep_h": 9}})
    assert (state["preset"], state["moved"]) == ("exam-week", True)


def test_a_move_made_after_a_preset_counts(controls: Controls[Day]) -> None:
    send(controls, {"start": {"preset": "exam-week"}, "fields": {"sleep_h": 9}})
    assert controls.value == Day(caffeine_mg=500, sleep_h=9)


def test_reset_returns_to_the_defaults_and_forgets_story_and_problems(
    controls: Controls[Day],
) -> None:
    send(controls, {"start": {"preset": "exam-week"}, "fields": {"sleep_h": "?"}})
    state = send(controls, {"start": "reset"})
    assert controls.value == Day()
    assert (state["refused"], state["preset"], state["story"]) == ({}, "", "")
    controls.apply_preset("calm")
    controls.reset()
    assert (controls.value, controls._shown["preset"]) == (Day(), "")


def test_set_takes_all_or_nothing(controls: Controls[Day]) -> None:
    with pytest.raises(NotAllowedError, match="sleep_h"):
        controls.set(caffeine_mg=10, sleep_h=99)
    with pytest.raises(NotAllowedError, match="naps"):
        controls.set(naps=1)
    with pytest.raises(KeyError):
        controls.apply_preset("nowhere")
    assert controls.value == Day()


def test_a_failing_callback_is_logged_and_does_not_stop_the_others(
    controls: Controls[Day], caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[Day] = []

    def broken(_: Day) -> None:
        raise RuntimeError("no such figure")

    controls.on_change(broken)
    controls.on_change(calls.append)
    state = send(controls, {"fields": {"sleep_h": 7}})
    assert (state["failed"], state["answers"]) == (True, "t1")
    assert calls == [Day(sleep_h=7)]
    assert "no such figure" in caplog.text
    assert send(controls, {"fields": {"sleep_h": 7}})["failed"] is False


@pytest.mark.parametrize(
    "content",
    [None, 3, "x", [], {}, {"turn": 1, "edit": {}}, {"turn": "a", "edit": None}],
)
def test_a_message_of_another_kind_is_left_alone(controls: Controls[Day], content: object) -> None:
    before = dict(controls._shown)
    controls._receive(controls, content, [])
    assert (controls.value, controls._shown) == (Day(), before)


@pytest.mark.parametrize(
    "edit",
    [{"fields": None}, {"fields": {"naps": 1}}, {"start": "x"}, {"start": {"preset": ["calm"]}}],
)
def test_an_edit_that_names_nothing_known_is_answered(
    controls: Controls[Day], edit: object
) -> None:
    assert send(controls, edit)["answers"] == "t1"
    assert controls.value == Day()


def test_the_browser_gets_the_whole_description_once(controls: Controls[Day]) -> None:
    (group,) = controls._spec["groups"]
    assert [field["name"] for field in group["fields"]] == [
        "caffeine_mg",
        "sleep_h",
        "shots",
        "drink",
    ]
    assert group["fields"][0]["spoken_unit"] == "mg per day"
    assert controls._spec["presets"] == [
        {"id": "exam-week", "label": "Exam week"},
        {"id": "calm", "label": "Calm"},
    ]


def test_only_the_fields_of_a_group_are_shown_and_the_others_keep_their_default() -> None:
    controls = Controls(Day, groups={"Night": ["sleep_h"]})
    assert [[f["name"] for f in g["fields"]] for g in controls._spec["groups"]] == [["sleep_h"]]
    send(controls, {"fields": {"sleep_h": 4}})
    assert controls.value == Day(sleep_h=4)


@pytest.mark.parametrize(
    ("healthy", "words"),
    [((0, 400), "up to 400 mg/day"), ((100, 1000), "100 mg/day or more"), ((50, 90), "50 to 90")],
)
def test_a_healthy_range_has_words(healthy: tuple[float, float], words: str) -> None:
    controls = Controls(Day, groups={"A": ["caffeine_mg"]}, healthy={"caffeine_mg": healthy})
    assert words in controls._spec["groups"][0]["fields"][0]["healthy"]["words"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups": {"A": ["naps"]}},
        {"healthy": {"naps": (1, 2)}},
        {"hints": {"naps": "x"}},
        {"healthy": {"caffeine_mg": (0, 1001)}},
        {"healthy": {"caffeine_mg": (400, 400)}},
        {"presets": [EXAM, EXAM]},
    ],
)
def test_a_wrong_description_of_a_panel_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"not a field|healthy range|same id"):
        Controls(Day, **wrong)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_whatever_is_sent_the_value_stays_valid(raw: object) -> None:
    controls = Controls(Day)
    state = send(controls, {"fields": {"sleep_h": raw}})
    assert 0 <= controls.value.sleep_h <= 14
    assert (controls.value.sleep_h == 8) or "sleep_h" not in state["refused"]
