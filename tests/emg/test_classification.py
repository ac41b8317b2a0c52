"""Recordings are named correctly, and every decision is explained."""

import dataclasses
import math
from itertools import combinations, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import emg, guide, twitches
from twitchlib.emg import Classification, Features, Rule
from twitchlib.emg.classification import NOTE
from twitchlib.emg.features import FEATURES
from twitchlib.twitches import kinds

RULES = list(emg.rules().values())
KINDS_OF_TRACE = {
    key: list(kept) for key, kept in groupby(RULES, lambda rule: (rule.kind, rule.version))
}


def classified(name: str, preset: str, seed: int, *, filtered: bool = False) -> Classification:
    made = twitches.simulate(name, seed=seed, duration_s=20, preset=preset)
    return emg.classify(emg.measure(emg.detect(emg.bandpass(made) if filtered else made)))


class TestRules:
    def test_every_rule_applies_to_a_measured_feature(self) -> None:
        assert all(rule.feature in FEATURES for rule in RULES)
        assert all(rule.low < rule.high for rule in RULES)
        assert len(guide.rows("emg_rules")) == len(RULES)

    def test_every_rule_has_a_known_kind_and_version(self) -> None:
        assert {rule.kind for rule in RULES} <= set(kinds())
        assert {rule.version for rule in RULES} - {""} <= {
            preset for kind in kinds().values() for preset in kind.presets
        }

    def test_rules_of_a_kind_are_adjacent(self) -> None:
        assert sum(len(kept) for kept in KINDS_OF_TRACE.values()) == len(RULES)

    @pytest.mark.parametrize(("one", "other"), list(combinations(KINDS_OF_TRACE, 2)))
    def test_two_kinds_exclude_each_other(
        self, one: tuple[str, str], other: tuple[str, str]
    ) -> None:
        assert any(
            mine.feature == theirs.feature and (mine.high <= theirs.low or theirs.high <= mine.low)
            for mine in KINDS_OF_TRACE[one]
            for theirs in KINDS_OF_TRACE[other]
        )

    def test_the_published_limits(self) -> None:
        def limits(kind: str, version: str, feature: str) -> tuple[float, float]:
            (rule,) = (rule for rule in KINDS_OF_TRACE[kind, version] if rule.feature == feature)
            return rule.low, rule.high

        # 45 ms separates cortical from other myoclonus: van der Veen 2024.
        assert limits("myoclonus", "cortical", "burst_ms")[1] == 45
        assert limits("myoclonus", "other", "burst_ms")[0] == 45
        # 12.62 ± 4.36 ms: de Carvalho & Swash 2013, two standard deviations up.
        assert limits("fasciculation", "", "burst_ms")[1] == pytest.approx(
            12.62 + 2 * 4.36, abs=0.1
        )
        # 23.6 ± 16.2 s: Minetto 2009, one standard deviation down.
        assert limits("spasm", "", "longest_s")[0] == pytest.approx(23.6 - 16.2)
        # Groups 2 to 10 times a second: Wymer 2023.
        assert limits("myokymia", "", "rate_per_min") == (60 * 2, 60 * 10)

    def test_limits_in_words(self) -> None:
        rule = Rule("spasm", "", "longest_s", 7.4, math.inf, "", "", illustrative=True)
        assert rule.allowed == "7.4 s or more"
        assert dataclasses.replace(rule, low=-math.inf, high=2).allowed == "less than 2 s"
        assert dataclasses.replace(rule, high=9).allowed == "7.4 to 9 s"

    @pytest.mark.parametrize(
        ("value", "kept"), [(7.39, False), (7.4, True), (8.9, True), (9, False), (math.nan, False)]
    )
    def test_the_lower_limit_is_inclusive_and_the_upper_exclusive(
        self, value: float, kept: bool
    ) -> None:
        rule = Rule("spasm", "", "longest_s", 7.4, 9, "", "", illustrative=True)
        features = Features(**dict.fromkeys(FEATURES, 0) | {"longest_s": value})  # type: ignore[arg-type]
        assert rule.keeps(features) == kept


