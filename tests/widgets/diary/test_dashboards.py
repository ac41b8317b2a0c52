"""The two dashboards of lesson 06, without a browser."""

from typing import TypeAlias

import pytest

from tests.widgets.parts import address, button, reproduced, said, send, shown_code
from twitchlib.diary import Relations, parse, relate, simulate
from twitchlib.figures.diary.calendar import describe_days
from twitchlib.figures.diary.relations import describe_relations
from twitchlib.quantity import describe
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.diary import MyDiary, SyntheticYear
from twitchlib.widgets.diary.synthetic_year import MadeUp

Year: TypeAlias = Dashboard[MadeUp, Relations]

OWN = simulate(seed=7, n_days=60).to_csv().replace("made up by a computer", "").encode()


# ---------------------------------------------------------------- the made-up year


@pytest.fixture
def year() -> Year:
    return SyntheticYear()


@pytest.mark.parametrize("name", describe(MadeUp))
def test_every_slider_at_its_ends_and_default(year: Year, name: str) -> None:
    known = describe(MadeUp)[name]
    for value in (known.low, known.high, known.default):
        year.controls.set(**{name: value})
        now = year.controls.value
        expected = relate(simulate(seed=now.diary, n_days=now.days).days())
        assert said(year.views[0]) == describe_relations(expected)


def test_every_choice_is_shown(year: Year) -> None:
    year.controls.set(compare="equal")
    assert "held equal" in said(year.views[0])
    year.controls.set(inside="nothing")
    assert said(year.views[0]) == describe_relations(
        relate(simulate(seed=1, effects=()).days(), others_equal=True)
    )


def test_effects_put_in_are_shown_only_on_demand(year: Year) -> None:
    assert year.words.html == ""
    button(year, "Show what was put in").click()
    assert "each extra 100 mg of caffeine adds 35% on the same day" in year.words.html
    assert "none of it was measured in people" in year.words.html
    year.controls.set(inside="nothing")
    assert "Nothing was put in" in year.words.html
    button(year, "Hide what was put in").click()
    assert year.words.html == ""


def test_the_shown_code_makes_the_figure(year: Year) -> None:
    year.controls.set(diary=3, days=90, compare="equal", inside="nothing")
    assert reproduced(shown_code(year))["layout.meta"]["description"] == said(year.views[0])


def test_a_link_restores_a_diary_and_problems_are_reported(year: Year) -> None:
    address(year).take_query("?diary=5&compare=equal&days=9999")
    assert year.controls.value == MadeUp(diary=5, compare="equal")
    assert "30 to 730" in address(year).problems.html
    assert address(year).link._written == "diary=5&compare=equal"


# ---------------------------------------------------------------- the reader's own


@pytest.fixture
def mine() -> MyDiary:
    return MyDiary()


def test_until_there_is_an_entry_a_made_up_diary_is_shown_as_such(mine: MyDiary) -> None:
    assert mine.shown.synthetic
    assert "made-up" in mine._summary.html
    for view in (mine._calendar, mine._trend, mine._relations):
        assert view.get_state()["layout.title"]["text"].startswith("A made-up diary")


def test_an_opened_diary_is_shown(mine: MyDiary) -> None:
    mine.file.load("mine.csv", OWN)
    assert mine.shown.entries == parse(OWN).entries
    assert not mine.shown.synthetic
    assert said(mine._calendar) == describe_days(mine.shown.days())
    assert "made-up" not in mine._summary.html
    assert "Every row could be used." in mine._reading.html
    mine.look.set(compare="equal")
    assert "held equal" in said(mine._relations)


def test_a_refused_file_leaves_the_page_as_it_was(mine: MyDiary) -> None:
    mine.file.load("mine.csv", OWN)
    before = mine.shown
    mine.file.load("bad.csv", b"PK")
    assert mine.shown is before


@pytest.mark.parametrize("n_days", [1, 2, 30])
def test_a_short_diary_causes_no_trouble(mine: MyDiary, n_days: int) -> None:
    for i in range(n_days):
        step = {"add": {"date": f"2026-03-{i + 1:02d}", "twitches": str(i)}, "asked": "a"}
        assert not send(mine.form, {"steps": [step]})["failed"]
    days = "1 counted day," if n_days == 1 else f"{n_days} counted days,"
    assert f"on {days}" in mine._summary.html


def test_hostile_content_is_text_on_the_page(mine: MyDiary) -> None:
    bad = "<img src=x onerror=alert(1)>"
    data = f"date,twitches,body_part,{bad}\n2026-03-31,1,{bad},\n{bad},{bad},,\n"
    mine.file.load("mine.csv", data.encode())
    shown = mine._summary.html + mine._reading.html
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_what_is_saved_is_what_is_shown(mine: MyDiary) -> None:
    mine.file.load("mine.csv", OWN)
    assert parse(mine._csv()).entries == mine.shown.entries
    assert b"<!doctype html>" in mine._html()[:20]


def test_a_saved_made_up_diary_says_that_it_is_one(mine: MyDiary) -> None:
    assert parse(mine._csv()).synthetic


@pytest.mark.parametrize(
    "data",
    [b"date,twitches\n", b"date,twitches\n45321,1\n", b"date,twitches\n31/3/2567,1\n", b"PK"],
)
def test_a_file_without_a_day_changes_nothing_and_that_is_reported(
    mine: MyDiary, data: bytes
) -> None:
    mine.file.load("mine.csv", OWN)
    before = mine.shown, mine._summary.html, mine._reading.html
    mine.file.load("bad.csv", data)
    assert (mine.shown, mine._summary.html, mine._reading.html) == before
    assert mine.file._shown["opened"] == ""
    assert mine.file._shown["problem"].startswith("“bad.csv” could not be opened. ")
    assert mine.file._shown["problem"].endswith("“mine.csv” stays open.")


def test_typed_days_stay_and_that_is_reported(mine: MyDiary) -> None:
    step = {"add": {"date": "2026-03-31", "twitches": "3"}, "asked": "a"}
    send(mine.form, {"steps": [step]})
    before = mine.shown
    mine.file.load("bad.csv", b"date,twitches\n")
    assert mine.shown is before
    assert mine.file._shown["problem"].endswith("The days that you added stay.")
