"""The curve is the model's voltage at nodes and midpoints, and the moments are its arrivals."""

import numpy as np
import pytest

from twitchlib import scenes
from twitchlib.physiology.cable import CableRun, Injection, MyelinatedAxon, Stretch, simulate

AXON = MyelinatedAxon()
BARE = Stretch(first_node=12, last_node=15, myelin=0.03)
SITE = Stretch(first_node=9, last_node=11, gating_shift_mv=-8)


def run(*stretches: Stretch, at: tuple[int, ...] = (0,)) -> CableRun:
    return simulate(AXON, [Injection(node=node) for node in at], 3, stretches=stretches)


def test_the_frames_are_the_voltage_of_the_run() -> None:
    found = run()
    scene = scenes.axon(found)
    places = int(scene.numbers["places"])
    frames = np.asarray(scene.series["mv"], dtype=np.uint16).reshape(-1, places)
    assert scene.series["mv"].dtype == np.uint16
    mv = frames / scene.numbers["per_mv"] + scene.numbers["lowest_mv"]
    every = round(1000 / scene.numbers["frame_hz"] / found.time_ms[1])
    at = np.searchsorted(found.place_mm, scene.series["place_mm"])
    np.testing.assert_allclose(mv, found.potential_mv[::every, at], atol=0.051)
    assert frames.shape[0] / scene.numbers["frame_hz"] >= scene.duration_s
    # The drawing relies on nodes and midpoints taking turns.
    assert list(scene.series["place_mm"][::2]) == list(found.node_mm)


@pytest.mark.parametrize(
    ("stretches", "at", "expected"),
    [
        ((), (0,), ["starts at 0.0 mm", "At 23.0 mm it reaches this end: 23.0 mm in 0.39 ms"]),
        ((), (20,), ["starts at 23.0 mm", "At 0.0 mm it reaches this end"]),
        ((), (0, 20), ["starts at", "starts at", "At 11.5 mm it meets another, and both end."]),
        ((SITE,), (), ["starts at 11.5 mm", "it reaches this end", "it reaches this end"]),
        ((BARE,), (0,), ["starts at 0.0 mm", "it stops: the next node gets too little current"]),
        ((BARE,), (0, 20), ["starts at", "starts at", "it stops", "it stops"]),
        ((), (), []),
    ],
)
def test_it_says_where_spikes_start_and_end(
    stretches: tuple[Stretch, ...], at: tuple[int, ...], expected: list[str]
) -> None:
    moments = scenes.axon(run(*stretches, at=at), stretches).moments
    assert len(moments) == len(expected)
    for moment, words in zip(moments, expected, strict=True):
        assert words in moment.words


def test_a_moment_is_when_the_node_fires() -> None:
    found = run()
    start, end = scenes.axon(found).moments
    assert 1000 * start.time_s == pytest.approx(found.arrival_ms[0])
    assert 1000 * end.time_s == pytest.approx(found.arrival_ms[-1], abs=1e-4)


def test_the_still_picture_shows_the_spike_on_its_way() -> None:
    found = run()
    still_ms = 1000 * scenes.axon(found).still_s
    assert found.arrival_ms[0] < still_ms < found.arrival_ms[-1]
    assert scenes.axon(run(at=())).still_s == 0


def test_stretches_that_differ_are_marked() -> None:
    scene = scenes.axon(run(SITE, BARE), [SITE, BARE])
    assert list(np.flatnonzero(scene.series["bare"])) == [12, 13, 14]
    assert list(np.flatnonzero(scene.series["salts"])) == [9, 10, 11]


@pytest.mark.parametrize(
    ("stretches", "at", "words"),
    [
        ((), (0,), "whole axon"),
        ((BARE.replace(myelin=0.05),), (0,), "whole axon"),
        ((BARE,), (0,), "part of the axon"),
        ((), (0, 20), "Two spikes"),
        ((), (), "No spike"),
    ],
)
def test_its_sentence_follows_the_run(
    stretches: tuple[Stretch, ...], at: tuple[int, ...], words: str
) -> None:
    assert words in scenes.axon(run(*stretches, at=at)).description
