"""Rules for the needle: readable, exclusive, and tested on recordings they were not made on."""

from dataclasses import asdict
from functools import partial
from itertools import combinations, groupby
from pathlib import Path

import numpy as np
import pytest

from tests.emg.unseen import SEEDS, unseen
from twitchlib import emg, guide, needle
from twitchlib.emg.needle_features import NEEDLE_FEATURES

KINDS = tuple(needle.discharges())
RULES = list(emg.needle_rules().values())
BY_KIND = {kind: list(kept) for kind, kept in groupby(RULES, lambda rule: rule.kind)}
FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "emgdb"


def called(signal: emg.Signal | needle.NeedleRecording) -> str | None:
    return emg.classify(emg.measure_needle(signal)).kind


def other(kind: str, seed: int) -> needle.NeedleRecording:
    """Return a recording at another distance, with other noise and sampling than usual."""
    rng = np.random.default_rng(seed)
    return needle.simulate(
        kind, 6, seed=seed, distance_mm=rng.uniform(0.12, 0.45), noise_uv=rng.uniform(2, 8),
        sample_hz=(8000, 20_000)[seed % 2],
    )  # fmt: skip


class TestRules:
    def test_every_discharge_has_rules_and_every_rule_a_feature(self) -> None:
        assert set(BY_KIND) == set(KINDS)
        assert sum(map(len, BY_KIND.values())) == len(RULES) == len(guide.rows("needle_rules"))
        assert all(rule.feature in NEEDLE_FEATURES and rule.low < rule.high for rule in RULES)

    @pytest.mark.parametrize(("one", "another"), list(combinations(KINDS, 2)))
    def test_two_discharges_exclude_each_other(self, one: str, another: str) -> None:
        assert any(
            mine.feature == theirs.feature and (mine.high <= theirs.low or theirs.high <= mine.low)
            for mine in BY_KIND[one]
            for theirs in BY_KIND[another]
        )

    def test_the_published_limits(self) -> None:
        rules = emg.needle_rules()
        assert rules["insertion-stretch"].high == 0.5  # 300 to 500 ms: Wheeless
        assert rules["fibrillation-length"].high == 5  # 1 to 5 ms: StatPearls
        assert (rules["myotonic-rate"].low, rules["myotonic-rate"].high) == (20, 80)  # AANEM
        assert rules["complex-repetitive-cycle"].high == 150  # Washington University
        assert not any(
            rules[name].illustrative
            for name in ("insertion-stretch", "fibrillation-length", "myotonic-rate")
        )

    def test_no_word_of_a_disease(self) -> None:
        words = " ".join(rule.why for rule in RULES).lower().split()
        assert not {"als", "sclerosis", "disease", "diagnosis"} & set(words)

    def test_every_decision_can_be_read(self) -> None:
        found = emg.classify(emg.measure_needle(needle.simulate("fibrillation", 6, seed=1)))
        assert found.sentence == "By these rules the trace looks like fibrillation potentials."
        assert len(found.to_frame()) == len(RULES)
        assert all(rule.describe(found.features).endswith("Kept.") for rule in found.rules)


class TestRecordings:
    @pytest.mark.parametrize("kind", KINDS)
    def test_the_recordings_that_the_rules_were_made_on(self, kind: str) -> None:
        names = [called(needle.simulate(kind, 6, seed=seed)) for seed in range(8)]
        assert names.count(kind) >= 7
        assert set(names) <= {kind, None}

    # How many were named correctly when the rules were first tested on each set: 193 of 200 and 96
    # of 100. Nothing was adjusted afterwards.
    def test_recordings_of_other_seeds_distances_and_noise(self) -> None:
        right = [called(other(kind, seed)) == kind for kind in KINDS for seed in range(8000, 8020)]
        assert sum(right) == pytest.approx(193, abs=2)  # rounding may differ elsewhere

    def test_recordings_of_other_shapes_and_patterns(self) -> None:
        made = partial(unseen, family="triangles")
        right = [called(made(kind, seed)) == kind for kind in KINDS for seed in SEEDS["triangles"]]
        assert sum(right) == pytest.approx(96, abs=1)

    def test_a_normal_discharge_is_not_taken_for_an_abnormal_one(self) -> None:
        normal = [kind for kind in KINDS if needle.discharges()[kind].normal]
        names = [called(unseen(kind, seed)) for kind in normal for seed in SEEDS["bells"]]
        assert {name for name in names if name} <= set(normal)

    def test_silence_gets_no_name(self) -> None:
        still = emg.Signal(np.random.default_rng(1).normal(0, 0.003, 40_000), 10_000)
        found = emg.classify(emg.measure_needle(still))
        assert found.kind is None

    @pytest.mark.parametrize("muscle", emg.examples())
    def test_a_muscle_at_work_gets_no_name_of_rest(self, muscle: str) -> None:
        assert called(emg.examples()[muscle].simulate(seed=1)) is None


@pytest.mark.parametrize("muscle", emg.examples())
def test_real_recordings_of_muscles_at_work_get_no_name_of_rest(muscle: str) -> None:
    # None of the three is ever at rest for longer than 0.3 s: nothing more can be tested on them.
    wfdb = pytest.importorskip("wfdb")
    if not FOLDER.is_dir():
        pytest.skip("the recordings are not beside the checkout")
    record = wfdb.rdrecord(str(FOLDER / f"emg_{muscle}"))
    assert called(emg.Signal(record.p_signal[:, 0], record.fs)) is None


class TestFeatures:
    def test_every_feature_is_explained(self) -> None:
        found = emg.measure_needle(needle.simulate("myotonic", 6, seed=1))
        assert list(asdict(found)) == list(NEEDLE_FEATURES)

    def test_only_the_height_depends_on_the_gain(self) -> None:
        once = needle.simulate("endplate-spikes", 6, seed=2)
        twice = emg.Signal(2 * once.emg_mv, once.sample_hz)
        mine, doubled = asdict(emg.measure_needle(once)), asdict(emg.measure_needle(twice))
        assert doubled.pop("amplitude_uv") == pytest.approx(2 * mine.pop("amplitude_uv"))
        assert doubled == pytest.approx(mine, nan_ok=True)

    def test_rate_and_number_are_those_that_were_made(self) -> None:
        made = needle.simulate("fibrillation", 10, seed=3)
        found = emg.measure_needle(made)
        assert found.potentials == pytest.approx(made.fired_s.size, abs=1)
        assert found.rate_hz == pytest.approx(1 / np.median(np.diff(made.fired_s)), rel=0.02)
        assert found.unevenness < 0.06

    def test_upside_down_begins_the_other_way(self) -> None:
        made = needle.simulate("endplate-spikes", 6, seed=1)
        turned = emg.measure_needle(emg.Signal(-made.emg_mv, made.sample_hz))
        assert emg.measure_needle(made).lead_share < 0.1 < turned.lead_share
