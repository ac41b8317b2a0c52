"""A diary's figures, sentences and tables agree."""

import datetime
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import diary
from twitchlib.diary import Diary, Entry, relate, simulate
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.figures import diary as figures
from twitchlib.figures.diary import relations
from twitchlib.figures.diary.calendar import describe_days
from twitchlib.figures.diary.relations import describe_relations
from twitchlib.palette import LIGHT

YEAR = simulate(seed=1)
DAYS = YEAR.days()
FOUND = relate(DAYS)
SIZES = [0, 1, 10, 40, 91, 92, 365, 800]


def of(n_days: int) -> diary.Days:
    return (simulate(seed=2, n_days=n_days) if n_days else Diary()).days()


# ---------------------------------------------------------------- the calendar


@pytest.mark.parametrize("n_days", SIZES)
def test_every_day_of_the_last_year_has_one_mark(n_days: int) -> None:
    days = of(n_days)
    many, none, missing = figures.plot_calendar(days).data
    marks = [
        (x, y) for trace in (many, none, missing) for x, y in zip(trace.x, trace.y, strict=True)
    ]
    assert len(marks) == len(set(marks))
    if len(days.dates) > 51 * 7:
        assert 51 * 7 < len(marks) <= 52 * 7
    else:
        assert len(many.x) == np.sum(days.twitches > 0)
        assert len(none.x) == np.sum(days.twitches == 0)
        assert len(missing.x) == np.sum(~days.counted)


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)))
@settings(max_examples=20)
def test_a_day_stands_in_the_column_of_its_weekday(date: datetime.date) -> None:
    mark = figures.plot_calendar(Diary((Entry(date, 3),)).days()).data[0]
    assert mark.x[0] == date.weekday()


def test_more_twitches_make_a_larger_dot() -> None:
    start = datetime.date(2026, 3, 2)
    entries = [Entry(start + datetime.timedelta(days=i), 2**i) for i in range(5)]
    sizes = figures.plot_calendar(Diary(tuple(entries)).days()).data[0].marker.size
    assert all(np.diff(sizes) >= 0)
    assert sizes[-1] > sizes[0]


def test_the_calendars_table_has_every_day_and_blanks_for_uncounted_ones() -> None:
    rows = figures.plot_calendar(of(800)).layout.meta["table"]["rows"]
    days = of(800)
    assert len(rows) == len(days.dates)
    assert [row[1] is None for row in rows] == (~days.counted).tolist()


def test_the_sentence_distinguishes_counted_days_from_missing_ones() -> None:
    sentence = describe_days(DAYS)
    assert f"counted on {DAYS.counted.sum()} of 365 days" in sentence
    assert sentence.endswith("A day that was not counted is not a day without twitches.")
    assert describe_days(of(0)) == "There is no count of twitches yet."


# ---------------------------------------------------------------- the trend


@pytest.mark.parametrize("n_days", SIZES)
def test_the_trend_is_drawn_within_its_band(n_days: int) -> None:
    high, low, count, mean = figures.plot_trend(of(n_days)).data
    drawn = ~np.isnan(mean.y)
    assert np.all(low.y[drawn] <= mean.y[drawn])
    assert np.all(mean.y[drawn] <= high.y[drawn])
    np.testing.assert_equal(count.y, of(n_days).twitches)


def test_few_days_have_no_trend_and_the_figure_says_so() -> None:
    assert figures.plot_trend(of(3)).layout.title.text == "Too few days for a trend"


# ---------------------------------------------------------------- the associations


def test_each_pair_has_the_mark_of_its_verdict_at_its_correlation() -> None:
    _, *marks, _ = figures.plot_relations(FOUND).data
    for i, pair in enumerate(FOUND.associations):
        shown = [mark for mark in marks if not np.isnan(mark.x[i])]
        assert [mark.text for mark in shown] == [relations.MARKS[pair.verdict]]
        assert shown[0].x[i] == pair.correlation


def test_the_sentence_names_what_stands_out_and_what_a_diary_cannot_tell() -> None:
    sentence = describe_relations(FOUND)
    assert all(relations.pair_text(pair) in sentence for pair in FOUND.standing_out[:4])
    assert sentence.startswith("20 pairs were looked at")
    assert sentence.endswith("What goes together need not be cause and effect.")
    assert "held equal" in describe_relations(relate(DAYS, others_equal=True))


def test_no_word_claims_a_cause() -> None:
    texts = " ".join(
        [
            describe_relations(FOUND),
            figures.plot_relations(FOUND).layout.title.text,
            *map(relations.pair_text, FOUND.known),
        ]
    )
    assert not re.search(r"\b(causes|caused|because|due to|leads? to|effect of)\b", texts)


