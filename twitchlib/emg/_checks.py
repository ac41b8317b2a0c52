"""What every function of this package asks of a recording."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, checked_array, checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

__all__ = ["SHORTEST_S", "checked_emg"]

SHORTEST_S = 0.2
LOWEST_HZ, HIGHEST_HZ = 200.0, 100_000.0


def checked_emg(emg_mv: npt.ArrayLike, sample_hz: float) -> tuple[FloatArray, float]:
    """Return an EMG and its sampling rate as numbers, or refuse them.

    Raises
    ------
    NotAllowedError
        If the EMG is not one row of finite numbers, is shorter than 0.2 s, or was sampled at less
        than 200 or more than 100 000 Hz.
    """
    rate_hz = checked_number("sample_hz", sample_hz, low=LOWEST_HZ, high=HIGHEST_HZ, unit="Hz")
    given = np.asarray(emg_mv)
    if given.dtype.kind not in "iuf":
        raise NotAllowedError(
            "emg_mv", _("an array of {dtype}", dtype=given.dtype), _("numbers in mV")
        )
    trace = checked_array("emg_mv", given, unit="mV")
    least = int(np.ceil(SHORTEST_S * rate_hz))
    if trace.size < least:
        raise NotAllowedError(
            "emg_mv",
            ngettext("{n} sample", "{n} samples", trace.size),
            _("at least {least} samples ({shortest_s} s)", least=least, shortest_s=SHORTEST_S),
        )
    return trace, rate_hz