class TestRecordings:
    @pytest.mark.parametrize("filtered", [False, True])
    @pytest.mark.parametrize(
        ("name", "preset", "version"),
        [
            ("fasciculation", "disease_strong", ""),
            ("fasciculation", "disease_weak", ""),
            ("clonus", "spastic", ""),
            ("spasm", "cramp", ""),
            ("myoclonus", "cortical", "cortical"),
            ("myoclonus", "other", "other"),
            ("myoclonus", "negative", "negative"),
            ("myokymia", "limb", ""),
            ("neuromyotonia", "multiplets", "multiplets"),
            ("neuromyotonia", "runs", "runs"),
            ("tremor", "physiological", ""),
            ("tremor", "enhanced", ""),
            ("shivering", "cold", ""),
            ("voluntary", "gentle", ""),
            ("voluntary", "strong", ""),
        ],
    )
    def test_recordings_are_named_correctly(
        self, name: str, preset: str, version: str, filtered: bool
    ) -> None:
        for seed in (11, 12, 13):
            found = classified(name, preset, seed, filtered=filtered)
            assert (found.kind, found.version) == (name, version), found.sentence

    @pytest.mark.parametrize("preset", ["healthy_thumb", "disease_thumb"])
    def test_trains_may_stay_unnamed_but_get_no_wrong_name(self, preset: str) -> None:
        # In healthy thumbs only one discharge in ten is isolated.
        for seed in range(11, 19):
            assert classified("fasciculation", preset, seed).kind in ("fasciculation", None)

    def test_a_plain_stretch_reflex_is_not_clonus(self) -> None:
        assert classified("clonus", "healthy", 1).kind is None

    def test_an_empty_recording_gets_no_name(self) -> None:
        found = classified("fasciculation", "healthy_shin", 1)
        assert found.kind is None
        assert found.version == ""
        assert found.sentence == "Nothing was found in the trace, so there is nothing to name."


class TestReasons:
    def test_every_rule_applied_can_be_read(self) -> None:
        found = classified("myoclonus", "cortical", 1)
        frame = found.to_frame()
        assert len(frame) == len(RULES)
        named = frame[(frame["kind"] == "myoclonus") & (frame["version"] == "cortical")]
        assert named["kept"].all()
        assert all(rule.describe(found.features).endswith("Kept.") for rule in found.rules)
        assert frame["why"].str.endswith(".").all()
        assert (frame["source"] != "").all()

    def test_a_missed_rule_is_reported(self) -> None:
        found = classified("clonus", "healthy", 1)
        assert found.sentence.startswith("By these rules the trace looks like none of the kinds.")
        missed = [rule for rule in found.rules if not rule.keeps(found.features)]
        assert missed
        for rule in missed:
            assert FEATURES[rule.feature].label.lower() in found.sentence
            assert rule.describe(found.features).endswith("Not kept.")

    def test_a_missing_measurement_is_reported(self) -> None:
        found = classified("fasciculation", "healthy_shin", 1)
        sentences = [rule.describe(found.features) for rule in RULES]
        assert any("could not be measured" in sentence for sentence in sentences)

    @given(
        st.fixed_dictionaries(
            {name: st.floats(0, 700) | st.floats(0, 1) | st.just(math.nan) for name in FEATURES}
        )
    )
    def test_at_most_one_kind_is_named(self, values: dict[str, float]) -> None:
        features = Features(**values)  # type: ignore[arg-type]
        found = emg.classify(features)
        kept = [all(r.keeps(features) for r in tried) for tried in found.candidates]
        assert sum(kept) <= 1
        assert (found.kind is not None) == kept[0] == any(kept)
        assert found.sentence
        assert all(rule.describe(features) for rule in RULES)

    def test_no_word_of_disease(self) -> None:
        assert "not a cause" in NOTE
        text = " ".join(rule.why for rule in RULES).lower().split()
        assert not {"als", "sclerosis", "disease", "diagnosis"} & set(text)
