"""Ten needle recordings at rest to be named: drawn from a seed, the later ones harder.

Examples
--------
>>> game = rounds(7)
>>> len(game), game == rounds(7)
(10, True)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.needle._discharges import discharges
from twitchlib.needle.recording import NeedleRecording, simulate
from twitchlib.rounds import deal

__all__ = ["Round", "rounds"]

ROUNDS: Final = 10
LENGTH_S: Final = 6.0
# Illustrative: how near and how noisy the first half and the second half of a game are.
_NEAR_MM: Final = ((0.15, 0.2), (0.15, 0.3))
_NOISE_UV: Final = ((2.0, 3.0), (3.0, 6.0))
# A recording can be named if it has at least so many potentials and is so many times as high as the
# noise.
_FEWEST: Final = 4
_OVER_NOISE: Final = 8.0


@dataclass(frozen=True)
class Round:
    """One recording to name.

    Attributes
    ----------
    kind : str
        What it is.
    seed : int
        Makes the recording.
    distance_mm, noise_uv : float
        How near the needle is, and how noisy the recording.
    """

    kind: str
    seed: int
    distance_mm: float
    noise_uv: float

    @property
    def options(self) -> tuple[str, ...]:
        """The discharges it may be, from which the reader chooses."""
        return tuple(discharges())

    def recording(self) -> NeedleRecording:
        """Return the recording."""
        return simulate(
            self.kind, LENGTH_S, seed=self.seed, distance_mm=self.distance_mm,
            noise_uv=self.noise_uv,
        )  # fmt: skip


def rounds(game: int) -> tuple[Round, ...]:
    """Return the rounds of a game, no discharge more than twice.

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
    6.0
    """
    return tuple(one for one, _ in one_by_one(game))


def one_by_one(game: int) -> Iterator[tuple[Round, NeedleRecording]]:
    """Yield the rounds of a game and their recordings, each made only when it is needed.

    Raises
    ------
    NotAllowedError
        If there is no game with that number, at the first round.
    """
    return deal(game, [tuple(discharges())], ROUNDS, _attempt)


def _attempt(
    kind: str, place: int, rng: np.random.Generator
) -> tuple[Round, NeedleRecording] | None:
    half = 2 * place // ROUNDS
    near_mm = round(float(rng.uniform(*_NEAR_MM[half])), 2)
    noise_uv = round(float(rng.uniform(*_NOISE_UV[half])), 1)
    one = Round(kind, int(rng.integers(1 << 31)), near_mm, noise_uv)
    recording = one.recording()
    high = 1000 * float(np.ptp(recording.emg_mv)) >= _OVER_NOISE * noise_uv
    return (one, recording) if high and recording.fired_s.size >= _FEWEST else None
