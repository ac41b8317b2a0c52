"""Random current that is constant within each interval."""

import numpy as np

from twitchlib.arrays import FloatArray, checked_seed

__all__ = ["stepwise_noise"]


def stepwise_noise(
    sd: float, seed: int | None, *, steps: int, dt_ms: float, every_ms: float
) -> FloatArray:
    """Return normal noise that changes every `every_ms`, whatever `dt_ms` is.

    Raises
    ------
    NotAllowedError
        If there is noise but no seed to make it repeatable.
    """
    if not sd:
        return np.zeros(steps)
    length = max(round(every_ms / dt_ms), 1)
    values = np.random.default_rng(checked_seed(seed)).normal(0, sd, -(-steps // length))
    return np.repeat(values, length)[:steps]
