"""From habits to levels and reasons: a habit further from healthy never gets a lower level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import guide, risk
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.guide.errors import GuideError
from twitchlib.quantity import describe
from twitchlib.risk import habits as habits_module
from twitchlib.risk.rules import bands, levels

HABITS = describe(risk.Habits)
LEVELS = [level.id for level in levels()]


def habits(**fixed: float) -> st.SearchStrategy[risk.Habits]:
    free = {
        name: st.floats(known.low, known.high)
        for name, known in HABITS.items()
        if name not in fixed
    }
    return st.builds(risk.Habits, **free, **{n: st.just(v) for n, v in fixed.items()})


def level_of(name: str, value: float) -> str:
    found = risk.assess(risk.Habits(**{name: value})).findings
    return next(finding.level.id for finding in found if finding.id == name)


@pytest.mark.parametrize(
    ("name", "healthy", "may", "likely"),
    [
        ("caffeine_mg", 400, 401, 601),  # EFSA 2015: up to 400 mg a day raises no concern
        ("sleep_h", 7, 6.9, 4.9),  # Watson 2015: 7 or more hours
        ("activity_min", 150, 149, 59),  # WHO 2020: at least 150 min a week
        ("water_l", 1.6, 1.5, 0.9),  # EFSA 2010: 2.0 L, a fifth of it from food
        ("potassium_mg", 3500, 3400, 1900),  # EFSA 2016
        ("magnesium_mg", 300, 299, 199),  # EFSA 2015
    ],
)
def test_published_recommendations_are_the_limits(
    name: str, healthy: float, may: float, likely: float
) -> None:
    assert [level_of(name, value) for value in (healthy, may, likely)] == LEVELS


@pytest.mark.parametrize("name", HABITS)
def test_every_level_of_every_habit_can_be_reached(name: str) -> None:
    known = HABITS[name]
    steps = [known.low + i * (known.high - known.low) / 200 for i in range(201)]
    assert {level_of(name, value) for value in steps} == set(LEVELS)


@pytest.mark.parametrize("name", HABITS)
@given(data=st.data())
def test_a_step_away_from_healthy_never_lowers_anything(name: str, data: st.DataObject) -> None:
    known, rule = HABITS[name], risk.factors()[name]
    start = data.draw(habits())
    value = getattr(start, name)
    worse = data.draw(
        st.floats(value, known.high) if rule.away > 0 else st.floats(known.low, value)
    )
    before, after = risk.assess(start), risk.assess(start.replace(**{name: worse}))
    for one, other in zip(before.findings, after.findings, strict=True):
        assert other.level.rank >= one.level.rank
    assert after.band.rank >= before.band.rank


@given(habits())
def test_the_band_follows_its_printed_rule(week: risk.Habits) -> None:
    found = risk.assess(week)
    contributing = len(found.contributing)
    likely = sum(finding.level.rank == 2 for finding in found.findings)
    fitting = [
        band
        for band in bands()
        if contributing >= band.min_contributing and likely >= band.min_likely
    ]
    assert found.band == max(fitting, key=lambda band: band.rank)


@given(habits())
def test_words_never_state_a_risk_or_a_diagnosis(week: risk.Habits) -> None:
    found = risk.assess(week)
    words = " ".join([found.band.word, found.band.summary, *(f.reason for f in found.findings)])
    for forbidden in ("%", "probab", "diagnos", "you have", "disease", "{"):
        assert forbidden not in words.lower()


def test_a_reason_names_the_value_with_its_unit() -> None:
    found = risk.assess(risk.Habits(caffeine_mg=520))
    assert found.contributing[0].reason.startswith("520 mg/day of caffeine")


def test_each_finding_carries_the_guides_claim_and_the_verdict_on_it() -> None:
    for finding in risk.assess().findings:
        claim = guide.rows("claims")[finding.claim]
        assert finding.guide_says == claim["claim"]
        assert finding.verdict == claim["verdict"]
        assert set(finding.sources) <= set(guide.references())


def test_the_defaults_and_the_good_week_are_healthy() -> None:
    assert risk.assess().contributing == ()
    assert risk.assess(risk.presets()["good-week"]).contributing == ()


def test_every_other_preset_has_something_to_show() -> None:
    for name, week in risk.presets().items():
        if name != "good-week":
            assert risk.assess(week).contributing, name


def test_a_preset_may_omit_habits_and_an_error_names_row_and_column(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: dict[str, dict[str, float | None]] = {"odd": {"sleep_h": 4, "stress": None}}
    monkeypatch.setattr(guide, "rows", lambda _table: rows)
    assert habits_module.presets.__wrapped__()["odd"] == risk.Habits(sleep_h=4)
    rows["odd"]["sleep_h"] = 40
    with pytest.raises(GuideError, match=r"column 'sleep_h': 40 in row 'odd' must"):
        habits_module.presets.__wrapped__()


@pytest.mark.parametrize("name", HABITS)
def test_a_field_names_the_source_of_its_threshold(name: str) -> None:
    basis = guide.rows("factors")[name]["basis"]
    if basis:
        assert guide.references()[basis[0]].doi in HABITS[name].source
    else:
        assert HABITS[name].illustrative


@pytest.mark.parametrize("name", HABITS)
def test_beyond_the_range_is_an_error_with_field_value_and_range(name: str) -> None:
    value = HABITS[name].high + 1
    with pytest.raises(NotAllowedError) as caught:
        risk.Habits(**{name: value})
    assert (caught.value.field, caught.value.value) == (name, value)
    assert f"{HABITS[name].high:g} {HABITS[name].unit}" in caught.value.allowed


def test_comparing_shows_what_differs_and_by_how_many_levels() -> None:
    before = risk.assess(risk.Habits(caffeine_mg=100, sleep_h=8))
    after = risk.assess(risk.Habits(caffeine_mg=200, sleep_h=4))
    assert after.levels_since(before) == {"caffeine_mg": 0, "sleep_h": 2}
    assert before.levels_since(after) == {"caffeine_mg": 0, "sleep_h": -2}
    assert before.levels_since(before) == {}


def test_a_mapping_is_assessed_as_the_habits_that_it_names() -> None:
    week = {"caffeine_mg": 520, "sleep_h": 4}
    assert risk.assess(week) == risk.assess(risk.Habits(caffeine_mg=520, sleep_h=4))
    assert risk.assess({}) == risk.assess()
    with pytest.raises(UnknownNameError, match="Did you mean 'sleep_h'"):
        risk.assess({"sleep": 4})
    with pytest.raises(NotAllowedError, match="sleep_h = 48: must be a number from 0 to 14"):
        risk.assess({"sleep_h": 48})


def test_the_strongest_reasons_come_first() -> None:
    found = risk.assess(risk.Habits(caffeine_mg=450, sleep_h=4))
    assert [finding.id for finding in found.contributing] == ["sleep_h", "caffeine_mg"]


def test_an_assessment_is_a_tidy_table_too() -> None:
    frame = risk.assess(risk.Habits(sleep_h=4)).to_frame()
    assert list(frame.index) == list(HABITS)
    assert frame.loc["sleep_h", "level"] == "likely"
