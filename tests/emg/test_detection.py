"""Events are found where they are, whatever the gain, the polarity or the time."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import emg, twitches
from twitchlib.arrays import FloatArray
from twitchlib.emg import Detection, Signal, _detection_loop
from twitchlib.emg._detection_loop import settle, turning_points
from twitchlib.emg.detector import Detector
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.quantity import describe

RATE_HZ = 2000.0


def rest(duration_s: float, seed: int = 0, sd_mv: float = 0.005) -> FloatArray:
    return np.random.default_rng(seed).normal(0, sd_mv, round(duration_s * RATE_HZ))


def detect(trace: FloatArray, **settings: float) -> Detection:
    return emg.detect(Signal(trace, RATE_HZ), **settings)


def bursts(
    duration_s: float, at_s: list[tuple[float, float]], times: float, seed: int = 0
) -> FloatArray:
    """Return rest in which the EMG grows by a factor between each onset and offset."""
    trace = rest(duration_s, seed)
    for onset_s, offset_s in at_s:
        trace[round(onset_s * RATE_HZ) : round(offset_s * RATE_HZ)] *= times
    return trace


@st.composite
def recordings(draw: st.DrawFn) -> FloatArray:
    """Return a second or two of rest with a few bursts of any strength, length and position."""
    trace = rest(draw(st.floats(0.5, 2)), draw(st.integers(0, 2**32 - 1)))
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.integers(0, trace.size - 1))
        trace[first : first + draw(st.integers(1, 800))] *= draw(st.floats(1, 300))
    return trace


class TestTurningPoints:
    def found(self, votes: list[float], enough: float) -> list[tuple[int, int]]:
        first, last = np.zeros((2, len(votes)), dtype=np.int64)
        count = turning_points(np.array(votes), enough, first, last)
        return list(zip(first[:count].tolist(), last[:count].tolist(), strict=True))

    def test_an_event_lies_between_the_turning_points_of_the_sum(self) -> None:
        assert self.found([-1, -1, 2, 2, 2, -1, -1, -1, -1, -1], 5) == [(2, 5)]

    def test_too_little_evidence_gives_no_event(self) -> None:
        assert self.found([-1, -1, 2, 2, -1, -1, -1], 5) == []

    def test_a_pause_too_short_to_be_sure_of_stays_inside(self) -> None:
        assert self.found([-1, 3, 3, -1, -1, 3, 3, -3, -3], 5) == [(1, 7)]

    def test_an_event_that_lasts_to_the_end_ends_there(self) -> None:
        assert self.found([-1, 3, 3, 3], 5) == [(1, 4)]

    @given(st.lists(st.floats(-10, 10), min_size=1, max_size=60), st.floats(0.5, 30))
    def test_agrees_with_the_definition(self, votes: list[float], enough: float) -> None:
        total = np.concatenate(([0.0], np.cumsum(votes)))
        end_before = 0
        for first, last in self.found(votes, enough):
            assert end_before <= first < last
            # The sum is lowest where an event begins, highest where it ends, and rises enough.
            assert total[first] == pytest.approx(total[end_before : first + 1].min(), abs=1e-6)
            assert total[last] == pytest.approx(total[first : last + 1].max(), abs=1e-6)
            assert total[last] - total[first] >= enough - 1e-6
            end_before = last


class TestWhatIsFound:
    def test_nothing_at_rest(self) -> None:
        # Ten minutes.
        found = detect(rest(600))
        assert len(found) == 0
        assert found.rest_mv == pytest.approx(0.005, rel=0.03)

    def test_nothing_in_filtered_rest(self) -> None:
        # Filtered noise wanders, which takes more evidence.
        clean = [emg.bandpass(Signal(rest(60, seed), RATE_HZ)) for seed in range(5)]
        count = [len(emg.detect(one)) for one in clean]
        assert sum(count) <= 1

    @pytest.mark.parametrize("name", ["fasciculation", "myoclonus", "clonus"])
    def test_every_event_of_a_recording_and_no_other(self, name: str) -> None:
        made = twitches.simulate(name, seed=2, duration_s=60)
        found = emg.detect(made)
        assert len(found) == len(made.events)
        truth = np.array([(event.onset_s, event.offset_s) for event in made.events])
        assert np.abs(found.onset_s - truth[:, 0]).max() < 0.02
        assert np.abs(np.median(found.onset_s - truth[:, 0])) < 0.003
        assert np.abs(np.median(found.offset_s - truth[:, 1])) < 0.006

    def test_a_contraction_of_seconds_is_one_event(self) -> None:
        made = twitches.simulate("voluntary", seed=1, duration_s=12)
        found = emg.detect(made)
        truth = np.array([(event.onset_s, event.offset_s) for event in made.events])
        assert found.onset_s == pytest.approx(truth[:, 0], abs=0.05)
        assert found.offset_s == pytest.approx(truth[:, 1], abs=0.05)

    def test_weak_activity_is_found_if_it_lasts(self) -> None:
        # Twice the power of rest, which no single sample shows.
        found = detect(bursts(10, [(4, 5)], np.sqrt(2)))
        assert found.onset_s == pytest.approx([4], abs=0.05)
        assert found.offset_s == pytest.approx([5], abs=0.05)

    def test_weak_activity_beside_strong_is_found_too(self) -> None:
        trace = bursts(10, [(4, 5)], 1.6)
        trace[round(4.5 * RATE_HZ) : round(4.51 * RATE_HZ)] *= 100
        found = detect(trace)
        assert found.onset_s[0] == pytest.approx(4, abs=0.05)
        assert found.offset_s[-1] == pytest.approx(5, abs=0.05)

    def test_rest_is_found_though_it_is_rare(self) -> None:
        # A twentieth of the time.
        found = detect(bursts(20, [(1, 20)], 50))
        assert found.rest_mv == pytest.approx(0.005, rel=0.05)
        assert found.onset_s == pytest.approx([1], abs=0.002)

    def test_a_muscle_that_never_rests_needs_a_given_rest_level(self) -> None:
        made = twitches.simulate("tremor", seed=1, duration_s=10)
        guessed = emg.detect(made)
        given = emg.detect(made, rest_mv=0.005)
        assert guessed.rest_mv > 0.1
        assert given.rest_mv == 0.005
        assert given.quietest_mv == guessed.rest_mv
        assert given.active.mean() > 0.95

    def test_amplitude_is_from_lowest_to_highest(self) -> None:
        trace = rest(2)
        trace[2000:2020] = 0.7 * np.sin(np.arange(20))
        found = detect(trace)
        assert found.amplitude_mv == pytest.approx([np.ptp(trace[2000:2020])], rel=0.01)

    def test_a_trace_without_noise(self) -> None:
        made = twitches.simulate("fasciculation", seed=2, duration_s=30, noise_uv=0)
        assert len(emg.detect(made)) == len(made.events)

    def test_a_flat_trace(self) -> None:
        found = detect(np.zeros(4000))
        assert len(found) == 0
        assert found.rest_mv == 0
        assert not found.active.any()

    def test_pauses_shorter_than_the_setting_are_merged(self) -> None:
        trace = bursts(3, [(1, 1.05), (1.1, 1.15)], 30)
        assert len(detect(trace, merge_ms=20)) == 2
        assert len(detect(trace, merge_ms=80)) == 1

    def test_events_shorter_than_the_setting_are_left_out(self) -> None:
        trace = bursts(3, [(1, 1.03)], 30)
        assert len(detect(trace, shortest_ms=40)) == 0


def same(one: Detection, other: Detection, shift_s: float = 0) -> bool:
    return bool(
        len(one) == len(other)
        and np.allclose(one.onset_s + shift_s, other.onset_s)
        and np.allclose(one.offset_s + shift_s, other.offset_s)
    )


class TestProperties:
    @given(recordings())
    def test_events_are_in_order_and_apart(self, trace: FloatArray) -> None:
        found = detect(trace)
        ends = np.column_stack((found.onset_s, found.offset_s)).ravel()
        assert np.all(np.diff(ends) > 0)
        assert np.all((ends >= 0) & (ends <= trace.size / RATE_HZ))
        assert np.all(found.burst_ms >= found.settings["shortest_ms"] - 1e-9)
        assert np.all(np.isfinite(found.amplitude_mv))
        assert np.all(found.amplitude_mv > 0)
        lengths_s = found.offset_s - found.onset_s
        assert found.active.sum() / RATE_HZ == pytest.approx(lengths_s.sum())
        assert found.to_frame().shape == (len(found), 4)

    # Powers of two, to avoid rounding.
    @given(recordings(), st.integers(-20, 20), st.sampled_from([-1, 1]))
    def test_gain_and_polarity_do_not_matter(
        self, trace: FloatArray, power: int, sign: int
    ) -> None:
        found = detect(trace)
        other = detect(sign * 2.0**power * trace)
        assert same(found, other)
        assert other.amplitude_mv == pytest.approx(2.0**power * found.amplitude_mv)

    @given(recordings(), st.integers(-8, 8))
    def test_an_offset_does_not_matter(self, trace: FloatArray, offset_mv: int) -> None:
        found = detect(trace)
        moved = detect(trace + offset_mv)
        assert len(found) == len(moved)
        assert found.onset_s == pytest.approx(moved.onset_s, abs=0.002)

    @given(st.integers(1, 40), st.integers(0, 2**32 - 1))
    def test_more_rest_before_only_shifts_events(self, windows: int, seed: int) -> None:
        trace = bursts(2, [(0.5, 0.6), (1.2, 1.25)], 40, seed)
        before = rest(windows * 0.025, seed + 1)
        found = detect(trace)
        later = detect(np.concatenate((before, trace)))
        # In fewer than one trace in three thousand the noise produces a third event; then it does
        # so with and without the preceding rest.
        assert len(found) == len(later)
        assert len(found) in (2, 3)
        assert later.onset_s - before.size / RATE_HZ == pytest.approx(found.onset_s, abs=0.003)
        assert later.offset_s - before.size / RATE_HZ == pytest.approx(found.offset_s, abs=0.003)

    @settings(max_examples=20)
    @given(st.floats(250, 10_000))
    def test_any_sampling_rate(self, rate_hz: float) -> None:
        trace = np.random.default_rng(1).normal(0, 0.005, round(2 * rate_hz))
        trace[round(rate_hz) : round(1.5 * rate_hz)] *= 30
        found = emg.detect(Signal(trace, rate_hz))
        assert found.onset_s == pytest.approx([1], abs=0.02)
        assert found.offset_s == pytest.approx([1.5], abs=0.02)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"emg_mv": [0.1] * 100}, "emg_mv = '100 samples': must be at least 400 samples"),
        ({"emg_mv": np.zeros((2, 4000))}, "1-dimensional"),
        ({"emg_mv": np.full(4000, np.nan)}, "emg_mv = '0 samples': must be at least 400"),
        ({"emg_mv": np.full(4000, np.inf)}, r"emg_mv\[0\] = inf: must be finite"),
        ({"emg_mv": np.zeros(4000, dtype=bool)}, "an array of bool"),
        ({"emg_mv": ["1"] * 4000}, "numbers in mV"),
        ({"emg_mv": np.zeros(4000, dtype=complex)}, "numbers in mV"),
        ({"emg_mv": None}, "numbers in mV"),
        ({"sample_hz": 0}, "sample_hz = 0: must be a number from 100 to 100000 Hz"),
        ({"sample_hz": float("nan")}, "sample_hz"),
        ({"sample_hz": "2000"}, "sample_hz"),
        ({"rest_mv": -1}, "rest_mv"),
        ({"rest_mv": float("inf")}, "rest_mv"),
        ({"weak": 16, "strong": 8}, "weak = 16.0: must be less than strong = 8"),
        ({"evidence": 4}, "evidence = 4: must be a number from 5 to 50"),
    ],
)
def test_refuses_what_cannot_be_searched(changes: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"emg_mv": np.zeros(4000), "sample_hz": RATE_HZ} | changes
    with pytest.raises(NotAllowedError, match=message):
        emg.detect(Signal(given.pop("emg_mv"), given.pop("sample_hz")), **given)


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'evidence'"):
        detect(rest(1), evidense=10)


def test_every_setting_is_documented_with_its_range_and_default() -> None:
    documented = " ".join(str(emg.detect.__doc__).split())
    for name, known in describe(Detector).items():
        message = f"``{name}``, {known.low:g} to {known.high:g} ({known.default:g})"
        assert message in documented


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(4, 60)), min_size=1, max_size=5),
    st.sets(st.integers(0, 399), max_size=4),
    st.integers(0, 2**32 - 1),
)
def test_moments_of_change_stay_in_order(
    steps: list[tuple[int, int]], gaps: set[int], seed: int
) -> None:
    """Whatever the power, no event crosses another or a gap, or gets too short."""
    edges = np.cumsum(np.array(steps).ravel())
    first, last = edges[::2].astype(np.intp), edges[1::2].astype(np.intp)
    relative = np.random.default_rng(seed).exponential(3, edges[-1] + 50)
    inside = {i for a, b in zip(first, last, strict=True) for i in range(a, b)}
    relative[[at for at in gaps if at not in inside and at < relative.size]] = np.nan
    settle(relative, first, last, 30, 20, 4, 2.0, 100.0)
    assert (last - first >= 4).all()
    assert (first[1:] >= last[:-1]).all()
    assert first[0] >= 0
    assert last[-1] <= relative.size
    for a, b in zip(first, last, strict=True):
        assert np.isfinite(relative[a:b]).all()


@pytest.mark.parametrize("times", [1.6, 2])
def test_a_weak_burst_is_placed_by_its_own_power(
    times: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_s = [(float(second), second + 0.35) for second in range(1, 40)]
    trace = bursts(41, at_s, times, seed=3)

    def late_ms() -> float:
        matched = emg.Match(detect(trace).onset_s, [onset_s for onset_s, _ in at_s])
        assert matched.hits == len(at_s)
        return float(1000 * np.abs(matched.late_s).mean())

    placed_ms = late_ms()
    monkeypatch.setattr(_detection_loop, "settle", lambda *_: None)
    assert placed_ms < 0.85 * late_ms()
