"""Anything that holds an EMG and its sampling rate can be analysed."""

import numpy as np
import pytest

from twitchlib import emg, twitches
from twitchlib.emg import Signal
from twitchlib.errors import NotAllowedError


def test_a_recording_is_taken_as_it_is() -> None:
    made = twitches.simulate("clonus", seed=1, duration_s=5)
    signal = Signal.of(made)
    assert (signal.name, signal.note, signal.synthetic) == ("clonus", made.note, True)
    assert np.shares_memory(signal.emg_mv, made.emg_mv)
    assert Signal.of(signal) is signal
    for step in (emg.bandpass, emg.detect, emg.analyse):
        assert step(made)
    np.testing.assert_array_equal(emg.detect(made).onset_s, emg.detect(signal).onset_s)


@pytest.mark.parametrize("given", [np.zeros(1000), [0.0] * 1000, None, "mine.csv"])
def test_an_emg_without_a_rate_is_refused_with_the_remedy(given: object) -> None:
    for step in (emg.bandpass, emg.detect, emg.analyse):
        with pytest.raises(NotAllowedError, match=r"signal = .*Signal\(emg_mv, sample_hz\)"):
            step(given)  # type: ignore[arg-type]


def test_a_signal_in_memory_may_be_longer_than_a_file() -> None:
    assert Signal(np.zeros(4_000_000), 2000).duration_s == 2000
