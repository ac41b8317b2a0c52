"""The triggers dashboard, driven as a reader drives it, without a browser."""

import pytest

from twitchlib import risk
from twitchlib.quantity import describe
from twitchlib.widgets.triggers import TriggersDashboard

HABITS = describe(risk.Habits)


@pytest.fixture
def dashboard() -> TriggersDashboard:
    return TriggersDashboard()


def shown(dashboard: TriggersDashboard) -> str:
    return dashboard._summary.html + dashboard._findings.html + dashboard._code.html


def said(dashboard: TriggersDashboard) -> str:
    description: str = dashboard._figure.get_state()["layout.meta"]["description"]
    return description


def test_every_habit_has_a_control(dashboard: TriggersDashboard) -> None:
    groups = dashboard.controls._spec["groups"]
    shown = [field["name"] for group in groups for field in group["fields"]]
    assert sorted(shown) == sorted(HABITS)
    assert len(groups) > 1


@pytest.mark.parametrize("name", HABITS)
def test_every_control_at_its_ends_and_default(dashboard: TriggersDashboard, name: str) -> None:
    for value in (HABITS[name].low, HABITS[name].high, HABITS[name].default):
        dashboard.controls.set(**{name: value})
        expected = risk.assess(risk.Habits(**{name: value}))
        assert dashboard.assessment == expected
        assert f"<strong>{expected.band.word}</strong>" in shown(dashboard)
        for finding in expected.findings:
            assert finding.reason in shown(dashboard)


@pytest.mark.parametrize("name", risk.presets())
def test_every_preset_is_shown(dashboard: TriggersDashboard, name: str) -> None:
    dashboard.controls.apply_preset(name)
    assert dashboard.assessment == risk.assess(risk.presets()[name])


def test_the_shown_code_gives_what_is_shown(dashboard: TriggersDashboard) -> None:
    dashboard.controls.set(caffeine_mg=520, sleep_h=5.5)
    assert "risk.assess(risk.Habits(caffeine_mg=520, sleep_h=5.5)).to_frame()" in shown(dashboard)


def test_a_kept_week_is_compared_until_it_is_let_go(dashboard: TriggersDashboard) -> None:
    dashboard._keep.click()
    dashboard.controls.set(sleep_h=4)
    assert dashboard.kept == risk.assess()
    assert "sleep now: likely contributor" in said(dashboard)
    dashboard._forget.click()
    assert dashboard.kept is None
    assert "kept" not in said(dashboard)
    assert dashboard._forget.disabled


def test_a_link_sets_the_week(dashboard: TriggersDashboard) -> None:
    dashboard._take_query("?preset=exam-week&sleep_h=9")
    assert dashboard.controls.value == risk.presets()["exam-week"].replace(sleep_h=9)
    assert dashboard._problems.html == ""


def test_a_bad_link_is_explained_and_the_default_stays(dashboard: TriggersDashboard) -> None:
    dashboard._take_query("?caffeine_mg=<b>lots</b>&sleep_h=5")
    assert dashboard.controls.value == risk.Habits(sleep_h=5)
    assert "caffeine_mg" in dashboard._problems.html
    assert "0 to 1000" in dashboard._problems.html
    assert "<b>" not in dashboard._problems.html


def test_a_preset_keeps_its_name_in_the_link(dashboard: TriggersDashboard) -> None:
    dashboard.controls.apply_preset("desk-job")
    assert dashboard._link._written == "preset=desk-job"
    dashboard.controls.set(caffeine_mg=0)
    assert dashboard._link._written.startswith("caffeine_mg=0&")


def test_only_what_differs_from_the_default_goes_into_a_link() -> None:
    assert risk.Habits().changed() == {}
    assert risk.Habits(sleep_h=5).changed() == {"sleep_h": 5}
