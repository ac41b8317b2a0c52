"""A file and a form, driven as the browser drives them."""

import base64
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib.diary import Diary, Entry, columns, simulate
from twitchlib.diary.files import MOST_BYTES
from twitchlib.widgets.diary.day_form import DayForm
from twitchlib.widgets.diary.diary_file import DiaryFile

GOOD = b"date,twitches\n2026-03-31,4\n"
MARCH_31 = datetime.date(2026, 3, 31)


def file(data: bytes, name: str = "mine.csv") -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(data).decode()}


def typed(**texts: str) -> dict[str, Any]:
    return {"steps": [{"add": {"date": "2026-03-31"} | texts, "asked": "a1"}]}


# ---------------------------------------------------------------- the file


def test_a_good_file_is_opened() -> None:
    panel = DiaryFile()
    values: list[Diary | None] = []
    panel.on_change(values.append)
    shown = send(panel, file(GOOD))
    assert panel.value
    assert panel.value.entries == (Entry(MARCH_31, 4),)
    assert values == [panel.value]
    assert shown["opened"] == "“mine.csv” is open."
    assert shown["problem"] == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (file(b"PK\x03\x04", "sheet.xlsx"), "“sheet.xlsx” could not be opened. This is a spread"),
        (file(b"a,b\n1,2\n"), "no column for the date"),
        (file(b"date,twitches" + b",x" * 900_000), "more than 100 columns"),
        ({"name": "x.csv", "data": "A" * (2 * MOST_BYTES)}, "more than 2,000,000 bytes"),
        (
            {"name": "x.csv", "data": "not base64!"},
            "opened. It did not arrive whole. Choose it again.",
        ),
        ({"name": "x.csv", "data": "é"}, "opened. It did not arrive whole. Choose it again."),
        (file(b"date,twitches\n"), "It has headings, but no rows below them."),
        (file(b"date,twitches\n45321,1\n"), "Line 2, date: “45321” may be the day number"),
        (file(b"date,twitches\n31/3/2567,1\n"), "write 2024 for 2567"),
        (file(b"x", "<b>.csv"), "“<b>.csv”"),
    ],
)
def test_a_bad_file_is_explained_and_the_last_good_one_stays(bad: dict[str, str], why: str) -> None:
    panel = DiaryFile()
    send(panel, file(GOOD))
    before = panel.value
    shown = send(panel, bad)
    assert why in shown["problem"]
    assert shown["problem"].endswith("“mine.csv” stays open.")
    assert panel.value is before
    assert send(panel, file(GOOD, "other.csv"))["problem"] == ""


def test_the_order_of_day_and_month_is_asked_for_and_then_used() -> None:
    panel = DiaryFile()
    shown = send(panel, file(b"date,twitches\n3/4/2026,1\n"))
    assert shown["ask_order"]
    assert panel.value is None
    shown = send(panel, {"day_first": True})
    assert not shown["ask_order"]
    assert panel.value
    assert panel.value.entries[0].date == datetime.date(2026, 4, 3)


def test_an_unrequested_order_changes_nothing() -> None:
    panel = DiaryFile()
    send(panel, {"day_first": True})
    assert panel.value is None


def test_what_is_in_a_file_is_not_in_the_widgets_state() -> None:
    panel = DiaryFile()
    panel.load("mine.csv", b"date,twitches,notes\n2026-03-31,4,a secret\n")
    assert "secret" not in str(panel.get_state())


@given(st.dictionaries(st.sampled_from(["name", "data", "day_first"]), st.text() | st.booleans()))
def test_whatever_is_sent_is_answered(edit: dict[str, Any]) -> None:
    assert not send(DiaryFile(), edit)["failed"]


# ---------------------------------------------------------------- the form


def test_a_day_is_added() -> None:
    form = DayForm()
    values: list[Diary] = []
    form.on_change(values.append)
    shown = send(form, typed(twitches="3", body_part="calf", sleep_h="7,5"))
    assert form.value.entries == (Entry(MARCH_31, 3, "calf", sleep_h=7.5),)
    assert values == [form.value]
    assert shown["said"] == "2026-03-31: 3 twitches, calf is in the diary."
    assert shown["asked"] == "a1"
    assert shown["places"] == ["calf"]


@pytest.mark.parametrize("name", [n for n, c in columns().items() if c.kind in ("count", "number")])
def test_every_field_at_its_ends_and_beyond(name: str) -> None:
    column = columns()[name]
    assert column.low is not None
    assert column.high is not None
    form = DayForm()
    for value in (column.low, column.high):
        assert send(form, typed(**{name: f"{value:g}"}))["refused"] == {}
        assert getattr(form.value.entries[0], name) == value
    for text in ("x", f"{column.high + 1:g}", "-1"):
        refused = send(form, typed(**{name: text}))["refused"]
        assert list(refused) == [name]
        assert getattr(form.value.entries[0], name) == column.high


def test_two_days_sent_together_are_both_added() -> None:
    form = DayForm()
    one, other = typed(twitches="1")["steps"], typed(date="2026-04-01", twitches="2")["steps"]
    send(form, {"steps": [*one, *other]})
    assert [entry.twitches for entry in form.value.entries] == [1, 2]


def test_a_day_is_removed_by_its_contents() -> None:
    form = DayForm()
    send(form, typed(twitches="1"))
    key = form._shown["last"][0]["key"]
    send(form, typed(date="2026-04-01", twitches="2"))
    shown = send(form, {"steps": [{"remove": key}]})
    assert [entry.twitches for entry in form.value.entries] == [2]
    assert shown["said"] == "2026-03-31: 1 twitch was removed."
    assert send(form, {"steps": [{"remove": key}]})["count"] == 1


def test_the_page_holds_the_last_days_and_not_the_diary() -> None:
    form = DayForm()
    form.value = simulate(seed=1)
    assert len(form._shown["last"]) == 7
    assert form._shown["count"] == len(form.value.entries)
    assert form._shown["last"][0]["text"].startswith("2025-12-3")


WEIRD = st.none() | st.text(max_size=20) | st.integers() | st.lists(st.text(max_size=3), max_size=2)


@given(st.lists(st.fixed_dictionaries({}, optional={
    "add": WEIRD | st.dictionaries(st.sampled_from(list(columns())), WEIRD),
    "asked": WEIRD, "remove": WEIRD,
}), max_size=4) | WEIRD)  # fmt: skip
def test_whatever_is_typed_is_answered(steps: object) -> None:
    assert not send(DayForm(), {"steps": steps})["failed"]
