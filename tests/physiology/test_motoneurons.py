"""Many motoneurons side by side do what each does alone, with and without a compiler."""

import dataclasses

import numpy as np
import pytest

from twitchlib.arrays import FloatArray
from twitchlib.physiology._motoneuron_arrays import motoneurons_in_arrays
from twitchlib.physiology._motoneuron_loop import SIDE_BY_SIDE, exponentials
from twitchlib.physiology._motoneurons import spikes_ms
from twitchlib.physiology.motoneuron import CELL, Motoneuron, simulate

DT_MS = 0.5


def uneven_drive(seed: int, end_ms: float) -> FloatArray:
    at_ms = np.arange(0, end_ms, 2.0)
    noise_na = np.random.default_rng(seed).normal(0, 8, at_ms.size)
    return np.column_stack((at_ms, 8 + noise_na))


OF_EACH_KIND = pytest.mark.parametrize(
    "cell",
    [
        CELL,
        Motoneuron(persistent_us=0),
        Motoneuron(soma_nf=0.5, afterhyperpolarisation_us=3, afterhyperpolarisation_ms=300),
        Motoneuron(slope_mv=1, hold_ms=0.5, afterhyperpolarisation_us=0),
        Motoneuron(threshold_mv=-58, reset_mv=-58),
    ],
)


@OF_EACH_KIND
@pytest.mark.parametrize("cells", [1, SIDE_BY_SIDE, 2 * SIDE_BY_SIDE + 3])
def test_each_fires_as_it_does_alone(cell: Motoneuron, cells: int) -> None:
    # Each ends at a different time while its neighbours run on.
    ends_ms = [1500 + 40 * seed for seed in range(cells)]
    drives = [uneven_drive(seed, end_ms) for seed, end_ms in enumerate(ends_ms)]
    together = spikes_ms(cell, drives, ends_ms, dt_ms=DT_MS)
    assert len(together) == cells
    for drive, end_ms, fired_ms in zip(drives, ends_ms, together, strict=True):
        alone_ms = simulate(cell, drive, end_ms, dt_ms=DT_MS).spike_ms
        assert alone_ms.size
        assert fired_ms == pytest.approx(alone_ms, abs=1e-9)


@OF_EACH_KIND
def test_each_fires_as_it_does_alone_without_a_compiler(cell: Motoneuron) -> None:
    drives = [uneven_drive(seed, 1500) for seed in range(7)]
    middle_ms = (np.arange(3000) + 0.5) * DT_MS
    soma_na = np.column_stack([np.interp(middle_ms, *drive.T) for drive in drives])
    fired_ms, spikes = np.empty((7, 3000)), np.zeros(7, dtype=np.int64)
    values = np.array(dataclasses.astuple(cell))
    motoneurons_in_arrays(soma_na, DT_MS, values, fired_ms, spikes)
    for drive, found_ms, count in zip(drives, fired_ms, spikes, strict=True):
        alone_ms = simulate(cell, drive, 1500, dt_ms=DT_MS).spike_ms
        assert alone_ms.size
        assert found_ms[:count] == pytest.approx(alone_ms, abs=1e-9)


def test_a_cell_at_rest_never_fires() -> None:
    at_rest, driven = np.array([(0.0, 2.6)]), np.array([(0.0, 9.0)])
    silent, busy = spikes_ms(CELL, [at_rest, driven], [1000, 1000], dt_ms=DT_MS)
    assert silent.size == 0
    assert busy.size > 5


def test_exponentials_are_those_of_the_library() -> None:
    x = np.concatenate((np.linspace(-690, 690, 100_001), [0.0, -1e-12]))
    found = x.copy()
    exponentials(found, np.empty(x.size, dtype=np.int64))
    assert found == pytest.approx(np.exp(x), rel=1e-15, abs=0)


def test_exponentials_stay_finite() -> None:
    # Exponents so large that only their sign matters.
    found = np.array([-1e9, 1e9])
    exponentials(found, np.empty(2, dtype=np.int64))
    assert 0 < found[0] < 1e-300
    assert 1e300 < found[1] < np.inf
