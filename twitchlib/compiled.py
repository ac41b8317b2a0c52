"""Compile a step loop if numba is installed, and leave it as it is otherwise.

Only the modules with loops import this one, and only when a simulation first runs: code that does
not simulate never waits for numba.
"""

from collections.abc import Callable
from typing import Any, TypeVar

njit: Any
try:
    from numba import njit
except ImportError:
    njit = None

__all__ = ["COMPILES", "compiled", "compiled_or", "indexed"]

COMPILES = njit is not None

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Return `loop`, compiled on its first call, or `loop` itself if numba is missing.

    A compiled loop releases the GIL, so that several may run at once in threads.

    The machine code is kept beside the source or in the user's cache, so that only the very
    first run on a machine waits for the compiler. Helpers that a loop calls must be in the same
    file: numba checks only that file's age against its cache.
    """
    if njit is None:
        return loop
    try:
        fast: Loop = njit(cache=True, error_model="numpy", nogil=True)(loop)
    except RuntimeError:
        # What numba raises if no cache directory is writable.
        fast = njit(error_model="numpy", nogil=True)(loop)
    return fast


def compiled_or(library: Callable[..., object]) -> Callable[[Loop], Loop]:
    """Return `compiled` if numba is installed, otherwise a decorator that substitutes `library`.

    For a search or a sum that the standard library does faster than a loop in Python, but that
    numba cannot compile.
    """
    if COMPILES:
        return compiled
    substitute: Any = library
    return lambda _loop: substitute


def indexed(array: Any) -> Any:
    """Return an array in the form that is fastest to read and write element by element.

    In a compiled loop that is the array itself. In Python it is a memory view, which returns plain
    numbers in at most half the time that numpy takes.
    """
    return memoryview(array)


if COMPILES:
    indexed = njit(lambda array: array)
