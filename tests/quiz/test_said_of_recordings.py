"""What answers say about recordings agrees with the recordings of the lessons."""

import re
from typing import Any

import numpy as np
import pytest

from tests.quiz.asked import ASKED, right
from twitchlib import emg, needle, quiz, twitches
from twitchlib.physiology import motor_pool
from twitchlib.widgets.emg_lab.hidden import LENGTH_S, NOISE_UV
from twitchlib.widgets.shown import at_rest


def length_ms(kind: str, preset: str) -> float:
    events = twitches.simulate(kind, preset=preset, seed=1, duration_s=20).events
    return 1000 * float(np.median([event.offset_s - event.onset_s for event in events]))


def test_events_last_as_long_as_their_order_says() -> None:
    lengths = [
        length_ms("fasciculation", "disease_strong"),
        length_ms("myoclonus", "cortical"),
        length_ms("clonus", "spastic"),
        length_ms("spasm", "cramp"),
    ]
    assert lengths[:3] == pytest.approx([13, 30, 110], rel=0.3)
    assert lengths[3] > 2000


def test_being_surer_avoids_noise_and_loses_potentials() -> None:
    totals = {}
    for sure in (6, 50):
        matches = []
        for seed in (1, 2, 3):
            made = twitches.simulate(
                "fasciculation", seed=seed, duration_s=LENGTH_S, preset="disease_strong",
                noise_uv=NOISE_UV,
            )  # fmt: skip
            found = emg.detect(emg.bandpass(made), evidence=sure, shortest_ms=3)
            matches.append(emg.Match(found.onset_s, [event.onset_s for event in made.events]))
        totals[sure] = (sum(m.extra for m in matches), sum(m.missed for m in matches))
    assert totals[6][0] > 10 * max(totals[50][0], 1)
    assert totals[50][1] > totals[6][1]


def test_a_high_corner_takes_most_of_a_potential_away() -> None:
    made = twitches.simulate("fasciculation", seed=1, duration_s=20, noise_uv=0)
    usual, high = (np.abs(emg.bandpass(made, low_hz=low).emg_mv).max() for low in (20, 200))
    assert high < usual / 2


def named(kind: str, **settings: Any) -> tuple[emg.Features, str]:
    made = twitches.simulate(kind, seed=1, duration_s=30, **settings)
    found = emg.analyse(made)
    return found.features, str(found.classification.kind)


def test_a_long_pull_passes_for_a_spasm() -> None:
    assert named("voluntary", hold_s=12, rest_s=3)[1] == "spasm"
    assert named("voluntary", hold_s=5, rest_s=3)[1] == "voluntary"
    limits = {rule.feature: rule for rule in emg.rules().values() if rule.kind == "spasm"}
    assert round(limits["longest_s"].low or 0) == 7


def test_nerve_damage_leaves_few_units_and_muscle_disease_recruits_many() -> None:
    units = {}
    for name, example in emg.examples().items():
        drive = np.full(4000, example.drive)
        fired = motor_pool.discharge(example.pool, drive, np.random.default_rng(1), sample_hz=1000)
        units[name] = np.unique(fired.unit).size
    assert units["neuropathy"] < units["healthy"] < units["myopathy"]


def test_between_two_beats_clonus_is_silent_and_tremor_is_not() -> None:
    (clonus, its_name), (tremor, other_name) = named("clonus"), named("tremor")
    assert (its_name, other_name) == ("clonus", "tremor")
    assert clonus.rest_share < 0.05 < 0.3 < tremor.rest_share


@pytest.mark.parametrize(
    "question",
    [
        q
        for q in ASKED.values()
        if q.kind == "trace" and q.trace and q.trace["kind"] in twitches.kinds()
    ],
    ids=lambda question: question.id,
)
def test_a_recording_is_what_its_answer_says(question: quiz.Question) -> None:
    trace = question.trace
    assert trace is not None
    said = right(question.id).text.lower()
    assert re.search(rf"\b{trace['kind']}\b", said)
    versions = twitches.kinds()[trace["kind"]].version_words
    assert not [word for name, word in versions.items() if name != trace["preset"] and word in said]
    seed = 1 if trace["seed"] is None else trace["seed"]
    recording = twitches.simulate(
        trace["kind"], preset=trace["preset"], seed=seed, duration_s=trace["duration_s"]
    )
    assert len(recording.events) >= twitches.kinds()[trace["kind"]].fewest_events


@pytest.mark.parametrize(
    "question",
    [q for q in ASKED.values() if q.trace and q.trace["kind"] == "at-rest"],
    ids=lambda question: question.id,
)
def test_a_recording_at_rest_is_what_its_answer_says(question: quiz.Question) -> None:
    assert question.trace is not None
    made = at_rest(question.trace, np.random.default_rng(1))
    assert right(question.id).text == needle.discharges()[made.kind].title
    assert emg.classify(emg.measure_needle(made)).kind == made.kind
