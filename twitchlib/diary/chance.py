"""How strong a correlation chance alone would give, in series whose days resemble each other.

The sum of products of two unrelated series has the variance ``Σ A(k) γx(k) γy(k)`` over all
distances k in days, where γ are their autocovariances and A(k) is the number of pairs of known days
that lie k apart (Bartlett 1935, doi:10.2307/2342284). Estimated from a diary's sums of products
R(k) = A(k) γ(k), it is ``Σ Rx(k) Ry(k) / A(k)``. Without gaps that is exactly the mean square of
the sums at every circular shift of one series against the other. With gaps it is not, since shifted
series overlap on fewer days than the original ones and have lost more of their neighbours.
"""

import numpy as np
from numpy.typing import NDArray

from twitchlib.arrays import FloatArray

__all__ = ["correlate", "holm"]


def correlate(y: FloatArray, x: FloatArray) -> tuple[float, float]:
    """Return the correlation of two series, and the number of independent pairs it is worth.

    Parameters
    ----------
    y, x : array of float, shape (n,)
        Two daily series, treated as circular: NaN on the same days, where either is missing, and
        with a mean of 0 over the others. Neither may be constant.

    Returns
    -------
    correlation, independent : float
        The correlation over the known days; the number of independent pairs whose correlations
        would scatter by chance as much as here, at most the number of known days.

    Examples
    --------
    >>> day = np.arange(16)
    >>> slow, quick = np.cos(day * np.pi / 8), np.cos(day * np.pi / 4)
    >>> r, independent = correlate(slow, slow + quick)
    >>> f"{r:.2f}, {independent:.0f}"
    '0.71, 5'
    """
    known = np.isfinite(y)
    count = int(known.sum())
    y, x = np.where(known, y, 0), np.where(known, x, 0)
    fy, fx, pairs = np.fft.rfft(y), np.fft.rfft(x), _autocorrelation(np.fft.rfft(known), y.size)
    own_y, own_x = _autocorrelation(fy, y.size), _autocorrelation(fx, y.size)
    spread = float(own_y[0] * own_x[0])
    variance = float(np.sum(own_y * own_x / np.maximum(pairs, 1)))
    # The association itself, if there is one, must not count as chance. It is one of the circular
    # shifts, so the mean of the others replaces it.
    at_shifts = np.fft.irfft(fy * np.conj(fx), y.size)
    variance += float(np.mean(at_shifts[1:] ** 2) - at_shifts[0] ** 2) * y.size / count**2
    independent = min(1 + spread / variance, count) if variance * count > spread else count
    return float(at_shifts[0] / np.sqrt(spread)), independent


def _autocorrelation(transform: NDArray[np.complex128], n: int) -> FloatArray:
    return np.fft.irfft(np.abs(transform) ** 2, n)


def holm(p: FloatArray) -> FloatArray:
    """Return p values corrected by Holm's method; NaN stays NaN.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03]))
    array([0.03, 0.06, 0.06])
    """
    out = np.full(len(p), np.nan)
    order = np.argsort(p)[: int(np.sum(~np.isnan(p)))]
    factors = np.arange(len(order), 0, -1)
    out[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1)
    return out
