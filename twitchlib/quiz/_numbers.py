"""Numbers as answers."""

import math
from numbers import Real

__all__ = ["finite"]


def finite(answer: object) -> float | None:
    """Return an answer as a number, or None if it is not a finite number."""
    if not isinstance(answer, Real) or isinstance(answer, bool):
        return None
    try:
        number = float(answer)
    except OverflowError:  # a whole number too large for a float
        return None
    return number if math.isfinite(number) else None
