"""The triggers dashboard, driven as a reader drives it, without a browser."""

from typing import TypeAlias

import pytest

from tests.widgets.parts import address, button, said, text
from twitchlib import risk
from twitchlib.quantity import describe
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.triggers import TriggersDashboard

Triggers: TypeAlias = Dashboard[risk.Habits, risk.Assessment]

HABITS = describe(risk.Habits)


@pytest.fixture
def dashboard() -> Triggers:
    return TriggersDashboard()


def shown(dashboard: Triggers) -> str:
    return dashboard.words.html + dashboard.details.html + dashboard.code.html


def test_every_habit_has_a_control(dashboard: Triggers) -> None:
    groups = dashboard.controls._spec["groups"]
    shown = [field["name"] for group in groups for field in group["fields"]]
    assert sorted(shown) == sorted(HABITS)
    assert len(groups) > 1


@pytest.mark.parametrize("name", HABITS)
def test_every_control_at_its_ends_and_default(dashboard: Triggers, name: str) -> None:
    for value in (HABITS[name].low, HABITS[name].high, HABITS[name].default):
        dashboard.controls.set(**{name: value})
        expected = risk.assess(risk.Habits(**{name: value}))
        assert dashboard.result == expected
        assert f"<strong>{expected.band.word}</strong>" in shown(dashboard)
        for finding in expected.findings:
            assert text(finding.reason) in shown(dashboard)


@pytest.mark.parametrize("name", risk.presets())
def test_every_preset_is_shown(dashboard: Triggers, name: str) -> None:
    dashboard.controls.apply_preset(name)
    assert dashboard.result == risk.assess(risk.presets()[name])


def test_the_shown_code_reproduces_the_output(dashboard: Triggers) -> None:
    dashboard.controls.set(caffeine_mg=520, sleep_h=5.5)
    assert "risk.assess(risk.Habits(caffeine_mg=520, sleep_h=5.5)).to_frame()" in shown(dashboard)


def test_a_kept_week_is_compared_until_it_is_dropped(dashboard: Triggers) -> None:
    forget = button(dashboard, "Stop comparing")
    assert forget.disabled
    button(dashboard, "Keep this week to compare").click()
    dashboard.controls.set(sleep_h=4)
    assert "sleep now: likely contributor" in said(dashboard.views[0])
    assert not forget.disabled
    forget.click()
    assert "kept" not in said(dashboard.views[0])
    assert forget.disabled


def test_a_link_sets_the_week(dashboard: Triggers) -> None:
    address(dashboard).take_query("?preset=exam-week&sleep_h=9")
    assert dashboard.controls.value == risk.presets()["exam-week"].replace(sleep_h=9)
    assert address(dashboard).problems.html == ""


def test_a_bad_link_is_explained_and_the_default_stays(dashboard: Triggers) -> None:
    address(dashboard).take_query("?caffeine_mg=<b>lots</b>&sleep_h=5")
    assert dashboard.controls.value == risk.Habits(sleep_h=5)
    assert "caffeine_mg" in address(dashboard).problems.html
    assert "0 to 1000" in address(dashboard).problems.html
    assert "<b>" not in address(dashboard).problems.html


def test_a_preset_keeps_its_name_in_the_link(dashboard: Triggers) -> None:
    dashboard.controls.apply_preset("desk-job")
    assert address(dashboard).link._written == "preset=desk-job"
    dashboard.controls.set(caffeine_mg=0)
    assert address(dashboard).link._written.startswith("caffeine_mg=0&")


def test_only_what_differs_from_the_default_goes_into_a_link() -> None:
    assert risk.Habits().changed() == {}
    assert risk.Habits(sleep_h=5).changed() == {"sleep_h": 5}


def test_a_move_within_the_limit_is_said_to_change_nothing(dashboard: Triggers) -> None:
    dashboard.controls.set(caffeine_mg=300)
    said_so = dashboard.unmoved_note.html
    assert "Caffeine still counts the same, “not a factor”: 300 mg/day" in said_so
    assert "within the 400 mg/day" in said_so
    dashboard.controls.set(caffeine_mg=520)
    assert dashboard.unmoved_note.html == ""
    dashboard.controls.apply_preset("night-shifts")
    assert dashboard.unmoved_note.html == ""


def test_the_first_week_shows_a_named_example(dashboard: Triggers) -> None:
    assert "for example: Exam week" in said(dashboard.views[0])
    dashboard.controls.set(sleep_h=4)
    assert "for example" not in said(dashboard.views[0])
