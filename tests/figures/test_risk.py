"""Drawing, sentence and table show the same result."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import risk
from twitchlib.figures import risk as figures
from twitchlib.palette import DARK, LIGHT
from twitchlib.words import number_word

ALL, REST = (number_word(len(risk.factors()) - n) for n in (0, 2))
WEEKS = st.sampled_from([risk.Habits(), *risk.presets().values()])


@given(WEEKS)
@settings(deadline=None)
def test_marks_and_lengths_show_the_levels(week: risk.Habits) -> None:
    found = risk.assess(week)
    length, *marks, _kept = figures.plot_levels(found).data
    for row, finding in enumerate(found.findings):
        assert length.x[3 * row + 1] == finding.level.rank
        shown = [mark.text for mark in marks if not np.isnan(mark.x[row])]
        assert shown == [finding.level.mark]


@given(WEEKS)
@settings(deadline=None)
def test_the_sentence_names_every_contributing_habit_and_no_other(week: risk.Habits) -> None:
    found = risk.assess(week)
    sentence = figures.describe(found)
    for finding in found.findings:
        named = finding.label.lower() in sentence.lower()
        assert named == (finding.level.rank > 0)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("habits", "title", "sentence"),
    [
        (
            {},
            "No habit stands out",
            f"Not a factor: all {ALL} habits.",
        ),
        (
            {"sleep_h": 5, "caffeine_mg": 700},
            "Two habits stand out: caffeine and sleep",
            "Likely contributor: caffeine; may contribute: sleep; "
            f"not a factor: the other {REST} habits.",
        ),
    ],
)
def test_titles_say_what_the_figure_shows(
    habits: dict[str, float], title: str, sentence: str
) -> None:
    figure = figures.plot_levels(risk.assess(risk.Habits(**habits)))
    assert figure.layout.title.text == title
    assert figure.layout.meta["description"] == sentence


def test_a_kept_week_is_drawn_and_described_where_a_level_differs() -> None:
    before, after = risk.assess(), risk.assess(risk.Habits(sleep_h=4, caffeine_mg=100))
    figure = figures.plot_levels(after, before)
    kept = figure.data[-1]
    assert [row for row, rank in enumerate(kept.x) if rank == 0] == [1]
    assert np.isnan(np.delete(kept.x, 1)).all()
    assert figure.layout.meta["description"].endswith(
        "Compared with the week you kept: sleep now: likely contributor; "
        "at another value but the same level: caffeine."
    )


def test_an_unchanged_week_is_described_as_the_same() -> None:
    assert figures.describe_change(risk.assess(), risk.assess()) == "The same as the week you kept."


def test_the_axes_do_not_move_between_weeks() -> None:
    one, other = (
        figures.plot_levels(risk.assess(w)).layout for w in list(risk.presets().values())[:2]
    )
    for axis in ("xaxis", "yaxis"):
        assert one[axis].range == other[axis].range
    assert one.xaxis.title.text
    assert one.height == other.height


def test_only_numbers_change_between_weeks_so_that_a_slider_is_answered_fast() -> None:
    one, other = (
        figures.plot_levels(risk.assess(week)).to_dict()
        for week in (risk.Habits(), risk.presets()["exam-week"])
    )
    for before, after in zip(one["data"], other["data"], strict=True):
        assert before | {"x": None} == after | {"x": None}
    kept = {"title", "meta"}
    assert {k: v for k, v in one["layout"].items() if k not in kept} == {
        k: v for k, v in other["layout"].items() if k not in kept
    }


def test_the_table_gives_the_level_and_the_verdict_in_words() -> None:
    table = figures.plot_levels(risk.assess({"sleep_h": 4})).layout.meta["table"]
    row = next(row for row in table["rows"] if row[0] == "Sleep")
    assert row[1:3] == ["4 h/night", "likely contributor"]
    assert row[4] == "weak evidence"
    assert all(len(row) == len(table["columns"]) for row in table["rows"])


def test_only_palette_colours_are_drawn_so_that_dark_mode_can_swap_them() -> None:
    drawn = re.findall(
        r"#[0-9A-Fa-f]{6}", figures.plot_levels(risk.assess()).to_json(engine="json")
    )
    assert drawn
    assert set(drawn) <= set(LIGHT.values())
    assert LIGHT.keys() == DARK.keys()


def test_an_example_is_named_until_something_stands_out() -> None:
    example = "Exam week", risk.assess(risk.presets()["exam-week"])
    for week, shown in ((risk.Habits(), True), (risk.Habits(sleep_h=5), False)):
        figure = figures.plot_levels(risk.assess(week), example=example)
        name = next(trace for trace in figure.data if trace.text == "for example: exam week")
        assert np.isfinite(name.x[0]) == shown
        assert ("for example: Exam week" in figure.layout.meta["description"]) == shown
        assert "sleep" not in figure.layout.meta["description"] or not shown
