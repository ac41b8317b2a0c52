"""Compile a step loop where numba is at hand, and leave it as it is where it is not.

Only the modules with loops import this one, and they are imported when a simulation first runs:
whoever does not simulate does not wait for numba.
"""

from collections.abc import Callable
from typing import Any, TypeVar

njit: Any
try:
    from numba import njit
except ImportError:
    njit = None

__all__ = ["compiled"]

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Return `loop` compiled on its first call, or `loop` itself where numba is missing.

    A compiled loop lets go of Python's lock, so that several may run at once in threads.

    The machine code is kept beside the source or in the user's cache, so that only the very
    first run on a machine waits for the compiler. Helpers that a loop calls must live in its
    file: numba compares the age of that file alone with its cache.
    """
    if njit is None:
        return loop
    try:
        fast: Loop = njit(cache=True, error_model="numpy", nogil=True)(loop)
    except RuntimeError:
        # numba's way of saying that no cache directory is writable.
        fast = njit(error_model="numpy", nogil=True)(loop)
    return fast
