"""Figures of recordings: what is drawn is what was recorded, on axes that stay put."""

import math

import numpy as np
import pytest

from twitchlib import twitches
from twitchlib.errors import UnknownNameError
from twitchlib.figures.twitches import plot_gallery, plot_recording
from twitchlib.figures.twitches.plots import SIGNALS
from twitchlib.figures.twitches.tries import plot_tries
from twitchlib.physiology.reflex import HEALTHY, SPASTIC
from twitchlib.twitches import Recording, kinds


def recorded(kind: str, duration_s: float = 6, **known: object) -> Recording:
    return twitches.simulate(
        kind, seed=1, duration_s=duration_s, sample_hz=1000, **known  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_drawn_with_titles_and_units(kind: str) -> None:
    figure = plot_recording(recorded(kind))
    axes = [figure.layout.yaxis, figure.layout.yaxis2, figure.layout.yaxis3]
    assert [axis.title.text.split("<br>")[-1] for axis in axes] == (
        ["the foot (°)", "unit no.", "EMG (mV)"]
        if kind == "clonus"
        else ["unit no.", "EMG (mV)", "Force (N)"]
    )
    assert figure.layout.xaxis.title.text == "Time (s)"
    assert figure.layout.meta["description"]
    assert len(figure.layout.meta["table"]["rows"]) == len(recorded(kind).events)


def test_even_the_shortest_potential_is_drawn() -> None:
    made = recorded("fasciculation", 120, rate_per_min=3)
    emg = plot_recording(made).data[1]
    assert made.events
    assert emg.y.size <= 1000
    assert emg.y.max() == pytest.approx(made.emg_mv.max())
    assert emg.y.min() == pytest.approx(made.emg_mv.min())


def test_all_of_few_units_are_drawn_and_every_tenth_of_many() -> None:
    few, many = recorded("spasm", units=8), recorded("clonus")
    strokes = [
        next(trace for trace in plot_recording(made).data if trace.name == "spikes").x[::3]
        for made in (few, many)
    ]
    assert strokes[0].size == few.discharges.time_s.size
    assert strokes[1].size == np.sum(many.discharges.unit % 10 == 0)


def test_a_recording_to_be_named_shows_neither_units_nor_names() -> None:
    for kind in kinds():
        figure = plot_recording(recorded(kind), named=False)
        assert [trace.name for trace in figure.data] == ["emg", "force"]
        assert figure.layout.title.text == "What is it?"
        assert kind not in str(figure.layout.meta)


def test_given_ranges_are_kept() -> None:
    ranges = {"emg": (-2.0, 2.0), "force": (0.0, 9.0)}
    figure = plot_recording(recorded("spasm"), ranges=ranges, until_s=30)
    assert figure.layout.xaxis.range == (0, 30)
    assert figure.layout.yaxis2.range == (-2, 2)
    assert figure.layout.yaxis3.range == (0, 9)


def test_moments_are_named_beside_a_line() -> None:
    figure = plot_recording(recorded("clonus"), marks={"stretch": 0.5})
    assert [(note.text, note.x) for note in figure.layout.annotations] == [("stretch", 0.5)]
    assert figure.layout.shapes[0].x0 == 0.5


def test_an_earlier_recording_stays_as_a_faint_line_below() -> None:
    figure = plot_recording(recorded("clonus"), recorded("clonus", preset="healthy"))
    names = [trace.name for trace in figure.data]
    assert names == ["before", "angle", "before", "spikes", "emg"]  # the line, and its name
    assert [trace.text for trace in figure.data if trace.mode == "text"] == ["before"]
    assert "Faint line: 4 beats of a stretch reflex" in figure.layout.meta["description"]


RECORDINGS = {kind: recorded(kind) for kind in ("fasciculation", "clonus", "spasm")}


class TestGallery:
    @pytest.mark.parametrize("show", SIGNALS)
    def test_each_recording_has_a_row_with_its_name(self, show: str) -> None:
        figure = plot_gallery(RECORDINGS, show=show)
        assert [trace.name for trace in figure.data] == list(RECORDINGS)
        assert [note.text for note in figure.layout.annotations] == [
            f"<b>{name}</b>" for name in RECORDINGS
        ]
        for name in RECORDINGS:
            assert f"{name}: " in figure.layout.meta["description"]

    def test_one_scale_is_that_of_the_largest(self) -> None:
        own = plot_gallery(RECORDINGS).layout
        same = plot_gallery(RECORDINGS, same_scale=True).layout
        assert same.yaxis.range == same.yaxis2.range == same.yaxis3.range
        assert same.yaxis2.range[1] == max(a.range[1] for a in (own.yaxis, own.yaxis2, own.yaxis3))
        assert own.yaxis.range != own.yaxis2.range

    def test_an_unknown_signal_is_refused(self) -> None:
        with pytest.raises(
            UnknownNameError, match="show = 'smell': must be one of units, emg, force"
        ):
            plot_gallery(RECORDINGS, show="smell")


class TestTries:
    def test_tries_are_told_apart_by_their_marks(self) -> None:
        figure = plot_tries({HEALTHY: math.nan, SPASTIC: 5.2}, SPASTIC)
        dying, lasting, now = figure.data[-3:]
        assert (list(dying.y), list(lasting.y), list(now.y)) == ([0.2], [0.5], [0.5])
        assert len({trace.marker.symbol for trace in figure.data[-3:]}) == 3
        assert figure.layout.title.text == "In 1 of 2 tries the foot beats on"
        assert figure.layout.meta["table"]["rows"] == [[50, 0.2, "dies out"], [50, 0.5, 5.2]]

    def test_tries_with_another_foot_are_left_out(self) -> None:
        heavy = SPASTIC.replace(load_nm=8)
        figure = plot_tries({heavy: math.nan, SPASTIC: 5.2}, SPASTIC)
        assert figure.layout.title.text == "On your first try the foot beats on"

    def test_examples_are_named_and_never_counted(self) -> None:
        examples = {HEALTHY.replace(delay_ms=20): math.nan, SPASTIC.replace(gain_s=1.2): 5.0}
        figure = plot_tries({HEALTHY: math.nan}, HEALTHY, examples)
        assert figure.layout.title.text == "On your first try the swing dies out"
        shown = {trace.text: len(trace.x) for trace in figure.data if trace.text}
        assert shown == {"example: dies out": 1, "example: beats on": 1}
        assert len(figure.layout.meta["table"]["rows"]) == 1


def test_the_angle_of_a_moving_joint_gets_the_largest_panel() -> None:
    layout = plot_recording(recorded("clonus")).layout
    heights = [np.ptp(axis.domain) for axis in (layout.yaxis, layout.yaxis2, layout.yaxis3)]
    assert heights[0] > 1.5 * max(heights[1:])
    assert layout.yaxis3.domain[0] == 0


def test_a_small_change_leaves_the_axes_alone() -> None:
    one, other = (plot_recording(recorded("clonus", gain_s=gain)).layout for gain in (0.5, 0.55))
    assert [one[name].range for name in ("yaxis", "yaxis2", "yaxis3")] == [
        other[name].range for name in ("yaxis", "yaxis2", "yaxis3")
    ]


@pytest.mark.parametrize("made", [recorded("myoclonus"), recorded("myoclonus", preset="negative")])
def test_the_axes_are_at_most_twice_what_they_show(made: Recording) -> None:
    layout = plot_recording(made).layout
    assert layout.yaxis2.range[1] < 2 * np.abs(made.emg_mv).max()
    assert layout.yaxis3.range[1] < 2 * made.force_n.max()


@pytest.mark.parametrize(("length_ms", "ending"), [(31, "30 ms long"), (57, "56 ms long")])
def test_a_title_tells_jerks_apart_by_their_length(length_ms: float, ending: str) -> None:
    made = recorded("myoclonus", burst_ms=length_ms, burst_sd_ms=0, longest_ms=100)
    assert plot_recording(made).layout.title.text.endswith(ending)
