"""Three needle recordings of PhysioNet's ``emgdb``: found clean, and plausible.

Nobody has marked the potentials in them, so nothing can be said of hits and misses. What can be
said: potentials come at rates at which motor units fire, and are as long as potentials are.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from twitchlib import emg

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "emgdb"
NAMES = ("healthy", "myopathy", "neuropathy")


@pytest.fixture(scope="module", params=NAMES)
def recording(request: pytest.FixtureRequest) -> Any:
    wfdb = pytest.importorskip("wfdb")
    if not FOLDER.is_dir():
        pytest.skip("the recordings are not beside the checkout")
    return wfdb.rdrecord(str(FOLDER / f"emg_{request.param}"))


@pytest.fixture(scope="module")
def found(recording: Any) -> emg.Detection:
    clean = emg.bandpass(recording.p_signal[:, 0], recording.fs, high_hz=1900)
    return emg.detect(clean, recording.fs)


def test_the_contraction_is_found(found: emg.Detection) -> None:
    # Each person contracted the muscle gently for most of the time.
    assert 0.4 < found.active.mean() < 0.99
    assert np.all(np.diff(found.onset_s) > 0)
    # Noise of a needle at rest: tens of microvolts at the most.
    assert 0.001 < found.rest_mv < 0.05


def test_units_fire_at_rates_at_which_units_fire(found: emg.Detection) -> None:
    time_s, _ = emg.potentials(found)
    # A few units at 5 to 30 a second each.
    assert 5 < time_s.size / (found.active.sum() / found.sample_hz) < 90


def test_lone_potentials_are_as_long_as_potentials(recording: Any) -> None:
    # Far above what other units leave in between, potentials stand apart.
    clean = emg.bandpass(recording.p_signal[:, 0], recording.fs, high_hz=1900)
    detector = emg.Detector(strong=100, weak=16, rest_evidence=0, merge_ms=5)
    found = emg.detect(clean, recording.fs, detector)
    _, event = emg.potentials(found)
    lone = np.bincount(event, minlength=len(found)) == 1
    assert lone.sum() > 50
    # 5 to 15 ms is usual, more in neuropathy; a neighbour's foot may be counted along.
    assert 5 < np.median(found.burst_ms[lone]) < 30
    assert 0.05 < np.median(found.amplitude_mv) < 5


def test_the_largest_potentials_are_those_of_neuropathy(recording: Any) -> None:
    # Units that have taken over fibres of others make large potentials.
    clean = emg.bandpass(recording.p_signal[:, 0], recording.fs, high_hz=1900)
    high = np.percentile(emg.detect(clean, recording.fs).amplitude_mv, 90)
    assert (high > 2.5) == (recording.record_name == "emg_neuropathy")
