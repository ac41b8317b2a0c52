"""A checklist: the ticked items are always a part of the list, in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.parts import send
from twitchlib.errors import NotAllowedError
from twitchlib.widgets.checklist import Checklist, Item

ITEMS = [Item("a", "A"), Item("b", "B", "only if"), Item("c", "C")]


def test_ticks_are_reported_in_list_order() -> None:
    ticks = Checklist("?", ITEMS)
    calls: list[tuple[str, ...]] = []
    ticks.on_change(calls.append)
    send(ticks, {"ticked": ["c", "a"]})
    ticks.value = ()
    assert calls == [("a", "c"), ()]


@given(st.one_of(st.none(), st.text(), st.lists(st.one_of(st.text(), st.integers(), st.just("b")))))
def test_whatever_is_sent_only_items_are_ticked(raw: object) -> None:
    ticks = Checklist("?", ITEMS)
    send(ticks, {"ticked": raw})
    assert set(ticks.value) <= {"a", "b", "c"}
    assert ("b" in ticks.value) == (isinstance(raw, list) and "b" in raw)


def test_impossible_items_are_refused() -> None:
    ticks = Checklist("?", ITEMS)
    ticks.value = ["b"]
    with pytest.raises(NotAllowedError, match="item = 'x': must be one of a, b, c"):
        ticks.value = ["a", "x"]
    assert ticks.value == ("b",)
    with pytest.raises(ValueError, match="same id"):
        Checklist("?", [ITEMS[0], ITEMS[0]])
