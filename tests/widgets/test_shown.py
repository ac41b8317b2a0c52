"""What a question shows: drawn anew where it has no seed, and still recognisable."""

from collections import Counter

import numpy as np
import pytest

from twitchlib import emg, guide, quiz, twitches
from twitchlib.widgets.shown import KINDS, SETTINGS, recording, show

TRACES = guide.rows("traces")
FRESH = {
    name: row
    for name, row in TRACES.items()
    if row["seed"] is None and row["kind"] in twitches.kinds()
}
SEEDS = 60


@pytest.mark.parametrize("name", FRESH)
def test_a_recording_drawn_anew_is_of_its_kind_by_the_rules_whatever_the_seed(name: str) -> None:
    trace = FRESH[name]
    for seed in range(SEEDS):
        made = recording(trace, np.random.default_rng(seed))
        assert emg.analyse(made).classification.kind == trace["kind"], seed


@pytest.mark.parametrize("name", FRESH)
def test_hardly_any_recording_has_to_be_drawn_twice(name: str) -> None:
    """Otherwise what is shown would not be typical."""
    trace = FRESH[name]
    named = Counter(
        emg.analyse(
            twitches.simulate(
                trace["kind"], preset=trace["preset"], seed=seed, duration_s=trace["duration_s"]
            )
        ).classification.kind
        for seed in range(SEEDS)
    )
    assert named[trace["kind"]] >= 0.9 * SEEDS, named


@pytest.mark.parametrize("name", FRESH)
def test_two_readers_get_two_recordings(name: str) -> None:
    one, other = (show(TRACES[name]).figure.data[0]["y"].tobytes() for _ in range(2))
    assert one != other


def test_four_kinds_are_drawn_in_the_order_of_the_answer_and_without_their_names() -> None:
    key = quiz.questions()["which-is-which"].key
    assert isinstance(key, tuple)
    names = {o.id: o.text.lower() for o in quiz.questions()["which-is-which"].options}
    assert [names[name] for name in key] == list(KINDS)
    figure = show(TRACES["four-kinds"]).figure
    said = str(figure.layout.meta) + str(figure.layout.annotations) + str(figure.data)
    assert "Trace 4" in said
    for kind in twitches.kinds():
        assert kind not in said.lower()


def test_a_recording_with_a_seed_is_the_same_for_everybody() -> None:
    one, other = (show(TRACES["trace-beats"]).figure.layout.meta for _ in range(2))
    assert one == other


def test_the_needles_come_in_every_order_and_without_their_names() -> None:
    orders = {show(TRACES["three-needles"]).order for _ in range(12)}
    assert len(orders) > 1
    assert all(sorted(order) == [0, 1, 2] for order in orders)
    figure = show(TRACES["three-needles"]).figure
    said = str(figure.layout.meta) + str(figure.layout.annotations) + str(figure.data)
    for example in emg.examples().values():
        assert example.label not in said
    assert "Recording 3" in said


def test_the_order_of_the_needles_is_that_of_the_figure() -> None:
    shown = show(TRACES["three-needles"])
    rows = shown.figure.layout.meta["table"]["rows"]
    assert [row[0] for row in rows] == ["Recording 1", "Recording 2", "Recording 3"]
    height_mv, active, _median = zip(
        *([float(cell or 0) for cell in row[1:]] for row in rows), strict=True
    )
    assert shown.order[int(np.argmax(height_mv))] == list(emg.examples()).index("neuropathy")
    assert shown.order[int(np.argmax(active))] == list(emg.examples()).index("myopathy")


@pytest.mark.parametrize(
    ("name", "words"),
    [("fresh-held", "never falls silent"), ("fresh-throb", "every few seconds it fades away")],
)
def test_a_reader_who_does_not_see_it_is_told_how_it_throbs(name: str, words: str) -> None:
    assert words in show(TRACES[name]).figure.layout.meta["description"]


def test_the_settings_are_shown_with_their_counts_and_no_score() -> None:
    figure = show(TRACES["settings-of-a-detector"]).figure
    table = figure.layout.meta["table"]
    assert [row[0] for row in table["rows"]] == list(SETTINGS)
    assert [len(row) for row in table["rows"]] == [4] * len(SETTINGS)
    assert "F1" not in str(figure.layout)
    question = quiz.questions()["f1-of-nine-tenths"]
    assert any(row[0] == question.key for row in table["rows"])
