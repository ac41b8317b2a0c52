"""What passes the band-pass, what does not, and that nothing moves in time."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import emg
from twitchlib.arrays import FloatArray
from twitchlib.emg import Signal
from twitchlib.errors import NotAllowedError

RATE_HZ = 2000.0
TIME_S = np.arange(8000) / RATE_HZ
MIDDLE = slice(2000, -2000)


def bandpass(trace: FloatArray, **corners: float) -> FloatArray:
    return emg.bandpass(Signal(trace, RATE_HZ), **corners).emg_mv


def wave(hz: float) -> FloatArray:
    return np.sin(2 * np.pi * hz * TIME_S)


@pytest.mark.parametrize(
    # Butterworth, second order, twice: 1 / (1 + (f/fc)⁴) for each corner.
    ("hz", "gain"),
    [(2, 1e-4), (20, 0.5), (40, 16 / 17), (100, 0.996), (450, 0.5), (900, 1 / 17)],
)
def test_gain_is_that_of_a_butterworth_filter_run_both_ways(hz: float, gain: float) -> None:
    passed = bandpass(wave(hz))[MIDDLE]
    assert np.abs(passed).max() == pytest.approx(gain, rel=0.02, abs=1e-3)


def test_is_the_filter_of_scipy() -> None:
    signal = pytest.importorskip("scipy.signal")
    noise = np.random.default_rng(1).normal(size=20_000)
    low = signal.butter(2, 20, "high", fs=RATE_HZ, output="sos")
    # Far below half the sampling rate, where the response of the digital filter is not warped.
    high = signal.butter(2, 60, "low", fs=RATE_HZ, output="sos")
    theirs = signal.sosfiltfilt(high, signal.sosfiltfilt(low, noise))
    ours = bandpass(noise, high_hz=60)
    np.testing.assert_allclose(ours[2000:-2000], theirs[2000:-2000], atol=0.03 * ours.std())


def test_nothing_moves_in_time() -> None:
    potential = np.zeros(4001)
    potential[1990:2011] = np.hanning(21)
    passed = bandpass(potential)
    np.testing.assert_allclose(passed, passed[::-1], atol=1e-12)
    assert np.argmax(passed) == 2000


def test_drift_and_offset_are_removed() -> None:
    drifting = wave(100) + 5 + np.linspace(0, 3, TIME_S.size)
    np.testing.assert_allclose(bandpass(drifting)[MIDDLE], bandpass(wave(100))[MIDDLE], atol=0.01)


@given(st.integers(400, 5000), st.floats(-1e3, 1e3), st.integers(0, 2**32 - 1))
def test_keeps_length_and_scale(size: int, gain: float, seed: int) -> None:
    trace = np.random.default_rng(seed).normal(size=size)
    once = bandpass(trace)
    assert once.size == size
    np.testing.assert_allclose(bandpass(gain * trace), gain * once, atol=1e-9)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"high_hz": 1000}, "high_hz = 1000: must be less than half the sampling rate, 1000 Hz"),
        ({"low_hz": 500}, "low_hz = 500: must be less than high_hz"),
        ({"low_hz": 0}, "low_hz"),
        ({"low_hz": float("nan")}, "low_hz"),
        ({"sample_hz": 0}, "sample_hz"),
        ({"sample_hz": True}, "sample_hz"),
    ],
)
def test_refuses_impossible_corners(changes: dict[str, Any], message: str) -> None:
    rate_hz = changes.pop("sample_hz", RATE_HZ)
    with pytest.raises(NotAllowedError, match=message):
        emg.bandpass(Signal(wave(100), rate_hz), **changes)


def test_the_filtered_signal_keeps_its_origin() -> None:
    given = Signal(wave(100), RATE_HZ, name="mine", note="From me.")
    passed = emg.bandpass(given)
    assert (passed.name, passed.note, passed.sample_hz) == ("mine", "From me.", RATE_HZ)
