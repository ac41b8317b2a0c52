"""A synthetic recording of a needle in a muscle at rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from twitchlib.arrays import FloatArray, checked_number, checked_seed
from twitchlib.messages import gettext as _
from twitchlib.needle._discharges import discharges
from twitchlib.needle._sources import SOURCES, Place

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FURTHEST_MM", "NEAREST_MM", "NeedleRecording", "simulate"]

LONGEST_S = 60.0
NEAREST_MM, FURTHEST_MM = 0.1, 1.0
NOTE = _(
    "Synthetic: made by a model of muscle fibres, recorded from nobody. For teaching; it says "
    "nothing about any person."
)


@dataclass(frozen=True, eq=False)
class NeedleRecording:
    """What a needle picks up, and when something fired.

    Attributes
    ----------
    kind : str
        One of `discharges`.
    emg_mv : ndarray, shape (n,)
        Potential at the needle; examiners draw positive potentials downwards.
    sample_hz : float
        Samples per second.
    fired_s : ndarray, shape (m,)
        When each potential begins, in order.
    seed : int
        Reproduces the recording.
    distance_mm, noise_uv : float
        Distance to the nearest fibre that fires; standard deviation of the noise.
    """

    kind: str
    emg_mv: FloatArray
    sample_hz: float
    fired_s: FloatArray
    seed: int
    distance_mm: float
    noise_uv: float
    synthetic: bool = True

    @property
    def note(self) -> str:
        """Where it comes from, in words."""
        return NOTE

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return self.emg_mv.size / self.sample_hz

    @property
    def time_s(self) -> FloatArray:
        """Time of each sample."""
        time_s: FloatArray = np.arange(self.emg_mv.size) / self.sample_hz
        return time_s

    def to_frame(self) -> pd.DataFrame:
        """Return one row per sample: ``time_s`` and ``emg_mv``."""
        import pandas as pd

        return pd.DataFrame({"time_s": self.time_s, "emg_mv": self.emg_mv})


def simulate(
    kind: str,
    /,
    duration_s: float,
    *,
    seed: int,
    distance_mm: float = 0.2,
    noise_uv: float = 3.0,
    sample_hz: float = 10_000.0,
) -> NeedleRecording:
    """Make a recording of a needle in a muscle at rest.

    Parameters
    ----------
    kind : str
        One of `discharges`.
    duration_s : float
        How long, 1 to 60 s.
    seed : int
        Reproduces the recording, 0 to 2³² − 1; another seed draws other values from its ranges.
    distance_mm : float
        Distance from the needle to the nearest fibre that fires, 0.1 to 1 mm.
    noise_uv : float
        Standard deviation of the noise, 0 to 100 µV; the default is illustrative.
    sample_hz : float
        Samples per second, 4000 to 50 000.

    Raises
    ------
    UnknownNameError
        If there is no such discharge.
    NotAllowedError
        If a number is out of range.

    Examples
    --------
    >>> ticking = simulate("fibrillation", 4, seed=1)
    >>> intervals_s = np.diff(ticking.fired_s)
    >>> bool(intervals_s.std() < 0.2 * intervals_s.mean())
    True
    """
    wanted = discharges()[kind]
    place = Place(
        checked_number("duration_s", duration_s, low=1, high=LONGEST_S, unit="s"),
        checked_number("sample_hz", sample_hz, low=4000, high=50_000, unit="Hz"),
        checked_number("distance_mm", distance_mm, low=NEAREST_MM, high=FURTHEST_MM, unit="mm"),
    )
    noise = checked_number("noise_uv", noise_uv, low=0, high=100, unit="µV")
    seed = checked_seed(seed)
    # Two streams, so that the noise does not affect what fires.
    for_source, for_noise = np.random.default_rng(seed).spawn(2)
    emg_uv = np.zeros(round(place.duration_s * place.sample_hz))
    fired: list[FloatArray] = []
    for volley in SOURCES[wanted.name](wanted.ranges, place, for_source):
        fired.append(volley.times_s)
        for time_s, height in zip(volley.times_s, volley.height, strict=True):
            first = round(time_s * place.sample_hz)
            room = emg_uv[first : first + volley.shape_uv.size]
            room += height * volley.shape_uv[: room.size]
    emg_uv += for_noise.normal(0, noise, emg_uv.size)
    return NeedleRecording(
        wanted.name, emg_uv / 1000, place.sample_hz, np.sort(np.concatenate(fired)), seed,
        place.across_mm, noise,
    )  # fmt: skip