def test_the_sentence_says_so_if_nothing_is_found() -> None:
    nothing = relate(simulate(seed=5, n_days=60, effects=()).days())
    assert nothing.standing_out == ()
    assert figures.plot_relations(nothing).layout.title.text == "Nothing stands out"
    assert "nothing stands out" in describe_relations(nothing)


@pytest.mark.parametrize("n_days", [0, 1, 20])
def test_too_few_days_are_reported(n_days: int) -> None:
    figure = figures.plot_relations(relate(of(n_days)))
    assert figure.layout.title.text == "Too few days to compare"
    assert "too few days" in figure.layout.meta["description"]


def test_built_in_effects_are_marked_on_demand() -> None:
    truth = {(effect.habit, effect.lag_days) for effect in KNOWN_EFFECTS}
    put_in = figures.plot_relations(FOUND, truth=truth).data[-1]
    marked = {
        (pair.habit.id, pair.lag_days)
        for pair, x in zip(FOUND.associations, put_in.x, strict=True)
        if not np.isnan(x)
    }
    assert marked == truth
    assert np.isnan(figures.plot_relations(FOUND).data[-1].x).all()


def test_the_table_has_every_pair_and_its_verdict_in_words() -> None:
    table = figures.plot_relations(FOUND).layout.meta["table"]
    assert len(table["rows"]) == len(FOUND.associations)
    assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert [row[5] for row in table["rows"]] == [pair.verdict for pair in FOUND.associations]


def test_the_axes_stay_put_from_diary_to_diary() -> None:
    one, other = (
        figures.plot_relations(relate(simulate(seed=seed).days())).layout for seed in (1, 2)
    )
    assert (one.xaxis.range, one.yaxis.range, one.height) == (
        other.xaxis.range,
        other.yaxis.range,
        other.height,
    )


# ---------------------------------------------------------------- several diaries

CHANCE = [relate(simulate(seed=seed, n_days=120, effects=()).days()) for seed in (1, 2, 3)]


def test_every_pair_has_its_mark_in_the_column_of_its_diary() -> None:
    drawn = figures.plot_diaries(CHANCE)
    marks = {
        (x, y): trace.text for trace in drawn.data for x, y in zip(trace.x, trace.y, strict=True)
    }
    rows = relations.pair_rows(CHANCE[0].associations)
    assert marks == {
        (number, row): relations.MARKS[pair.verdict]
        for number, found in enumerate(CHANCE, 1)
        for row, pair in zip(rows, found.associations, strict=True)
    }


def test_diaries_in_which_something_shows_are_counted_and_named() -> None:
    drawn = figures.plot_diaries(CHANCE, synthetic=True)
    named = [any(row[1:]) for row in drawn.layout.meta["table"]["rows"]]
    assert drawn.layout.title.text.endswith(f"shows in {sum(named)} of 3")
    assert "60 looks in all" in drawn.layout.meta["description"]
    assert "stand out" in figures.plot_diaries([FOUND]).layout.meta["description"]


def test_a_short_diary_and_no_diary_at_all_are_drawn_too() -> None:
    short = figures.plot_diaries([relate(of(20))])
    assert short.layout.title.text == "Something shows in 0 of 1"
    assert figures.plot_diaries([]).layout.title.text == "Something shows in 0 of 0"


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("n_days", SIZES)
def test_a_made_up_diary_is_called_made_up(n_days: int) -> None:
    days = of(n_days)
    for figure in (
        figures.plot_calendar(days, synthetic=True),
        figures.plot_trend(days, synthetic=True),
        figures.plot_relations(relate(days), synthetic=True),
    ):
        assert figure.layout.title.text.startswith("A made-up diary: ")
        assert figure.layout.meta["description"].endswith(".")
        assert figure.layout.xaxis.title.text


def test_no_text_from_a_diary_appears_in_a_figure() -> None:
    start = datetime.date(2026, 1, 1)
    entries = tuple(
        Entry(start + datetime.timedelta(days=i), i % 5, "<b>calf</b>", notes="<script>")
        for i in range(60)
    )
    days = Diary(entries).days()
    for figure in (
        figures.plot_calendar(days),
        figures.plot_trend(days),
        figures.plot_relations(relate(days)),
    ):
        assert "calf" not in figure.to_json(engine="json")
        assert "<script" not in figure.to_json(engine="json")


def test_only_palette_colours_are_drawn_so_that_dark_mode_can_swap_them() -> None:
    for figure in (
        figures.plot_calendar(DAYS),
        figures.plot_trend(DAYS),
        figures.plot_relations(FOUND, truth={("stress", 0)}),
        figures.plot_diaries(CHANCE),
    ):
        drawn = re.findall(r"#[0-9A-Fa-f]{6}", figure.to_json(engine="json"))
        assert drawn
        assert set(drawn) <= set(LIGHT.values())
