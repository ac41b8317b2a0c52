"""Take out what is too slow or too fast to come from a muscle, without shifting anything in time.

Examples
--------
>>> import numpy as np
>>> time_s = np.arange(4000) / 2000
>>> drift, muscle = np.sin(2 * np.pi * time_s), np.sin(2 * np.pi * 100 * time_s)
>>> clean = bandpass(drift + muscle, 2000)
>>> bool(np.abs(clean - muscle)[500:-500].max() < 0.02)
True
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, checked_number
from twitchlib.emg._checks import checked_emg
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["HIGH_HZ", "LOW_HZ", "bandpass"]

LOW_HZ = 20.0
HIGH_HZ = 450.0
# Second order: 12 dB an octave in each direction.
ORDER = 2


def bandpass(
    emg_mv: npt.ArrayLike, sample_hz: float, *, low_hz: float = LOW_HZ, high_hz: float = HIGH_HZ
) -> FloatArray:
    """Return an EMG without its slow drift and its fast noise.

    The response is that of a second-order Butterworth high-pass and low-pass filter, run forwards
    and backwards: nothing moves in time, and each corner is 6 dB down. It is applied to the
    spectrum, the recording being continued at both ends by its mirror image.

    Parameters
    ----------
    emg_mv : array_like, shape (n,)
        The EMG, in mV.
    sample_hz : float
        Samples per second, 200 to 100 000.
    low_hz, high_hz : float
        What lies between passes. The lower corner is the one recommended against artefacts of
        movement (De Luca, Gilmore, Kuznetsov & Roy 2010, doi:10.1016/j.jbiomech.2010.01.027).

    Returns
    -------
    ndarray, shape (n,)
        In mV.

    Raises
    ------
    NotAllowedError
        If `emg_mv` is not one row of finite numbers or is shorter than 0.2 s, or the corners are
        out of order or reach half the sampling rate (faster waves than that cannot be sampled).

    Examples
    --------
    >>> import numpy as np
    >>> drift = np.linspace(0, 1, 4000)
    >>> bool(abs(bandpass(drift, 2000)).max() < 0.05)
    True
    """
    trace, rate_hz = checked_emg(emg_mv, sample_hz)
    low = checked_number("low_hz", low_hz, low=0.1, high=rate_hz / 2, unit="Hz")
    high = checked_number("high_hz", high_hz, low=0.1, high=math.inf, unit="Hz")
    if high >= rate_hz / 2:
        allowed = _("less than half the sampling rate, {half_hz:g} Hz", half_hz=rate_hz / 2)
        raise NotAllowedError("high_hz", high_hz, allowed)
    if low >= high:
        raise NotAllowedError("low_hz", low_hz, _("less than high_hz = {high:g} Hz", high=high))

    # Three periods of the lower corner die away in what is put on at either end.
    pad = min(math.ceil(3 * rate_hz / low), trace.size - 1)
    longer = np.pad(trace, pad, mode="reflect")
    size = _easy_size(longer.size)
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    # The ends are met by zeros: the mean is what they should be near.
    spectrum = np.fft.rfft(longer - longer.mean(), size)
    spectrum /= 1 + (hz / high) ** (2 * ORDER)
    spectrum *= (hz / low) ** (2 * ORDER) / (1 + (hz / low) ** (2 * ORDER))
    clean: FloatArray = np.fft.irfft(spectrum, size)[pad : pad + trace.size]
    return clean


def _easy_size(least: int) -> int:
    """Return the smallest size from `least` on whose only prime factors are 2, 3 and 5."""
    best = 1 << (least - 1).bit_length()
    fives = 1
    while fives < best:
        threes = fives
        while threes < best:
            twos = max(0, math.ceil(math.log2(least / threes)))
            best = min(best, threes << twos) if threes << twos >= least else best
            threes *= 3
        fives *= 5
    return best
