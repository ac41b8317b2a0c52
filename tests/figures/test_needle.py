"""Figures of a needle at rest: described from the result, on one scale, no name given away."""

import numpy as np
import pytest

from twitchlib import needle
from twitchlib.emg import measure_needle
from twitchlib.figures.needle import describe, plot_needle, transcript
from twitchlib.widgets.figure_view import flatten

KINDS = tuple(needle.discharges())


@pytest.mark.parametrize("kind", KINDS)
def test_a_discharge_to_be_named_is_not_named(kind: str) -> None:
    recording = needle.simulate(kind, 6, seed=2)
    shown = plot_needle(recording, named=False)
    shown_text = str(shown.layout) + transcript(recording)
    for name, known in needle.discharges().items():
        assert name not in shown_text.replace("at-rest", "")
        assert known.word not in shown_text.lower()
    assert needle.discharges()[kind].title in plot_needle(recording).layout.title.text


@pytest.mark.parametrize("kind", KINDS)
def test_the_description_is_made_from_the_result(kind: str) -> None:
    recording = needle.simulate(kind, 6, seed=2)
    found = measure_needle(recording)
    description = plot_needle(recording).layout.meta["description"]
    assert description == describe(recording, found)
    assert f"{found.potentials} potential" in description
    assert description.endswith("The recording is synthetic.")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("endplate-spikes", "in no rhythm. Each begins negative"),
        ("fibrillation", "evenly. Each begins positive"),
        ("insertion", "in bursts of up to 0."),
        ("myokymic", "in groups of about"),
        ("neuromyotonic", "losing height"),
        ("myotonic", "faster and slower"),
        ("complex-repetitive", "the same each time"),
        ("fasciculation", "now and then"),
    ],
)
def test_each_pattern_has_its_words(kind: str, words: str) -> None:
    assert words in describe(needle.simulate(kind, 6, seed=2))


def test_silence_is_called_silence() -> None:
    far = needle.simulate("endplate-noise", 2, seed=1, distance_mm=1, noise_uv=50)
    assert "nothing stands out" in describe(far)
    assert transcript(far) == "Nothing but a soft hiss for 2 s."
    assert plot_needle(far).layout.title.text == "End-plate noise, nothing that stands out"


def test_the_scale_stays_put_while_the_needle_moves_away_and_negative_is_up() -> None:
    drawn = [
        plot_needle(needle.simulate("endplate-spikes", 6, seed=1, distance_mm=mm))
        for mm in (0.2, 0.4, 1.0)
    ]
    assert len({tuple(one.layout.yaxis.range) for one in drawn}) == 1
    close = np.asarray(drawn[0].data[1].y)
    assert close.max() > -close.min()


def test_the_part_shown_close_up_lies_within_the_recording_and_shows_a_potential() -> None:
    for kind in KINDS:
        recording = needle.simulate(kind, 6, seed=4)
        shade = plot_needle(recording).layout.shapes[0]
        assert 0 <= shade.x0 < shade.x1 <= recording.duration_s + 1e-9
        assert ((recording.fired_s >= shade.x0 - 0.02) & (recording.fired_s <= shade.x1)).any()


def test_a_figure_stays_small() -> None:
    leaves = flatten(plot_needle(needle.simulate("myotonic", 60, seed=1))).values()
    sent = [leaf["bdata"] for leaf in leaves if isinstance(leaf, dict) and "bdata" in leaf]
    assert sum(map(len, sent)) < 45_000
