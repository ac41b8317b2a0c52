"""Removal from Python's memory of what nothing in a browser uses.

That is docstrings, annotations of functions, and their line numbers. A reader's own code keeps its
own, since it is compiled later.
"""

import gc
import sys
import typing
import zipimport
from types import CodeType, FunctionType

__all__ = ["lean"]

_OF_FUNCTIONS = 0x03  # CO_OPTIMIZED, CO_NEWLOCALS
_STEPS = 8  # the most code units that one entry of a line table can cover
_NO_LINE = 0x80 | 15 << 3  # an entry without a line, for one code unit
_CONSTANT = (100, 121)  # LOAD_CONST, RETURN_CONST


def lean() -> None:
    """Shrink all existing functions and classes, and empty the caches of imports."""
    for forget in typing._cleanups:  # type: ignore[attr-defined] # caches, even of types long gone
        forget()
    gc.collect()
    done: dict[int, CodeType] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType:
            thing.__code__ = _lean(thing.__code__, done)
            thing.__doc__ = None
            thing.__annotations__ = {}
        elif type(thing) is property:
            thing.__doc__ = None
        elif isinstance(thing, type) and isinstance(vars(thing).get("__doc__"), str):
            try:
                thing.__doc__ = None
            except (AttributeError, TypeError):
                continue  # defined in C
    for module in [*sys.modules.values()]:
        if isinstance(getattr(module, "__doc__", None), str):
            module.__doc__ = None
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    sys.path_importer_cache.clear()


def _lean(code: CodeType, done: dict[int, CodeType]) -> CodeType:
    if id(code) not in done:
        consts = [_lean(one, done) if isinstance(one, CodeType) else one for one in code.co_consts]
        if _documented(code):
            consts[0] = None
        done[id(code)] = code.replace(co_consts=tuple(consts), co_linetable=_nowhere(code))
    return done[id(code)]


def _nowhere(code: CodeType) -> bytes:
    """Return a line table for a code object in which no code unit has a line."""
    full, rest = divmod(len(code.co_code) // 2, _STEPS)
    return b"\xff" * full + (bytes([_NO_LINE + rest - 1]) if rest else b"")


def _documented(code: CodeType) -> bool:
    """Return whether the first constant serves only as a docstring."""
    known = code.co_consts and isinstance(code.co_consts[0], str)
    if not known or code.co_flags & _OF_FUNCTIONS != _OF_FUNCTIONS:
        return False
    steps = zip(code.co_code[::2], code.co_code[1::2], strict=True)
    return not any(step in _CONSTANT and number == 0 for step, number in steps)
