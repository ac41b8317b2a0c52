"""What no muscle makes is found where it is, and nowhere else."""

import numpy as np
import pytest

from benchmarks import emg_traces
from twitchlib import emg, twitches
from twitchlib.arrays import FloatArray

RATE_HZ = 2000.0


def noise(seed: int = 0, duration_s: float = 20) -> FloatArray:
    return np.random.default_rng(seed).normal(0, 0.005, round(duration_s * RATE_HZ))


def kinds_of(signal: emg.Signal) -> set[str]:
    return {flaw.kind for flaw in signal.flaws}


@pytest.mark.parametrize(
    ("world", "kind"),
    [("50 Hz hum", "hum"), ("60 Hz hum", "hum"), ("ECG", "heart"), ("drift", "drift")],
)
@pytest.mark.parametrize("events", ["bursts", "potentials"])
def test_interference_is_taken_out(world: str, kind: str, events: str) -> None:
    made = emg_traces.made(events, world, 10, 5)
    found = emg.clean(emg.Signal(made.emg_mv, made.rate_hz))
    assert kinds_of(found) == {kind}
    assert len(found.remarks) == 1
    rest = np.ones(made.emg_mv.size, dtype=bool)
    for first, last in np.rint(made.marks_s * made.rate_hz).astype(int):
        rest[first - 100 : last + 100] = False
    left = found.emg_mv[rest] - made.undisturbed_mv[rest]
    disturbed = made.emg_mv[rest] - made.undisturbed_mv[rest]
    assert left.std() < 0.1 * disturbed.std()
    assert left.std() < 0.4 * made.noise_mv


@pytest.mark.parametrize("name", list(twitches.kinds()))
def test_no_kind_of_twitch_is_taken_for_interference(name: str) -> None:
    for seed in (1, 2):
        made = twitches.simulate(name, seed=seed, duration_s=20)
        assert not kinds_of(emg.clean(made))
        assert not kinds_of(emg.clean(emg.bandpass(made)))


def test_hum_is_recognised_by_its_frequency() -> None:
    time_s = np.arange(40_000) / RATE_HZ
    hum = emg.clean(emg.Signal(noise() + 0.03 * np.sin(2 * np.pi * 59.95 * time_s), RATE_HZ))
    (flaw,) = hum.flaws
    assert flaw.size == pytest.approx(60, abs=0.3)
    # No mains supply runs at 45 Hz.
    other = emg.Signal(noise() + 0.03 * np.sin(2 * np.pi * 45 * time_s), RATE_HZ)
    assert not emg.clean(other).flaws


def test_a_heart_is_counted() -> None:
    trace = emg_traces.alone("ECG", 1)
    (flaw,) = emg.clean(emg.Signal(trace.emg_mv, RATE_HZ)).flaws
    assert flaw.size == pytest.approx(72, abs=2)
    found = emg.analyse(emg.Signal(trace.emg_mv, RATE_HZ))
    assert found.classification.kind is None
    assert found.features.events <= 2


def test_gaps_are_marked_with_their_place() -> None:
    trace = noise()
    trace[10_000:11_000] = 0
    trace[20_000:20_500] = np.nan
    found = emg.clean(emg.Signal(trace, RATE_HZ))
    places = {flaw.kind: (flaw.start_s, flaw.end_s) for flaw in found.flaws}
    assert places["held"] == pytest.approx((5, 5.5), abs=0.001)
    assert places["missing"] == pytest.approx((10, 10.25))
    assert np.isnan(found.emg_mv[10_010:10_990]).all()
    assert np.isnan(emg.bandpass(found).emg_mv[20_000:20_500]).all()
    assert len(emg.detect(found)) == 0


def test_nothing_is_carried_over_a_gap() -> None:
    trace = noise()
    trace[10_000:20_000] *= 20
    trace[14_000:15_000] = np.nan
    found = emg.detect(emg.Signal(trace, RATE_HZ))
    assert found.onset_s == pytest.approx([5, 7.5], abs=0.01)
    assert found.offset_s == pytest.approx([7, 10], abs=0.01)
    assert np.isfinite(found.amplitude_mv).all()
    assert np.isfinite(emg.measure(found).median_hz)


def test_zeros_are_not_taken_for_rest() -> None:
    made = twitches.simulate("fasciculation", seed=2, duration_s=60)
    trace = made.emg_mv.copy()
    trace[:6000] = 0
    found = emg.detect(emg.Signal(trace, made.sample_hz))
    truth = [event.onset_s for event in made.events if event.onset_s > 3]
    assert found.onset_s == pytest.approx(truth, abs=0.02)
    assert found.rest_mv == pytest.approx(0.005, rel=0.1)


def test_an_amplifier_at_its_limit() -> None:
    trace = noise()
    trace[8_000:8_400] = 1.0
    trace[20_000:20_040] = np.clip(3 * np.sin(np.arange(40) / 6), -1, 1)
    found = emg.detect(emg.Signal(trace, RATE_HZ))
    assert kinds_of(found.signal) == {"saturated"}
    assert found.onset_s == pytest.approx([10], abs=0.01)


def test_coarse_steps_are_not_events() -> None:
    steps = emg.Signal(0.02 * np.round(noise() / 0.02), RATE_HZ)
    found = emg.analyse(steps)
    assert len(found.detection) == 0
    assert kinds_of(found.detection.signal) == {"steps"}
    assert "0.02 mV" in found.detection.signal.remarks[0]


def test_cleaning_can_be_declined() -> None:
    trace = emg_traces.alone("50 Hz hum", 1).emg_mv
    kept = emg.clean(emg.Signal(trace, RATE_HZ, cleaned=True))
    assert np.array_equal(kept.emg_mv, trace)
