"""Links to a state: read with care, written so that they read back."""

import dataclasses
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.widgets.page_link import (
    LONGEST_QUERY,
    PageLink,
    parse_names,
    parse_query,
    problems_markup,
)

DRINKS = {"coffee": "Coffee", "tea": "Black tea"}


@dataclass(frozen=True)
class Day(Quantities):
    caffeine_mg: float = quantity(80, "Caffeine", unit="mg/day", low=0, high=1000, source="test")
    sleep_h: float = quantity(8, "Sleep", unit="h", low=0, high=14, source="test")
    shots: int = quantity(2, "Shots", unit="", low=0, high=10, source="test", integer=True)
    drink: str = choice("coffee", "Drink", DRINKS)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.caffeine_mg > 900 and self.sleep_h > 12:
            raise NotAllowedError("sleep_h", self.sleep_h, "at most 12 h with so much caffeine")


PRESETS = {"exam-week": Day(caffeine_mg=500, sleep_h=5), "calm": Day(caffeine_mg=0)}


def read(query: str) -> tuple[Day, tuple[str, ...]]:
    return parse_query(query, Day, PRESETS)


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("", Day()),
        ("?", Day()),
        ("?caffeine_mg=500&sleep_h=5", Day(caffeine_mg=500, sleep_h=5)),
        ("sleep_h=7.5", Day(sleep_h=7.5)),
        ("?sleep_h=7,5", Day(sleep_h=7.5)),
        ("?shots=3&drink=tea", Day(shots=3, drink="tea")),
        ("?preset=exam-week", PRESETS["exam-week"]),
        ("?sleep_h=9&preset=exam-week", Day(caffeine_mg=500, sleep_h=9)),
        ("?sleep_h=3&sleep_h=4", Day(sleep_h=4)),
        ("?present=1&sleep_h=4", Day(sleep_h=4)),
    ],
)
def test_a_good_link_is_followed_without_complaint(query: str, value: Day) -> None:
    assert read(query) == (value, ())


@pytest.mark.parametrize(
    ("query", "value", "words"),
    [
        ("?sleep_h=lots", Day(), ["Sleep", "sleep_h", "“lots”", "0 to 14 h", "uses 8 h."]),
        ("?sleep_h=15&caffeine_mg=3", Day(caffeine_mg=3), ["“15”", "0 to 14 h"]),
        ("?sleep_h=", Day(), ["Sleep", "“”"]),
        ("?sleep_h=nan", Day(), ["“nan”"]),
        ("?shots=2.5", Day(), ["Shots", "a whole number"]),
        ("?drink=gin", Day(), ["Drink", "“gin”", "one of coffee, tea", "uses coffee."]),
        ("?naps=2", Day(), ["“naps”", "does not know"]),
        ("?preset=party", Day(), ["“party”", "exam-week, calm"]),
        ("?preset=exam-week&sleep_h=x", PRESETS["exam-week"], ["“x”", "uses 5 h."]),
        ("?caffeine_mg=950&sleep_h=13", Day(caffeine_mg=950), ["at most 12 h"]),
        ("?a=" + "x" * LONGEST_QUERY, Day(), ["longer than"]),
        ("?" + "a=1&" * 60, Day(), ["more than 50"]),
        ("?sleep_h=<script>alert(1)</script>", Day(), ["“<script>alert(1)</script>”"]),
    ],
)
def test_what_cannot_be_used_is_named_and_left_out(
    query: str, value: Day, words: list[str]
) -> None:
    got, problems = read(query)
    assert got == value
    assert len(problems) == 1
    for word in words:
        assert word in problems[0]


def test_names_to_ignore_are_the_pages_own_unless_others_are_given() -> None:
    assert parse_query("?theme=dark", Day, ignore={"theme"})[1] == ()
    assert len(parse_query("?present=1", Day, ignore=())[1]) == 1


NAMES = st.sampled_from(["caffeine_mg", "sleep_h", "shots", "drink", "preset", "present", "x"])
VALUES = st.one_of(
    st.text(max_size=60), st.floats().map(str), st.integers().map(str), st.sampled_from(["calm"])
)


@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(st.tuples(NAMES, VALUES), max_size=8).map(lambda p: "?" + _encoded(p)),
    )
)
def test_any_link_gives_a_valid_value_and_short_plain_problems(query: str) -> None:
    value, problems = read(query)
    assert Day(**dataclasses.asdict(value)) == value
    assert value.drink in DRINKS
    for problem in problems:
        assert problem.isprintable()
        assert len(problem) < 300


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="replace")


@given(
    caffeine_mg=st.floats(0, 900),
    sleep_h=st.floats(0, 14),
    shots=st.integers(0, 10),
    drink=st.sampled_from(list(DRINKS)),
)
def test_what_is_written_reads_back_exactly(
    caffeine_mg: float, sleep_h: float, shots: int, drink: str
) -> None:
    day = Day(caffeine_mg, sleep_h, shots, drink)
    link = PageLink()
    link.write(dataclasses.asdict(day))
    assert read(link._written) == (day, ())


def test_whole_numbers_are_written_without_a_point() -> None:
    link = PageLink()
    link.write({"caffeine_mg": 500.0, "sleep_h": 7.5, "note": "a & b"})
    assert dict(parse_qsl(link._written)) == {
        "caffeine_mg": "500",
        "sleep_h": "7.5",
        "note": "a & b",
    }


def test_the_query_reaches_the_page(caplog: pytest.LogCaptureFixture) -> None:
    queries: list[str] = []
    link = PageLink(on_query=queries.append)
    for content in [{"query": "?a=1"}, {"query": ""}, {"query": 3}, "?a=2", None]:
        link._receive(link, content, [])
    assert queries == ["?a=1"]

    def broken(_: str) -> None:
        raise RuntimeError("no such page")

    failing = PageLink(on_query=broken)
    failing._receive(failing, {"query": "?a=1"}, [])
    assert "no such page" in caplog.text
    PageLink()._receive(None, {"query": "?a=1"}, [])


def test_a_list_of_words_is_read_once_each_and_bounded() -> None:
    assert parse_names("?causes=b, a,b,&x=1", "causes", ["a", "b"]) == (("b", "a"), ())
    assert parse_names("?x=1", "causes", ["a"]) == ((), ())
    names, problems = parse_names("?causes=c", "causes", ["a", "b"])
    assert (names, problems) == (
        (),
        ("The link gives “c” for causes, which is unknown. Known: a, b.",),
    )
    names, problems = parse_names(f"?causes={'a' * LONGEST_QUERY}", "causes", ["a"])
    assert names == ()
    assert "longer than" in problems[0]


def test_each_problem_is_shown_once_and_as_text() -> None:
    assert problems_markup(["<b>", "<b>"]) == ('<p class="tw-problem" role="status">&lt;b&gt;</p>')
