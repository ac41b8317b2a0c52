"""The day's drinks: what counts, and what is shown without counting."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib.errors import NotAllowedError
from twitchlib.widgets.cups import MOST_CUPS, Cup, Cups, Drink

DRINKS = [Drink("espresso", "Espresso", 80), Drink("tea", "Black tea", 45)]
START = (Cup(8, "espresso"), Cup(13.5, "tea"))


@pytest.fixture
def cups() -> Cups:
    return Cups(DRINKS, START)


def row(key: str, time: str, drink: str = "tea") -> dict[str, str]:
    return {"key": key, "time": time, "drink": drink}


def moved(cups: Cups, edit: object) -> list[dict[str, Any]]:
    """Send a change as the browser does; return the lines that answer it."""
    rows: list[dict[str, Any]] = send(cups, edit)["rows"]
    return rows


def test_starts_with_the_given_drinks(cups: Cups) -> None:
    assert cups.value == START
    assert [line["time"] for line in cups._shown["rows"]] == ["08:00", "13:30"]


def test_a_changed_line_is_reported_in_order_of_time(cups: Cups) -> None:
    values: list[tuple[Cup, ...]] = []
    cups.on_change(values.append)
    lines = moved(cups, {"rows": [row("0", "20:15", "espresso"), row("1", "13:30")]})
    assert cups.value == (Cup(13.5, "tea"), Cup(20.25, "espresso"))
    assert values == [cups.value]
    assert [line["time"] for line in lines] == ["20:15", "13:30"]


def test_lines_come_and_go(cups: Cups) -> None:
    moved(cups, {"rows": [row("new", "09:00")]})
    assert cups.value == (Cup(9, "tea"),)
    assert moved(cups, {"rows": []}) == []
    assert not cups.value


@pytest.mark.parametrize("time", ["", "24:00", "8:00", "ab:cd", "12:60", "-1:00", "١٢:٠٠"])
def test_a_bad_time_is_explained_and_the_last_good_one_counts(cups: Cups, time: str) -> None:
    lines = moved(cups, {"rows": [row("0", time, "espresso"), row("1", "13:30")]})
    assert cups.value == START
    assert "such as 08:30. It still counts at 08:00." in lines[0]["problem"]
    assert (lines[0]["time"], lines[1]["problem"]) == (time, "")
    assert moved(cups, {"rows": [row("0", "07:00")]})[0]["problem"] == ""


def test_a_new_line_without_a_time_does_not_count_yet(cups: Cups) -> None:
    lines = moved(cups, {"rows": [row("new", "")]})
    assert cups.value == ()
    assert lines[0]["problem"] == "Give a time such as 08:30. It does not count yet."


def test_a_drink_that_is_not_offered_is_refused(cups: Cups) -> None:
    lines = moved(cups, {"rows": [row("0", "08:00", "gin")]})
    assert cups.value == (Cup(8, "espresso"),)
    assert "“gin” is not a drink on the list." in lines[0]["problem"]


@pytest.mark.parametrize("rows", [None, "x", {"a": 1}])
def test_lines_of_another_shape_change_nothing(cups: Cups, rows: object) -> None:
    moved(cups, {"rows": rows})
    assert cups.value == START


def test_the_number_of_cups_is_limited(cups: Cups) -> None:
    moved(cups, {"rows": [row(str(i), "10:00") for i in range(MOST_CUPS + 5)]})
    assert len(cups.value) == MOST_CUPS


def test_reset_and_value_replace_everything(cups: Cups) -> None:
    values: list[tuple[Cup, ...]] = []
    cups.on_change(values.append)
    cups.value = (Cup(22, "tea"), Cup(1, "tea"))
    assert cups.value == (Cup(1, "tea"), Cup(22, "tea"))
    moved(cups, {"start": "reset"})
    assert cups.value == START
    cups.value = ()
    cups.reset()
    assert values[-1] == START


def test_impossible_cups_are_refused(cups: Cups) -> None:
    with pytest.raises(NotAllowedError, match="time_h"):
        Cup(24, "tea")
    with pytest.raises(NotAllowedError, match="time_h"):
        Cup(float("nan"), "tea")
    with pytest.raises(ValueError, match="no drink 'gin'"):
        Cups(DRINKS, [Cup(8, "gin")])
    with pytest.raises(ValueError, match="at most 12"):
        cups.value = [Cup(8, "tea")] * 13
    assert cups.value == START


WEIRD = st.one_of(st.none(), st.text(max_size=50), st.integers(), st.lists(st.integers()))


@given(
    st.lists(
        st.one_of(
            WEIRD,
            st.fixed_dictionaries(
                {"key": WEIRD, "time": st.one_of(WEIRD, st.just("09:45")), "drink": WEIRD}
            ),
        ),
        max_size=20,
    )
)
def test_whatever_is_sent_the_value_stays_valid(rows: list[object]) -> None:
    cups = Cups(DRINKS, START)
    moved(cups, {"rows": rows})
    assert len(cups.value) <= MOST_CUPS
    assert all(cup.drink in {"espresso", "tea"} and 0 <= cup.time_h < 24 for cup in cups.value)


@given(st.integers(0, 24 * 60 - 1))
def test_every_minute_is_shown_and_read_back(minute: int) -> None:
    cups = Cups(DRINKS, [Cup(minute / 60, "tea")])
    moved(cups, {"rows": cups._shown["rows"]})
    assert cups.value == (Cup(minute / 60, "tea"),)


def test_times_are_shown_to_the_minute_and_stay_within_the_day() -> None:
    cups = Cups(DRINKS, [Cup(23.9999, "tea")])
    assert cups._shown["rows"][0]["time"] == "23:59"
