"""Count discharges: how many a minute, within which limits, and how many alone or in groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, checked_array, checked_number
from twitchlib.emg.features import ISOLATED_S
from twitchlib.emg.flaws import gaps_s
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    from twitchlib.emg.detection import Detection

__all__ = ["Count", "count", "counted"]

# The spread of fewer stretches says nothing.
FEWEST_STRETCHES = 5
_STEPS = 200


@dataclass(frozen=True)
class Count:
    """Discharges over a time.

    Attributes
    ----------
    discharges : int
        Number of discharges.
    observed_s : float
        Time observed, without gaps.
    per_min, low_per_min, high_per_min : float
        Rate, and its interval.
    confidence : float
        How often such intervals contain the true rate.
    dispersion : float
        Variance of the counts of equal stretches over their mean: 1 for chance alone, more if
        discharges come in bouts. NaN if there are too few stretches.
    isolated, grouped : int
        Discharges more than 250 ms from any other, and all others.
    groups : int
        How many groups the others form.
    """

    discharges: int
    observed_s: float
    per_min: float
    low_per_min: float
    high_per_min: float
    confidence: float
    dispersion: float
    isolated: int
    grouped: int
    groups: int

    @property
    def sentence(self) -> str:
        """The rate and its limits, in words."""
        return _(
            "{n} discharges in {observed_s:.0f} s: {per_min:.3g} a minute ({confidence:.0%} "
            "interval {low:.3g} to {high:.3g}); {isolated} alone, {grouped} in {groups} groups.",
            n=self.discharges,
            observed_s=self.observed_s,
            per_min=self.per_min,
            confidence=self.confidence,
            low=self.low_per_min,
            high=self.high_per_min,
            isolated=self.isolated,
            grouped=self.grouped,
            groups=self.groups,
        )


def count(
    time_s: npt.ArrayLike,
    duration_s: float,
    *,
    gaps_s: npt.ArrayLike = (),
    stretch_s: float = 10.0,
    confidence: float = 0.95,
) -> Count:
    """Count discharges, with an interval for their rate that allows for bouts.

    The interval is the exact one of a Poisson count (Garwood 1936). Where the counts of equal
    stretches vary more than by chance, it is that of the count divided by their dispersion, as in
    quasi-Poisson regression (McCullagh & Nelder 1989, section 6.2). Discharges more than 250 ms
    from any other are alone (Sleutjes 2016).

    Parameters
    ----------
    time_s : array_like
        When each discharge begins, from 0 to `duration_s`: onsets of a `Detection`, a spike train.
    duration_s : float
        How long was recorded, up to 30 days.
    gaps_s : array_like, shape (n, 2)
        Where nothing is known: first and last time of each gap. Gaps must not overlap.
    stretch_s : float
        Length of the stretches that are compared, 1 to 3600 s.
    confidence : float
        0.5 to 0.999.

    Raises
    ------
    NotAllowedError
        If a time is not within the recording, or a number is out of range.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437; Sleutjes 2016, doi:10.1002/mus.24712.

    Examples
    --------
    >>> found = count([1, 5.1, 5.2, 20], 60)
    >>> found.per_min, found.isolated, found.groups
    (4.0, 2, 1)
    >>> round(found.low_per_min, 2), round(found.high_per_min, 2)
    (0.41, 15.26)
    """
    duration = checked_number("duration_s", duration_s, low=0.2, high=30 * 86400, unit="s")
    stretch = checked_number("stretch_s", stretch_s, low=1, high=3600, unit="s")
    sure = checked_number("confidence", confidence, low=0.5, high=0.999)
    times = np.sort(checked_array("time_s", time_s, low=0, high=duration, unit="s"))
    gaps = checked_array("gaps_s", gaps_s, low=0, high=duration, unit="s", ndim=None).reshape(-1, 2)
    observed = duration - float((gaps[:, 1] - gaps[:, 0]).sum())
    dispersion = _dispersion(times, duration, gaps, stretch)
    low, high = _interval(times.size, dispersion if dispersion > 1 else 1.0, sure)
    near = np.concatenate(([False], np.diff(times) <= ISOLATED_S, [False]))
    alone = ~(near[1:] | near[:-1]) if times.size else np.zeros(0, dtype=bool)
    per_min = 60 / observed
    return Count(
        discharges=times.size,
        observed_s=observed,
        per_min=times.size * per_min,
        low_per_min=low * per_min,
        high_per_min=high * per_min,
        confidence=sure,
        dispersion=dispersion,
        isolated=int(alone.sum()),
        grouped=int(times.size - alone.sum()),
        groups=int(np.count_nonzero(np.diff(near.astype(int)) > 0)),
    )


def counted(detection: Detection) -> Count:
    """Count the events of a recording, leaving out its gaps."""
    signal = detection.signal
    return count(detection.onset_s, signal.duration_s, gaps_s=gaps_s(signal.flaws))


def _dispersion(times: FloatArray, duration: float, gaps: FloatArray, stretch: float) -> float:
    """Return the variance of counts over their mean; a stretch with a gap weighs less."""
    edges = np.arange(0, duration + 1e-9, stretch)
    if edges.size <= FEWEST_STRETCHES or not times.size:
        return math.nan
    counts = np.histogram(times, edges)[0].astype(np.float64)
    known = np.diff(edges)
    for first, last in gaps:
        known -= np.clip(np.minimum(edges[1:], last) - np.maximum(edges[:-1], first), 0, None)
    usable = known > stretch / 2
    if usable.sum() < FEWEST_STRETCHES or not counts[usable].sum():
        return math.nan
    counts, known = counts[usable], known[usable]
    expected = counts.sum() * known / known.sum()
    return float(((counts - expected) ** 2 / expected).sum() / (counts.size - 1))


def _interval(n: int, dispersion: float, confidence: float) -> tuple[float, float]:
    """Return the limits of a count's mean."""
    tail, shape = (1 - confidence) / 2, n / dispersion
    low = _gamma_quantile(tail, shape) if n else 0.0
    return dispersion * low, dispersion * _gamma_quantile(1 - tail, shape + 1)


def _gamma_quantile(share: float, shape: float) -> float:
    """Return where the distribution function of a gamma variable of scale 1 reaches a share."""
    low, high = 0.0, shape + 20 * math.sqrt(shape) + 40
    for _step in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _gamma_below(middle, shape) < share else (low, middle)
    return (low + high) / 2


def _gamma_below(x: float, shape: float) -> float:
    """Return the probability that a gamma variable of scale 1 lies below `x`.

    Uses the series up to the mean and the continued fraction above it (Abramowitz & Stegun,
    formulas 6.5.29 and 6.5.31).
    """
    if x <= 0:
        return 0.0
    factor = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        k = shape
        while term > 1e-16 * total:
            k += 1
            term *= x / k
            total += term
        return factor * total
    b, c = x + 1 - shape, 1e300
    d = fraction = 1 / b
    for k in range(1, 100_000):
        step = -k * (k - shape)
        b += 2
        d, c = 1 / (step * d + b), b + step / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return 1 - factor * fraction
