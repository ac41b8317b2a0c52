"""How well events are found in realistic EMGs: the recordings of ``benchmarks/emg_traces.py``.

The limits are the lowest mean F1 over signal-to-noise ratios of 0, 10 and 20 dB, and the largest
median error of onsets in ms. At 0 dB a single potential can hardly be told from noise, which limits
the mean.
"""

import numpy as np
import pytest

from benchmarks import emg_methods, emg_traces, emg_trials

LIMITS = {
    "bursts, white noise": (0.92, 6),
    "bursts, coloured noise": (0.95, 7),
    "bursts, tonic activity": (0.78, 9),
    "bursts, 50 Hz hum": (0.92, 7),
    "bursts, 60 Hz hum": (0.93, 7),
    "bursts, ECG": (0.9, 9),
    "bursts, drift": (0.91, 8),
    "bursts, dropouts": (0.9, 7),
    "bursts, saturation": (0.93, 8),
    "bursts, steps of 20 µV": (0.9, 8),
    "potentials, white noise": (0.83, 2),
    "potentials, coloured noise": (0.84, 2),
    "potentials, tonic activity": (0.58, 3),
    "potentials, 50 Hz hum": (0.79, 2),
    "potentials, 60 Hz hum": (0.77, 2),
    "potentials, ECG": (0.79, 2),
    "potentials, drift": (0.81, 2),
    "potentials, dropouts": (0.81, 2),
    "potentials, saturation": (0.76, 2),
    "potentials, steps of 20 µV": (0.65, 3),
    "real, healthy": (0.93, 7),
    "real, myopathy": (0.88, 4),
    "real, neuropathy": (0.97, 3),
}
DEFAULT = emg_methods.ours()["default"]


@pytest.mark.parametrize("row", LIMITS)
def test_events_are_found_within_the_limits(row: str) -> None:
    if row.startswith("real") and not emg_traces.EMGDB.is_dir():
        pytest.skip("the recordings are not beside the checkout")
    on = emg_trials.traces(row, emg_trials.TRIED)
    found = emg_trials.score(emg_trials.run(DEFAULT, on), on)
    least, latest_ms = LIMITS[row]
    assert found.failed == 0
    assert found.f1 >= least
    assert found.onset_ms <= latest_ms


def test_every_kind_has_its_limits() -> None:
    assert list(LIMITS) == emg_trials.rows()


@pytest.mark.parametrize("world", emg_traces.WORLDS)
def test_nothing_is_found_where_nothing_is(world: str) -> None:
    found = [DEFAULT(emg_traces.alone(world, seed))[0].size for seed in (0, 1)]
    # In 40 s; wandering noise may give one by chance.
    assert sum(found) <= 2


def test_undisturbed_traces_are_what_disturbed_ones_hide() -> None:
    for world in emg_traces.ADDED:
        trace = emg_traces.made("potentials", world, 10, 3)
        assert trace.emg_mv.std() > 2 * trace.undisturbed_mv.std()
        assert np.allclose(emg_traces.made("potentials", world, 10, 3).emg_mv, trace.emg_mv)
