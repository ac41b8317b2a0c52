"""The plan to take along: complete, self-contained, and plain text whatever was typed."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from twitchlib import care, guide
from twitchlib.care.page import LONGEST_NOTE


class Reader(HTMLParser):
    """The elements and words of a page as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_holds_the_plan_the_table_and_the_safety_net() -> None:
    plan = care.plan(["stress", "dehydration", "als"])
    words = Reader(plan.to_html()).words
    for remedy in plan.remedies:
        for said in (remedy.name, remedy.how_to, remedy.ask_first, remedy.verdict):
            assert said in words
    for row in guide.rows("actions").values():
        assert row["symptoms"] in words
        assert row["action"] in words
    for name in ("no-diagnosis", "in-doubt"):
        assert guide.rows("safety_net")[name]["text"] in words
    assert "ALS (motor neurone disease): no remedy at home is known." in words


def test_it_makes_no_requests() -> None:
    page = care.plan(list(care.causes())).to_html()
    assert not re.search(r"(src|href)\s*=|https?:|<script|@import|url\(", page)


def test_it_is_made_for_printing() -> None:
    page = care.plan(["stress"]).to_html()
    assert "@page { size: A4" in page
    assert "@media print" in page


@given(st.text(max_size=LONGEST_NOTE))
def test_whatever_is_typed_stays_text(note: str) -> None:
    plain = Reader(care.plan(["stress"]).to_html())
    noted = Reader(care.plan(["stress"]).to_html(note))
    extra = ["p"] if note.strip() else []
    assert sorted(noted.elements) == sorted([*plain.elements, *extra])


def test_a_note_is_shown_and_a_long_one_is_cut() -> None:
    page = care.plan([]).to_html("<b>" + "x" * 2 * LONGEST_NOTE)
    assert "&lt;b&gt;xxx" in page
    assert "x" * LONGEST_NOTE not in page
    assert "nothing chosen yet" in page
