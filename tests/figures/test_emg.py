"""Figures of an EMG describe the events, keep their scale, and stay small."""

import numpy as np
import pytest

from twitchlib import emg, twitches
from twitchlib.emg import Detection, Signal
from twitchlib.figures import emg as figures
from twitchlib.figures.emg.detection import describe_detection
from twitchlib.widgets.figure_view import flatten


@pytest.fixture(scope="module")
def clonus() -> Detection:
    made = twitches.simulate("clonus", seed=1, duration_s=10)
    return emg.detect(made)


def test_events_are_described_and_tabulated(clonus: Detection) -> None:
    drawn = figures.plot_detection(clonus)
    meta = drawn.layout.meta
    assert meta["description"] == describe_detection(clonus)
    assert f"{len(clonus)} events stand out" in meta["description"]
    assert len(meta["table"]["rows"]) == len(clonus)
    assert drawn.layout.title.text == "50 events in 10 s"


def test_the_scale_stays_put_and_a_part_stays_inside(clonus: Detection) -> None:
    parts = [figures.plot_detection(clonus, start_s=s, shown_s=2) for s in (0, 3, 600)]
    assert len({tuple(part.layout.yaxis.range) for part in parts}) == 1
    assert [tuple(part.layout.xaxis.range) for part in parts] == [(0, 2), (3, 5), (8, 10)]


def test_rest_is_described_as_rest() -> None:
    rest = emg.detect(Signal(np.random.default_rng(1).normal(0, 0.005, 4000), 2000))
    assert describe_detection(rest).endswith("nothing stands out from that.")
    assert figures.plot_detection(rest).layout.title.text == "0 events in 2 s"


def test_a_long_recording_is_no_heavier_than_a_short_one() -> None:
    long = emg.detect(Signal(np.random.default_rng(1).normal(0, 0.005, 600_000), 2000))
    leaves = flatten(figures.plot_detection(long, shown_s=300)).values()
    sent = [leaf["bdata"] for leaf in leaves if isinstance(leaf, dict) and "bdata" in leaf]
    assert sum(map(len, sent)) < 40_000


def test_recordings_share_one_scale_and_synthetic_ones_are_labelled() -> None:
    found = [emg.analyse(example.simulate(seed=1)) for example in emg.examples().values()]
    drawn = figures.plot_signals(found)
    assert len(drawn.data) == 3
    assert all("(synthetic)" in note.text for note in drawn.layout.annotations)
    assert all(one.signal.name in drawn.layout.meta["description"] for one in found)
    real = emg.analyse(Signal(found[0].signal.emg_mv, 4000, name="Mine"))
    drawn = figures.plot_signals([real])
    assert drawn.layout.annotations[0].text == "Mine"


def test_potentials_that_run_together_are_given_no_height() -> None:
    found = {
        name: emg.analyse(example.simulate(seed=1), high_hz=1900)
        for name, example in emg.examples().items()
    }
    drawn = figures.plot_signals(list(found.values()))
    heights = {
        name: row[1] for name, row in zip(found, drawn.layout.meta["table"]["rows"], strict=True)
    }
    assert heights["myopathy"] is None
    assert heights["healthy"] < heights["neuropathy"] / 2
    label = found["myopathy"].signal.name
    assert f"{label}: potentials that run together" in drawn.layout.meta["description"]


def test_hits_misses_and_false_alarms_are_distinguished() -> None:
    trace = np.random.default_rng(1).normal(0, 0.005, 8000)
    for onset in (2000, 4000):
        trace[onset : onset + 30] *= 100
    found = emg.detect(Signal(trace, 2000))
    match = emg.Match(found.onset_s, [1.0, 3.0])
    drawn = figures.plot_match(found, match, start_s=0, shown_s=4)
    assert drawn.layout.title.text == "1 of 2 fasciculations found, but 1 of 2 marks is false"
    assert "1 missed, and 1 mark is on something else" in drawn.layout.meta["description"]
    words = [row[1] for row in drawn.layout.meta["table"]["rows"]]
    assert sorted(words) == ["no", "yes", "yes, and missed"]
    symbols = [trace.marker.symbol for trace in drawn.data[-3:]]
    assert symbols == ["triangle-up", "x", "circle-open"]
    assert len(drawn.data[-1].x) == match.extra
    assert drawn.layout.meta["description"] == match.sentence
