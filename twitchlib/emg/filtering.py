"""Remove what is too slow or too fast to come from a muscle, without a phase shift."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from twitchlib.arrays import FloatArray, checked_number
from twitchlib.emg.flaws import stretches
from twitchlib.emg.signal import Signal, SignalLike, marked
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["bandpass", "passed"]

LOW_HZ = 20.0
HIGH_HZ = 450.0
# Second order: 12 dB per octave in each direction.
ORDER = 2


def bandpass(signal: SignalLike, *, low_hz: float = LOW_HZ, high_hz: float = HIGH_HZ) -> Signal:
    """Return an EMG without slow drift and fast noise.

    The response is that of second-order Butterworth high-pass and low-pass filters run forwards and
    backwards: nothing moves in time, and each corner is 6 dB down. It is applied to the spectrum of
    the recording, which its mirror image extends at both ends. Each part between two gaps is
    filtered separately, and gaps stay gaps.

    Parameters
    ----------
    signal : Signal or twitches.Recording
        The EMG.
    low_hz, high_hz : float
        The pass band: by default 20 to 450 Hz. The lower corner is the one recommended against
        movement artefacts (De Luca, Gilmore, Kuznetsov & Roy 2010,
        doi:10.1016/j.jbiomech.2010.01.027).

    Returns
    -------
    Signal
        With the length, sampling rate and name of the original.

    Raises
    ------
    NotAllowedError
        If the corners are out of order or reach half the sampling rate, above which frequencies
        cannot be sampled.

    Examples
    --------
    >>> import numpy as np
    >>> drift = Signal(np.linspace(0, 1, 4000), 2000)
    >>> bool(abs(bandpass(drift).emg_mv).max() < 0.05)
    True
    """
    given = marked(Signal.of(signal))
    rate_hz = given.sample_hz
    low = checked_number("low_hz", low_hz, low=0.1, high=rate_hz / 2, unit="Hz")
    high = checked_number("high_hz", high_hz, low=0.1, high=math.inf, unit="Hz")
    if high >= rate_hz / 2:
        allowed = _("less than half the sampling rate, {half_hz:g} Hz", half_hz=rate_hz / 2)
        raise NotAllowedError("high_hz", high_hz, allowed)
    if low >= high:
        raise NotAllowedError("low_hz", low_hz, _("less than high_hz = {high:g} Hz", high=high))

    return replace(given, emg_mv=passed(given.emg_mv, rate_hz, low, high))


def passed(trace: FloatArray, rate_hz: float, low_hz: float, high_hz: float) -> FloatArray:
    """Return what passes the two filters; gaps (NaN) stay. `high_hz` may be infinite."""
    known = ~np.isnan(trace)
    if known.all():
        return _passed(trace, rate_hz, low_hz, high_hz)
    result = np.full(trace.size, np.nan)
    for first, last in stretches(known):
        result[first:last] = _passed(trace[first:last], rate_hz, low_hz, high_hz)
    return result


def _passed(trace: FloatArray, rate_hz: float, low: float, high: float) -> FloatArray:
    # Three periods of the lower corner frequency decay within the padding at either end.
    pad = min(math.ceil(3 * rate_hz / low), trace.size - 1)
    longer = np.pad(trace, pad, mode="reflect")
    size = _easy_size(longer.size)
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    # The padding ends in zeros, so the mean is removed first.
    spectrum = np.fft.rfft(longer - longer.mean(), size)
    spectrum /= 1 + (hz / high) ** (2 * ORDER)
    spectrum *= (hz / low) ** (2 * ORDER) / (1 + (hz / low) ** (2 * ORDER))
    whole: FloatArray = np.fft.irfft(spectrum, size)
    return whole[pad : pad + trace.size]


def _easy_size(least: int) -> int:
    """Return the smallest size from `least` up whose only prime factors are 2, 3 and 5."""
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
