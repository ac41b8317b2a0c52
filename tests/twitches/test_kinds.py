"""Each kind of twitch, against published statistics."""

import numpy as np
import pytest

from twitchlib import guide, twitches
from twitchlib.arrays import FloatArray
from twitchlib.errors import UnknownNameError
from twitchlib.physiology.motor_units import POOL, units
from twitchlib.twitches import Kind, Recording, kinds, spasm
from twitchlib.twitches.simulation import event_type


def lengths_ms(recording: Recording) -> FloatArray:
    return np.array([1000 * (event.offset_s - event.onset_s) for event in recording.events])


def intervals_s(recording: Recording) -> list[FloatArray]:
    return [np.diff(spikes) for spikes in recording.spikes_s.values() if spikes.size > 2]


@pytest.fixture(scope="module")
def cramps() -> list[Recording]:
    return [twitches.simulate("spasm", seed=seed, duration_s=90) for seed in range(4)]


@pytest.fixture(scope="module")
def cramp(cramps: list[Recording]) -> Recording:
    return cramps[0]


def test_every_kind_says_what_is_at_fault_and_has_sources_and_presets() -> None:
    for name, known in kinds().items():
        assert known.name == name
        assert known.fault.endswith(".")
        assert known.usual in known.presets
        assert all(part.source for part in known.parameters.values())


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_record_is_complete_and_has_words_for_all_its_events(kind: Kind) -> None:
    assert isinstance(kind, Kind)
    for words in (kind.title, kind.word, kind.in_sentence, kind.part, kind.how, kind.fault):
        assert words
    for preset in kind.presets:
        made = twitches.simulate(kind.name, 12, seed=2, preset=preset)
        assert {event.label for event in made.events} <= {event.label for event in kind.events}
    for event in kind.events:
        assert event_type(event.label) is event
        for phrase in (event.counted, event.sounds, event.unnamed):
            assert phrase(1) != phrase(2)
            assert "2" in phrase(2)
    told_apart = {row["version"] for row in guide.rows("emg_rules").values()
                  if row["kind"] == kind.name}  # fmt: skip
    assert told_apart - {"", None} == set(kind.version_words) <= set(kind.presets)


def test_the_title_of_a_kind_is_the_heading_of_its_card() -> None:
    titles = {name: kinds()[name].title for name in guide.rows("twitch_types")}
    assert titles == {name: row["name"] for name, row in guide.rows("twitch_types").items()}
    assert list(titles) == [name for name, kind in kinds().items() if not kind.look_alike]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"kind = 'spazm'.* Did you mean 'spasm'"):
        kinds()["spazm"]
    with pytest.raises(UnknownNameError, match="preset = 'heavy'"):
        twitches.simulate("clonus", 1, seed=1, preset="heavy")


def test_an_unknown_label_is_shown_as_it_is() -> None:
    assert event_type("of a file").word == "of a file"
    assert event_type("of a file").counted(3) == "3 bursts"


class TestClonus:
    def test_bursts_come_at_the_rate_of_clonus(self) -> None:
        # 3.8 to 5.8 Hz over the loads tried: Hidler & Rymer, Clonus in spastic subjects.
        made = twitches.simulate("clonus", seed=1, duration_s=20)
        gaps = np.diff([event.onset_s for event in made.events])[10:]
        assert 3.8 <= 1 / gaps.mean() <= 5.8
        assert gaps.std() / gaps.mean() < 0.05
        assert {event.label for event in made.events} == {"clonus"}

    def test_stops_under_a_heavy_load_and_in_a_healthy_ankle(self) -> None:
        # A stronger bias force stops clonus.
        for preset in ("healthy", "heavy_load"):
            made = twitches.simulate("clonus", seed=1, duration_s=15, preset=preset)
            assert {event.label for event in made.events} == {"stretch reflex"}
            assert made.events[-1].offset_s < 12

    def test_a_slowly_decaying_oscillation_is_not_clonus(self) -> None:
        # At 7 N m the foot still oscillates after 10 s, but not after 20.
        made = twitches.simulate("clonus", seed=1, duration_s=5, load_nm=7)
        assert {event.label for event in made.events} == {"stretch reflex"}
        assert made.events[-1].offset_s > 4

    def test_emg_follows_stretch_by_the_delay(self) -> None:
        made = twitches.simulate("clonus", seed=1, duration_s=2)
        # 50 ms after the kick at 0.5 s, plus a few milliseconds until the first unit is recruited.
        assert made.events[0].onset_s == pytest.approx(0.55, abs=0.005)

    def test_a_volley_reaches_the_units_one_after_another(self) -> None:
        # All potentials superimposed would be one huge spike, unlike any stretch reflex.
        made = twitches.simulate("clonus", seed=1, duration_s=3)
        assert np.abs(made.emg_mv).max() < 0.2 * units(POOL).potential_mv.sum()
        assert lengths_ms(made)[0] > 30

    def test_the_muscle_contracts_while_the_foot_is_high(self) -> None:
        made = twitches.simulate("clonus", seed=1, duration_s=10)
        late = made.time_s > 5
        assert made.angle_deg is not None
        assert np.ptp(made.angle_deg[late]) / 2 == pytest.approx(4.05, abs=0.1)
        assert np.ptp(made.force_n[late]) > 0.5 * made.force_n[late].mean()


