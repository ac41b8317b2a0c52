"""Recordings to name: drawn from a seed, harder with each level.

Examples
--------
>>> game = rounds(7)
>>> [one.level for one in game[::4]]
['clear', 'noisy', 'look-alikes']
>>> game == rounds(7)
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from twitchlib.physiology.motor_units import POOL, units
from twitchlib.rounds import deal
from twitchlib.twitches.recording import Recording
from twitchlib.twitches.simulation import kinds, simulate

__all__ = ["Round", "rounds"]

ROUNDS_A_LEVEL: Final = 4
LENGTH_S: Final = 10.0

_TWITCHES: Final = tuple(name for name, kind in kinds().items() if not kind.look_alike)

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "clear": _TWITCHES,
    "noisy": _TWITCHES,
    "look-alikes": tuple(kinds()),
}
"""The levels in order, each with the kinds that its recordings may be."""

ROUNDS: Final = ROUNDS_A_LEVEL * len(LEVELS)

_NOISE_UV: Final = {"clear": (5.0, 5.0), "noisy": (25.0, 60.0), "look-alikes": (10.0, 40.0)}
# The smallest potential must exceed the noise: its peak-to-peak size over the noise's SD.
_LEAST_OVER_NOISE: Final = 8.0
_PEAK_TO_PEAK: Final = 1.446
# The events are the same at any sampling rate, and the lowest takes the least time.
_CHECKED_HZ: Final = 500.0


@dataclass(frozen=True)
class Round:
    """One recording to name.

    Attributes
    ----------
    level : str
        One of `LEVELS`.
    kind : str
        What it is.
    version : int
        Which version of it.
    seed : int
        Makes the recording.
    noise_uv : float
        Noise of its EMG.
    """

    level: str
    kind: str
    version: int
    seed: int
    noise_uv: float

    @property
    def options(self) -> tuple[str, ...]:
        """The kinds it may be, from which the reader chooses."""
        return LEVELS[self.level]

    def recording(self, sample_hz: float = 2000.0) -> Recording:
        """Return the recording."""
        return simulate(
            self.kind, seed=self.seed, duration_s=LENGTH_S, noise_uv=self.noise_uv,
            sample_hz=sample_hz, **kinds()[self.kind].game[self.version],
        )  # fmt: skip

    @property
    def shows_it(self) -> bool:
        """Whether enough events exceed the noise to name it."""
        return _shows_it(self.recording(_CHECKED_HZ), self.noise_uv)


def rounds(game: int) -> tuple[Round, ...]:
    """Return the rounds of a game: four of each level, no kind more than twice in a level.

    Parameters
    ----------
    game : int
        Number of the game, 0 to 9999; the same number makes the same rounds.

    Raises
    ------
    NotAllowedError
        If there is no game with that number.

    Examples
    --------
    >>> rounds(7)[0].recording().duration_s
    10.0
    """
    return tuple(one for one, _ in one_by_one(game, _CHECKED_HZ))


def one_by_one(game: int, sample_hz: float = 2000.0) -> Iterator[tuple[Round, Recording]]:
    """Yield the rounds of a game and their recordings, each made only when it is needed.

    Parameters
    ----------
    game : int
        Number of the game, 0 to 9999.
    sample_hz : float
        Samples per second of the recordings.

    Raises
    ------
    NotAllowedError
        If there is no game with that number, at the first round.

    Examples
    --------
    >>> next(one_by_one(7))[0] == rounds(7)[0]
    True
    """
    return deal(game, LEVELS.values(), ROUNDS_A_LEVEL, partial(_attempt, sample_hz))


def _attempt(
    sample_hz: float, kind: str, place: int, rng: np.random.Generator
) -> tuple[Round, Recording] | None:
    level = list(LEVELS)[place // ROUNDS_A_LEVEL]
    versions = len(kinds()[kind].game) if level != "clear" else 1
    noise_uv = round(float(rng.uniform(*_NOISE_UV[level])), 1)
    one = Round(level, kind, int(rng.integers(versions)), int(rng.integers(1 << 31)), noise_uv)
    recording = one.recording(sample_hz)
    return (one, recording) if _shows_it(recording, noise_uv) else None


def _shows_it(recording: Recording, noise_uv: float) -> bool:
    """Return whether enough events exceed the noise to name the kind."""
    if len(recording.events) < kinds()[recording.kind].fewest_events:
        return False
    active = np.unique(np.array([e.unit for e in recording.events if e.unit], dtype=np.int64))
    size_uv = 1000 * _PEAK_TO_PEAK * units(POOL).potential_mv[active - 1]
    return bool(np.all(size_uv >= _LEAST_OVER_NOISE * noise_uv))
