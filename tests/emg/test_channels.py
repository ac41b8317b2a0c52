"""Many channels over a long time: each is searched, gaps stay gaps, and events are told apart."""

import numpy as np
import pytest

from twitchlib import emg, twitches
from twitchlib.arrays import FloatArray
from twitchlib.errors import NotAllowedError

RATE_HZ = 2000.0


def grid(channels: int, duration_s: float = 20) -> tuple[FloatArray, FloatArray]:
    """Return potentials that cross a grid, each seen by the channels near it, and their onsets."""
    rng = np.random.default_rng(3)
    trace = rng.normal(0, 0.005, (round(duration_s * RATE_HZ), channels))
    shape = 0.2 * np.sin(np.linspace(0, 4 * np.pi, 20))
    onsets = np.arange(1, duration_s - 1, 0.8)
    for n, onset in enumerate(onsets):
        for k in range(4):
            first = round(onset * RATE_HZ) + 3 * k
            trace[first : first + 20, (n + k) % channels] += shape
    return trace, onsets


@pytest.mark.parametrize("channels", [32, 64])
def test_a_grid_shows_which_channels_see_one_event(channels: int) -> None:
    trace, onsets = grid(channels)
    found = emg.scan(trace, RATE_HZ)
    first_s, seen = found.together()
    assert len(found.to_frame()) == len(found) == seen.sum()
    # What only one channel sees is chance, which happens a few times in so many channels.
    crosses = seen.sum(axis=1) > 1
    assert (~crosses).sum() < 1 + channels / 10
    assert first_s[crosses] == pytest.approx(onsets, abs=0.006)
    assert seen[crosses].shape == (onsets.size, channels)
    assert (seen[crosses].sum(axis=1) == 4).mean() > 0.9


def test_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = twitches.simulate("voluntary", seed=1, duration_s=60)
    whole = emg.scan(made.emg_mv[:, None], made.sample_hz)
    monkeypatch.setattr("twitchlib.emg.channels.PIECE_S", 12.0)
    parts = emg.scan(made.emg_mv[:, None], made.sample_hz)
    assert parts.onset_s == pytest.approx(whole.onset_s, abs=0.01)
    assert parts.offset_s == pytest.approx(whole.offset_s, abs=0.01)


def test_gaps_are_reported_and_not_counted() -> None:
    trace, _onsets = grid(2)
    trace[10_000:20_000, 0] = np.nan
    trace[4_000:5_000, 1] = 0
    found = emg.scan(trace, RATE_HZ, labels=["left", "left"])
    assert found.labels == ("left #1", "left #2")
    assert found.gaps_s[0] == pytest.approx(np.array([[5, 10]]))
    assert found.gaps_s[1] == pytest.approx(np.array([[2, 2.5]]), abs=0.01)
    assert found.count("left #1").observed_s == pytest.approx(15)
    assert "missing" in found.remarks["left #1"][0]
    inside = found.onset_s[found.channel == 0]
    assert not np.any((inside > 5) & (inside < 10))


@pytest.mark.parametrize("rate_hz", [100.0, 1000.0, 20_000.0])
def test_any_rate(rate_hz: float) -> None:
    trace = np.random.default_rng(1).normal(0, 0.005, (round(6 * rate_hz), 1))
    trace[round(2 * rate_hz) : round(3 * rate_hz)] *= 20
    found = emg.scan(trace, rate_hz)
    # At 100 Hz, a 20 Hz filter smears an edge over five samples.
    assert found.onset_s == pytest.approx([2], abs=0.1)
    assert found.offset_s == pytest.approx([3], abs=0.1)


def test_refuses_what_has_no_channels() -> None:
    with pytest.raises(NotAllowedError, match="samples × channels"):
        emg.scan(np.zeros(4000), RATE_HZ)
    with pytest.raises(NotAllowedError, match="labels"):
        emg.scan(np.zeros((4000, 2)), RATE_HZ, labels=["one"])
    with pytest.raises(NotAllowedError, match="label"):
        emg.scan(grid(2)[0], RATE_HZ).count("nobody")
