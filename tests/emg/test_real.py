"""Three needle recordings from PhysioNet's ``emgdb``: clean and plausible detections.

Their potentials are not annotated, so hits and misses cannot be counted. What can be checked:
potentials occur at physiological rates and have usual durations.
"""

from pathlib import Path

import numpy as np
import pytest

from twitchlib import emg

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "emgdb"
NAMES = ("healthy", "myopathy", "neuropathy")


@pytest.fixture(scope="module", params=NAMES)
def recording(request: pytest.FixtureRequest) -> emg.Signal:
    wfdb = pytest.importorskip("wfdb")
    if not FOLDER.is_dir():
        pytest.skip("the recordings are not beside the checkout")
    record = wfdb.rdrecord(str(FOLDER / f"emg_{request.param}"))
    return emg.Signal(record.p_signal[:, 0], record.fs, name=request.param)


@pytest.fixture(scope="module")
def found(recording: emg.Signal) -> emg.Detection:
    return emg.detect(emg.bandpass(recording, high_hz=1900))


def test_the_contraction_is_found(found: emg.Detection) -> None:
    # Each person contracted the muscle gently for most of the time.
    assert 0.4 < found.active.mean() < 0.99
    assert np.all(np.diff(found.onset_s) > 0)
    # Noise of a needle at rest: at most tens of microvolts.
    assert 0.001 < found.rest_mv < 0.05


def test_units_fire_at_physiological_rates(found: emg.Detection) -> None:
    time_s, _ = found.potentials()
    # A few units at 5 to 30 a second each.
    assert 5 < time_s.size / (found.active.sum() / found.signal.sample_hz) < 90


def test_isolated_potentials_have_a_usual_duration(recording: emg.Signal) -> None:
    # Far above the baseline activity of other units, potentials are separate.
    clean = emg.bandpass(recording, high_hz=1900)
    found = emg.detect(clean, strong=100, weak=16, rest_evidence=0, merge_ms=5)
    _, event = found.potentials()
    lone = np.bincount(event, minlength=len(found)) == 1
    assert lone.sum() > 50
    # 5 to 15 ms is usual, more in neuropathy; a neighbour's tail may be included.
    assert 5 < np.median(found.burst_ms[lone]) < 30
    assert 0.05 < np.median(found.amplitude_mv) < 5


def test_the_largest_potentials_are_those_of_neuropathy(found: emg.Detection) -> None:
    # Units that have reinnervated fibres of others have large potentials.
    high = np.percentile(found.amplitude_mv, 90)
    assert (high > 2.5) == (found.signal.name == "neuropathy")
