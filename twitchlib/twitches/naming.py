"""Recordings to name: drawn from a number, harder with each level.

Examples
--------
>>> game = rounds(7)
>>> [one.level for one in game[::ROUNDS_A_LEVEL]]
['clear', 'noisy', 'look-alikes']
>>> game == rounds(7)
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from twitchlib.arrays import checked_number
from twitchlib.physiology.motor_units import POOL, units
from twitchlib.twitches.kinds import KINDS, simulate
from twitchlib.twitches.recording import Recording

__all__ = ["LEVELS", "ROUNDS_A_LEVEL", "Round", "confusion", "rounds"]

ROUNDS_A_LEVEL: Final = 4
LENGTH_S: Final = 10.0

_FOUR: Final = tuple(name for name, kind in KINDS.items() if not kind.look_alike)

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "clear": _FOUR,
    "noisy": _FOUR,
    "look-alikes": tuple(KINDS),
}
"""The levels in order, and what a recording of each may be."""

_NOISE_UV: Final = {"clear": (5.0, 5.0), "noisy": (25.0, 60.0), "look-alikes": (10.0, 40.0)}
# The smallest potential must stand out from the noise: peak to peak against its deviation.
_LEAST_OVER_NOISE: Final = 8.0
_PEAK_TO_PEAK: Final = 1.446

# What recordings of a kind may be made with; from the second level on, any of them.
_VERSIONS: Final[Mapping[str, tuple[dict[str, Any], ...]]] = {
    "fasciculation": (
        {"rate_per_min": 35, "sites": 3, "doublet_part": 0},
        {"rate_per_min": 50, "sites": 6},
    ),
    "clonus": ({}, {"delay_ms": 65, "gain_s": 0.8}, {"load_nm": 2, "gain_s": 1.0}),
    "spasm": ({"units": 15}, {"units": 8, "onset_s": 2}, {"units": 12}),
    "myoclonus": ({}, {"preset": "other"}, {"preset": "negative"}),
    "myokymia": ({}, {"groups_hz": 2.5}),
    "neuromyotonia": ({"units": 1}, {"preset": "runs"}),
    "tremor": ({"depth": 0.8}, {"preset": "enhanced"}),
    "shivering": ({"waves_per_min": 12}, {"waves_per_min": 15}),
    "voluntary": ({}, {"preset": "strong"}),
}


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
        """What it may be, as far as the reader knows."""
        return LEVELS[self.level]

    def recording(self, sample_hz: float = 2000.0) -> Recording:
        """Return the recording."""
        return simulate(
            self.kind, seed=self.seed, duration_s=LENGTH_S, noise_uv=self.noise_uv,
            sample_hz=sample_hz, **_VERSIONS[self.kind][self.version],
        )  # fmt: skip

    @property
    def shows_it(self) -> bool:
        """Whether something happens in it, at least twice where it is brief, above the noise."""
        made = self.recording(500)
        if len(made.events) < (1 if self.kind in ("spasm", "tremor", "shivering") else 2):
            return False
        active = np.unique(np.array([e.unit for e in made.events if e.unit], dtype=np.int64))
        size_uv = 1000 * _PEAK_TO_PEAK * units(POOL).potential_mv[active - 1]
        return bool(np.all(size_uv >= _LEAST_OVER_NOISE * self.noise_uv))


def rounds(game: int) -> tuple[Round, ...]:
    """Return the rounds of a game: some of each level, none of a kind more than twice in one.

    Parameters
    ----------
    game : int
        Number of the game, 0 to 9999; the same number makes the same rounds.

    Raises
    ------
    NotAllowedError
        If there is no game of that number.
    """
    number = int(checked_number("game", game, low=0, high=9999, integer=True))
    rng = np.random.default_rng([number, ROUNDS_A_LEVEL])
    return tuple(
        _drawn(level, str(kind), rng)
        for level, options in LEVELS.items()
        for kind in rng.permutation([*options, *options])[:ROUNDS_A_LEVEL]
    )


def _drawn(level: str, kind: str, rng: np.random.Generator) -> Round:
    versions = len(_VERSIONS[kind]) if level != "clear" else 1
    while True:
        noise_uv = round(float(rng.uniform(*_NOISE_UV[level])), 1)
        one = Round(level, kind, int(rng.integers(versions)), int(rng.integers(1 << 31)), noise_uv)
        if one.shows_it:
            return one


def confusion(answers: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return how often each kind was called what.

    Parameters
    ----------
    answers : iterable of (str, str)
        What it was and what was said.

    Returns
    -------
    dict
        By what it was, then by what was said; kinds in the order of `KINDS`, and those alone that
        were shown or said.

    Examples
    --------
    >>> confusion([("clonus", "clonus"), ("clonus", "spasm")])
    {'clonus': {'clonus': 1, 'spasm': 1}, 'spasm': {'clonus': 0, 'spasm': 0}}
    """
    pairs = list(answers)
    seen = [kind for kind in KINDS if any(kind in pair for pair in pairs)]
    return {was: {said: pairs.count((was, said)) for said in seen} for was in seen}
