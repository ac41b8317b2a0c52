"""A muscle that tires: its figures show and say what is in the run."""

import itertools
import math

import numpy as np
import pytest

from twitchlib.figures.fatigue import describe_hold, describe_units, plot_hold, plot_units
from twitchlib.palette import LIGHT
from twitchlib.physiology.fatigue import MUSCLE, FatigablePool, Hold, simulate


@pytest.fixture(scope="module")
def half() -> Hold:
    return simulate(MUSCLE, 0.5, 120)


@pytest.mark.parametrize(
    ("target", "tried_s", "title"),
    [
        (0.5, 120, "Half of full force, held for 95 s"),
        (0.2, 600, "20 % of full force, held for 8 min 31 s"),
        (0.2, 60, "20 % of full force, still held after 60 s"),
        (0.9, 20, "90 % of full force, held for 6.4 s"),
        (1.0, 20, "Full effort: the force sinks at once"),
    ],
)
def test_titles(target: float, tried_s: float, title: str) -> None:
    assert plot_hold(simulate(MUSCLE, target, tried_s)).layout.title.text == title


def test_the_lines_are_the_run(half: Hold) -> None:
    lines = {trace.name: trace for trace in plot_hold(half).data}
    for name, expected in (
        ("force", 100 * half.force),
        ("the most it can", 100 * half.strongest),
        ("order", 100 * half.drive),
        ("units at work", half.working / 1.2),
        ("EMG", half.emg_mv),
    ):
        np.testing.assert_allclose(lines[name].y, expected, rtol=1e-5)


def test_the_end_of_holding_is_marked_if_there_is_one(half: Hold) -> None:
    level, end = plot_hold(half).layout.shapes
    assert (level.y0, level.y1) == (50, 50)
    assert end.x0 == end.x1 == half.endurance_s
    for target in (0.3, 1.0):
        assert len(plot_hold(simulate(MUSCLE, target, 20)).layout.shapes) == 1


def test_an_earlier_hold_is_faint_and_cut_off_where_the_axis_ends(half: Hold) -> None:
    short = plot_hold(simulate(MUSCLE, 0.9, 20), half)
    before = next(trace for trace in short.data if trace.name == "before")
    assert before.x.max() <= 20
    assert "Faint line: 50 %, held for 95 s." in short.layout.meta["description"]


def test_the_sentence_gives_the_numbers_at_the_start_and_at_the_end_of_holding(half: Hold) -> None:
    described = describe_hold(half)
    held = half.time_s < half.endurance_s
    assert f"the order grows from {100 * half.drive[0]:.0f} % to the maximum" in described
    assert f"from {half.working[0]} to {half.working[held][-1]}" in described
    assert f"from {half.emg_mv[0]:.2f} to {half.emg_mv[held][-1]:.2f} mV" in described
    assert f"to {100 * half.force[-1]:.0f} % after 2 min" in described


def test_the_sentence_says_whether_the_force_is_still_held_or_never_was() -> None:
    assert "is still held after 20 s" in describe_hold(simulate(MUSCLE, 0.3, 20))
    assert "sinks to 75 % of full force in 20 s" in describe_hold(simulate(MUSCLE, 1, 20))
    assert describe_hold(simulate(MUSCLE, 0, 20)) == "There is nothing to hold, and no unit fires."


def test_each_row_of_the_map_shows_its_units_strength(half: Hold) -> None:
    strength, working = plot_units(half).data
    assert strength.z.shape == (strength.y.size, strength.x.size)
    for row in (0, 20, -1):
        expected = np.interp(strength.x, half.time_s, half.capacity[:, int(strength.y[row]) - 1])
        np.testing.assert_allclose(strength.z[row], 100 * expected, atol=0.7)
    assert {colour for _, colour in strength.colorscale} <= set(LIGHT.values())
    np.testing.assert_array_equal(working.y, half.working)


def test_the_table_lists_when_units_begin_and_what_is_left(half: Hold) -> None:
    rows = plot_units(half).layout.meta["table"]["rows"]
    first, *_, last = rows
    assert first == ["1", "0", f"{100 * half.capacity[-1, 0]:.0f}"]
    began_s = half.time_s[np.argmax(half.rate_hz[:, -1] > 0)]
    assert last == ["120", f"{began_s:.0f}", f"{100 * half.capacity[-1, -1]:.0f}"]
    idle = plot_units(simulate(MUSCLE, 0.15, 20)).layout.meta["table"]["rows"][-1]
    assert idle == ["120", "–", "100"]


def test_titles_of_the_map() -> None:
    light = simulate(MUSCLE, 0.2, 600)
    spent = int((light.capacity[-1] < 0.005).sum())
    assert plot_units(light).layout.title.text == f"{spent} units have no strength left"
    tireless = simulate(FatigablePool(loss_percent_per_s=0), 0.3, 20)
    assert plot_units(tireless).layout.title.text == "No unit is tired"
    assert "joined in" not in describe_units(simulate(FatigablePool(adaptation=0), 0.9, 20))


def test_what_is_drawn_fits_its_axes() -> None:
    for target, tried_s in ((0.15, 900), (1, 20)):
        figure = plot_hold(simulate(MUSCLE, target, tried_s))
        for trace in figure.data:
            axis = (
                figure.layout[trace.yaxis.replace("y", "yaxis")]
                if trace.yaxis
                else figure.layout.yaxis
            )
            assert axis.range[0] <= min(trace.y) <= max(trace.y) <= axis.range[1]


@pytest.mark.parametrize("target", [0.15, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
def test_names_of_lines_do_not_overlap(target: float) -> None:
    labels = plot_hold(simulate(MUSCLE, target, 30)).layout.annotations
    for axis in ("y", "y2"):
        spans = sorted(
            (label.y - 25, label.y) if label.yanchor == "top" else (label.y, label.y + 25)
            for label in labels
            if label.yref == axis
        )
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert {"force"} <= {label.text for label in labels}


def test_a_pool_of_another_size_is_drawn() -> None:
    small = simulate(FatigablePool(units=10), 0.5, 60)
    assert plot_units(small).data[0].z.shape[0] == 10
    assert math.isfinite(plot_hold(small).layout.xaxis.range[1])