class TestSpasm:
    def test_rate_and_variability_of_a_cramp(self, cramps: list[Recording]) -> None:
        # 14.5 ± 5.1 per second, CV 44.6 ± 9.7 %, doublets 4.1 ± 4.7 %, active for 23.6 ± 16.2 s:
        # Minetto 2009, 48 units. Means of 80 units must lie within about two standard errors of the
        # published ones (0.7 per second, 1.4 %, 0.7 %, 2.3 s).
        gaps = [gap for cramp in cramps for gap in intervals_s(cramp)]
        assert np.mean([1 / g.mean() for g in gaps]) == pytest.approx(14.5, abs=1.4)
        assert np.std([1 / g.mean() for g in gaps]) == pytest.approx(5.1, abs=1.5)
        assert np.mean([g.std() / g.mean() for g in gaps]) == pytest.approx(0.446, abs=0.03)
        assert np.mean(np.concatenate(gaps) < 0.02) == pytest.approx(0.041, abs=0.015)
        active_s = [np.ptp(spikes) for cramp in cramps for spikes in cramp.spikes_s.values()]
        assert np.mean(active_s) == pytest.approx(23.6, abs=4.6)

    def test_shorter_steps_give_the_same_statistics(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def statistics() -> FloatArray:
            made = [twitches.simulate("spasm", seed=seed, duration_s=12) for seed in range(6)]
            gaps = [gap for one in made for gap in intervals_s(one)]
            return np.array([
                np.mean([1 / g.mean() for g in gaps]),
                10 * np.mean([g.std() / g.mean() for g in gaps]),
                100 * np.mean(np.concatenate(gaps) < 0.02),
            ])  # fmt: skip

        usual = statistics()
        monkeypatch.setattr(spasm, "CELL_STEP_MS", spasm.CELL_STEP_MS / 8)
        # Rates agree to 0.2 per second, CVs to 0.02, doublets to 0.2 %.
        assert np.abs(statistics() - usual).max() < 0.2

    def test_units_rise_and_fall_together(self, cramp: Recording) -> None:
        # A common modulation at 1.4 ± 0.4 Hz, measured early on, when all units fire.
        times = cramp.discharges.time_s
        counts = np.histogram(times, np.arange(3, 12, 0.05))[0]
        power = np.abs(np.fft.rfft(counts - counts.mean())) ** 2
        hz = np.fft.rfftfreq(counts.size, 0.05)
        slow = (hz > 0.5) & (hz < 5)
        assert hz[slow][np.argmax(power[slow])] == pytest.approx(1.4, abs=0.4)

    def test_outlasts_the_push_only_with_a_strong_persistent_current(self) -> None:
        weak = twitches.simulate("spasm", seed=1, duration_s=6, preset="no_spasm")
        strong = twitches.simulate("spasm", seed=1, duration_s=6)
        assert weak.discharges.time_s.max() < 2.1
        assert strong.discharges.time_s.max() > 5.5
        assert weak.events[0].label == "brief contraction"
        assert strong.events[0].label == "spasm"

    def test_stretching_stops_a_cramp(self) -> None:
        made = twitches.simulate("spasm", seed=1, duration_s=12, preset="stretched")
        assert 7.5 < made.discharges.time_s.max() < 8.1
        assert made.events[0].offset_s < 8.1

    def test_a_stretch_does_not_change_what_came_before(self) -> None:
        left, stretched = (
            twitches.simulate("spasm", seed=3, duration_s=8, stretch_s=at, units=6)
            for at in (600, 5)
        )
        before, before_too = (
            one.discharges.time_s[one.discharges.time_s < 4.99] for one in (left, stretched)
        )
        np.testing.assert_array_equal(before, before_too)
        assert stretched.discharges.time_s.max() < 5.1

    def test_silent_before_the_push(self, cramp: Recording) -> None:
        assert cramp.discharges.time_s.min() > 1


class TestMyoclonus:
    @pytest.mark.parametrize(
        # van der Veen 2024 (31.1 ± 6.7 and 56.7 ± 11.5 ms); within half a standard deviation, which
        # is five standard errors of 100 bursts.
        ("preset", "mean_ms", "sd_ms"),
        [("cortical", 31.1, 6.7), ("other", 56.7, 11.5)],
    )
    def test_burst_length(self, preset: str, mean_ms: float, sd_ms: float) -> None:
        made = twitches.simulate("myoclonus", seed=1, duration_s=180, preset=preset)
        lengths = lengths_ms(made)
        assert lengths.size > 60
        assert lengths.mean() == pytest.approx(mean_ms, abs=sd_ms / 2)
        assert lengths.std() == pytest.approx(sd_ms, rel=0.35)

    def test_forty_five_milliseconds_separate_cortical_from_other(self) -> None:
        # Sensitivity 100 % and specificity 89.5 % between people. Single bursts overlap more: with
        # the published mean and spread, 84 % of the others are longer (less four standard errors).
        cortical, other = (
            lengths_ms(twitches.simulate("myoclonus", seed=2, duration_s=180, preset=preset))
            for preset in ("cortical", "other")
        )
        assert np.mean(cortical <= 45) > 0.95
        assert np.mean(other > 45) > 0.7

    def test_a_volley_recruits_nearly_the_whole_pool(self) -> None:
        made = twitches.simulate("myoclonus", seed=1, duration_s=10)
        event = made.events[0]
        times, units = made.discharges.time_s, made.discharges.unit
        inside = (times >= event.onset_s) & (times <= event.offset_s)
        assert np.unique(units[inside]).size > 100
        assert made.discharges.time_s.size < 130 * len(made.events)

    def test_lapses_are_silent_and_as_long_as_in_people(self) -> None:
        # 50 to 300 ms: doi:10.1016/S0013-4694(98)00058-3; at most 2 % may end later, because the
        # next unit fires late.
        made = twitches.simulate("myoclonus", seed=1, duration_s=120, preset="negative", noise_uv=0)
        lengths = lengths_ms(made)
        assert lengths.size > 40
        assert np.mean((lengths >= 45) & (lengths <= 300)) >= 0.98
        for event in made.events:
            # The summed tails of many potentials (under 5 % each) reach a little into the lapse.
            inside = (made.time_s > event.onset_s + 0.004) & (made.time_s < event.offset_s)
            assert np.abs(made.emg_mv[inside]).max() < 0.1 * np.abs(made.emg_mv).max()
        assert made.emg_mv.std() > 0.3

    def test_without_contraction_there_is_no_lapse(self) -> None:
        assert not twitches.simulate("myoclonus", seed=1, duration_s=9, strength=0, hold=0).events


class TestLookAlikes:
    def test_myokymia_comes_in_bursts_two_to_ten_times_a_second(self) -> None:
        made = twitches.simulate("myokymia", seed=1, duration_s=60, units=1)
        starts = np.array([event.onset_s for event in made.events])
        assert 2 <= 1 / np.diff(starts).mean() <= 10
        # Nearly rhythmic, unlike fasciculation (CV 1).
        assert np.diff(starts).std() / np.diff(starts).mean() < 0.3
        (gaps,) = intervals_s(made)
        within = gaps[gaps < 1.5 / 40]
        assert 1 / within.mean() == pytest.approx(40, rel=0.1)

    def test_neuromyotonia_is_very_fast_and_irregular(self) -> None:
        # Irregular bursts at 30 to 300 Hz: Maddison 2006.
        made = twitches.simulate("neuromyotonia", seed=1, duration_s=120, units=1)
        (gaps,) = intervals_s(made)
        within_hz = 1 / gaps[gaps < 0.0101]
        assert within_hz.min() >= 99
        assert within_hz.max() <= 300
        starts = np.array([event.onset_s for event in made.events])
        assert np.diff(starts).std() / np.diff(starts).mean() > 0.6

    def test_tremor_shows_in_the_force_at_its_rate(self) -> None:
        # 6 to 12 Hz: doi:10.1113/JP270464.
        made = twitches.simulate("tremor", seed=1, duration_s=20)
        force = made.force_n[2000:] - made.force_n[2000:].mean()
        power = np.abs(np.fft.rfft(force)) ** 2
        hz = np.fft.rfftfreq(force.size, 1 / made.sample_hz)
        band = hz > 3
        assert hz[band][np.argmax(power[band])] == pytest.approx(9, abs=0.2)
        assert made.force_n[2000:].min() > 0.3 * made.force_n[2000:].mean()

    def test_shivering_waxes_and_wanes(self) -> None:
        # 8 to 10 Hz within 6 to 8 waves a minute: doi:10.1016/S0196-0644(87)80756-4.
        made = twitches.simulate("shivering", seed=1, duration_s=60, noise_uv=0)
        force = made.force_n - made.force_n.mean()
        power = np.abs(np.fft.rfft(force)) ** 2
        hz = np.fft.rfftfreq(force.size, 1 / made.sample_hz)
        fast, slow = hz > 3, (hz > 0) & (hz < 0.5)
        assert 8 <= hz[fast][np.argmax(power[fast])] <= 10
        assert 6 <= 60 * hz[slow][np.argmax(power[slow])] <= 8

    def test_voluntary_recruits_small_units_first(self) -> None:
        made = twitches.simulate("voluntary", seed=1, duration_s=4, rise_s=2)
        firsts = [spikes[0] for _, spikes in sorted(made.spikes_s.items())]
        assert np.corrcoef(firsts, np.arange(len(firsts)))[0, 1] > 0.9
        assert [event.label for event in made.events] == ["voluntary contraction"]
