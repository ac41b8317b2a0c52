"""Rows of the guide as text: complete, with sources, escaped."""

import re

import pytest

from tests.widgets.parts import text
from twitchlib import guide
from twitchlib.places import folder
from twitchlib.widgets.cards import additions, conditions, normal_situations, statements


def test_only_the_named_statements_are_shown() -> None:
    shown = statements("where", "how-common").html
    for name, row in guide.rows("twitching").items():
        assert (text(row["statement"]) in shown) == (name in ("where", "how-common"))
    with pytest.raises(KeyError, match="nothing"):
        statements("nothing")


def test_every_situation_is_described_from_both_sides() -> None:
    for row in guide.rows("normal").values():
        assert text(row["guide_says"]) in normal_situations().html
        assert text(row["studies_find"]) in normal_situations().html


def test_every_condition_is_described_in_full_with_its_sources() -> None:
    shown = conditions().html
    for row in guide.rows("conditions").values():
        for column in ("means_it", "comes_with", "found_by", "in_balance", "unchecked"):
            assert text(row[column] or "") in shown
        for key in row["references"]:
            assert text(guide.references()[key].short) in shown


def test_what_the_course_adds_says_so_and_has_sources() -> None:
    rows = guide.rows("additions")
    shown = additions().html
    assert shown.count("Added by the course. The guide does not mention this.") == len(rows)
    for name, row in rows.items():
        alone = additions(name).html
        for words in (row["title"], row["what"], row["do"], row["unchecked"] or ""):
            assert text(words) in alone
        assert row["references"]
        assert all(text(guide.references()[key].short) in alone for key in row["references"])
    with pytest.raises(KeyError, match="nothing"):
        additions("nothing")


def test_every_addition_appears_in_one_lesson() -> None:
    lessons = [path.read_text(encoding="utf-8") for path in folder("notebooks").glob("*.ipynb")]
    cells = [
        call
        for lesson in lessons
        for call in re.findall(r"additions\((.*?)\)", lesson.replace('\\"', '"'), re.DOTALL)
    ]
    named = [name for call in cells for name in re.findall(r"[a-z-]{3,}", call)]
    assert sorted(named) == sorted(guide.rows("additions"))
