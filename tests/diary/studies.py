"""What studies of many made-up series may find by chance."""

import numpy as np

__all__ = ["at_most"]


def at_most(rate: float, n: int) -> float:
    """Return the limit that a proportion `rate` exceeds in only 1 of 1000 studies of size n."""
    return rate + 3.1 * float(np.sqrt(rate * (1 - rate) / n))
