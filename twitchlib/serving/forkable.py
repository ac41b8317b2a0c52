"""Whether a fork of this process would work, and share nothing that visitors must not share."""

import gc
import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

__all__ = ["obstacle_to_forking", "open_files"]

_PROCESS: Final = Path("/proc/self")
_HARMLESS_FILES: Final = ("/dev/null", "/dev/urandom")
# Threads that a copy can do without: jemalloc, which comes with pyarrow, starts its thread again
# after a fork; tqdm's only redraws a bar that is stuck.
_HARMLESS_THREADS: Final = ("jemalloc_bg_thd", "tqdm_monitor")
_THREADS_END_S: Final = 2.0
_FROM_THE_SYSTEM: Final = 2**64  # no author chooses a larger seed


def obstacle_to_forking(open_before: dict[str, str]) -> str:
    """Return why this process should not be forked; empty if it may be.

    A fork has only the thread that forked, shares the position in each open file, and begins with
    the same state of every random generator.

    Parameters
    ----------
    open_before : dict
        Open files, as returned by `open_files`, that may be shared.
    """
    if threads := _threads_left():
        return f"it leaves a thread running ({', '.join(threads)})"  # untranslated: for the log
    for number, file in open_files().items() - open_before.items():
        if file not in _HARMLESS_FILES:
            return f"it leaves {file} open ({number})"  # untranslated: for the log
    if _random_generators():
        return (
            "it keeps a random generator, which visitors would share"  # untranslated: for the log
        )
    if _has_output_widget():
        return "it writes to an output widget, which needs a kernel"  # untranslated: for the log
    return ""


def open_files() -> dict[str, str]:
    """Return the open files of this process by number."""
    files = {}
    for entry in (_PROCESS / "fd").iterdir():
        with suppress(FileNotFoundError):  # the listing itself
            files[entry.name] = str(entry.readlink())
    return files


def _threads_left() -> list[str]:
    """Return the names of other threads, after leaving time for those that are about to end."""
    end = time.monotonic() + _THREADS_END_S
    while True:
        known = {str(thread.native_id): thread.name for thread in threading.enumerate()}
        left = []
        for task in (_PROCESS / "task").iterdir():
            with suppress(FileNotFoundError):
                left.append(known.get(task.name, (task / "comm").read_text().strip()))
        left = [name for name in left if name not in ("MainThread", *_HARMLESS_THREADS)]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def _random_generators() -> list[object]:
    """Return the generators whose state no author has chosen.

    The global ones are seeded again in each copy, and those of `tempfile` in each process.
    """
    numpy: Any = sys.modules.get("numpy")
    kinds: tuple[type, ...] = (random.Random,)
    exempt = [vars(random)["_inst"]]
    if numpy:
        kinds = (random.Random, numpy.random.RandomState, numpy.random.Generator)
        exempt.append(numpy.random.mtrand._rand)
    found = []
    for known in gc.get_objects():
        kind = type(known)  # isinstance would follow a weak reference that may be dead
        if kind.__module__ == "tempfile" and hasattr(known, "_rng"):
            exempt.append(known._rng)
        elif issubclass(kind, kinds) and not _is_deliberate(known):
            found.append(known)
    return [known for known in found if not any(known is other for other in exempt)]


def _is_deliberate(generator: Any) -> bool:
    """Return whether visitors may begin with the same state: it has a seed, or needs none."""
    if isinstance(generator, random.SystemRandom):
        return True
    sequence = getattr(getattr(generator, "bit_generator", None), "seed_seq", None)
    entropy = getattr(sequence, "entropy", None)
    return entropy is not None and not (isinstance(entropy, int) and entropy >= _FROM_THE_SYSTEM)


def _has_output_widget() -> bool:
    widgets: Any = sys.modules.get("ipywidgets")
    if widgets is None:
        return False
    return any(issubclass(type(known), widgets.Output) for known in gc.get_objects())
