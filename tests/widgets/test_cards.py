"""Rows of the guide as text: complete, with sources, escaped."""

import pytest

from twitchlib import guide
from twitchlib.widgets.cards import conditions, normal_situations, statements
from twitchlib.widgets.prose import text


def test_statements_are_those_asked_for() -> None:
    shown = statements("where", "how-common").html
    for name, row in guide.rows("twitching").items():
        assert (text(row["statement"]) in shown) == (name in ("where", "how-common"))
    with pytest.raises(KeyError, match="nothing"):
        statements("nothing")


def test_every_situation_is_told_from_both_sides() -> None:
    for row in guide.rows("normal").values():
        assert text(row["guide_says"]) in normal_situations().html
        assert text(row["studies_find"]) in normal_situations().html


def test_every_condition_is_told_in_full_with_its_sources() -> None:
    shown = conditions().html
    for row in guide.rows("conditions").values():
        for column in ("means_it", "comes_with", "found_by", "in_balance", "unchecked"):
            assert text(row[column] or "") in shown
        for key in row["references"]:
            assert text(guide.references()[key].short) in shown
