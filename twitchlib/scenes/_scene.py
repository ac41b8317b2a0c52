"""What a moving drawing is made of: a model's numbers over time, and words for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, Traces, checked_array, checked_number

__all__ = ["Moment", "Scene", "Track", "sampled"]


@dataclass(frozen=True, order=True)
class Moment:
    """Something that happens in a scene.

    Attributes
    ----------
    time_s : float
        When.
    words : str
        What: a sentence for those who cannot see the drawing, and for all who step through it.
    """

    time_s: float
    words: str


@dataclass(frozen=True, eq=False)
class Track(Traces):
    """A number that changes with time, evenly sampled from time 0.

    Attributes
    ----------
    values : ndarray, shape (n,)
        Its values: interpolated in between, constant after the last.
    sample_hz : float
        Samples per second.
    """

    values: FloatArray
    sample_hz: float


@dataclass(frozen=True, eq=False)
class Scene:
    """What a drawing shows, and how it moves.

    Attributes
    ----------
    drawing : str
        Which drawing.
    title : str
        What it shows, in a few words: its accessible name.
    description : str
        A sentence made from the result.
    duration_s : float
        How long it lasts, in the time of the model.
    tracks : mapping from str to Track
        What moves its parts.
    series : mapping from str to ndarray
        Other arrays, such as firing times or properties of units. Unsigned 16-bit integers are sent
        as such, all others as floats.
    numbers : mapping from str to float
        Single numbers.
    words : mapping from str to str
        Labels on the drawing.
    moments : tuple of Moment
        What happens, in order.
    notes : tuple of str
        What is magnified, simplified or illustrative; shown on the drawing.
    slower : float
        How many times slower than life it plays.
    still_s : float
        The moment that it shows until it is played.
    asks : str
        What the reader can do with the drawing itself; empty if nothing.
    begins_h : float, optional
        The hour of the day at which it begins, if its moments are times of day.
    counts : str
        What its time counts instead of seconds, such as "impulse"; empty for seconds. The speed of
        such a time is arbitrary, so nothing is said about it.

    Raises
    ------
    NotAllowedError
        If its duration is not positive, or a number is not finite.
    """

    drawing: str
    title: str
    description: str
    duration_s: float
    tracks: Mapping[str, Track] = field(default_factory=dict)
    series: Mapping[str, npt.NDArray[np.generic]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    notes: tuple[str, ...] = ()
    slower: float = 1
    still_s: float = 0
    asks: str = ""
    begins_h: float | None = None
    counts: str = ""

    def __post_init__(self) -> None:
        """Check the numbers, and put the moments in order."""
        checked_number("duration_s", self.duration_s, low=1e-6, high=math.inf, unit="s")
        checked_number("slower", self.slower, low=1e-6, high=math.inf)
        if self.begins_h is not None:
            checked_number("begins_h", self.begins_h, low=0, high=24, unit="h")
        for name, track in self.tracks.items():
            checked_array(name, track.values)
            checked_number(f"{name} sample_hz", track.sample_hz, low=1e-3, high=math.inf, unit="Hz")
        for name, values in self.series.items():
            checked_array(name, values)
        for name, number in self.numbers.items():
            checked_number(name, number, low=-math.inf, high=math.inf)
        object.__setattr__(self, "moments", tuple(sorted(self.moments)))


def sampled(values: FloatArray, rate_hz: float, sample_hz: float) -> Track:
    """Return a track of at most `sample_hz` samples a second from evenly sampled values.

    Examples
    --------
    >>> sampled(np.arange(10.0), 1000, 500).values
    array([0., 2., 4., 6., 8.])
    """
    step = max(1, round(rate_hz / sample_hz))
    return Track(np.asarray(values[::step], dtype=np.float64), rate_hz / step)
