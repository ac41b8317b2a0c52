"""Reading Parquet in a process of its own, which may fall over and take nobody with it.

The package that unpacks Parquet is compiled, and a file can be broken so that it ends the whole
process: in a lesson that would be everything a reader had. A process of its own costs half a
second, has bounds of time and memory that the system keeps, and leaves nothing of the package
behind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

import numpy as np

from twitchlib.emg import limits
from twitchlib.emg.formats import Raw, SignalError, too_slow
from twitchlib.emg.parquet import check_end, parquet
from twitchlib.messages import gettext as _

__all__ = ["main", "parquet_apart"]

_CODE = "from twitchlib.emg.apart import main; main()"  # untranslated: code
# One file needs one thread, and the pool of pages of the system gives back what it took.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONIOENCODING": "utf-8",
}


def parquet_apart(data: bytes, name: str, channel: str) -> Raw:
    """Return a column of Parquet, as `parquet` does.

    A file that makes its reader fall over, or takes it too long, is refused.
    """
    check_end(data, name)
    asked = json.dumps({"name": name, "channel": channel}).encode()
    # The same packages as here, wherever they were found.
    found = os.pathsep.join(path for path in sys.path if path)
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from the file
            [sys.executable, "-P", "-c", _CODE],
            input=asked + b"\n" + data,
            capture_output=True,
            timeout=limits.MOST_SECONDS,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": found},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_slow(name) from None
    except OSError:
        raise SignalError(
            _("{file} cannot be read here. Save its numbers as CSV.", file=name)
        ) from None
    answer, _end, numbers = done.stdout.partition(b"\n")
    if done.returncode or not answer:
        raise SignalError(_("{file} is damaged: it cannot be read as Parquet.", file=name))
    answered = json.loads(answer)
    if answered["refused"]:
        raise SignalError(answered["refused"])
    return Raw(np.frombuffer(numbers, np.float64), answered["unit"], answered["rate_hz"])


def main() -> None:
    """Read a file from the standard input, and write what was found, or why it is refused."""
    with suppress(ImportError):  # there is no such bound on Windows
        import resource

        most = limits.MOST_MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    answered: dict[str, object] = {"refused": "", "unit": "", "rate_hz": None}
    numbers = b""
    try:
        raw = parquet(sys.stdin.buffer.read(), asked["name"], asked["channel"])
    except SignalError as error:
        answered["refused"] = str(error)
    else:
        answered |= {"unit": raw.unit, "rate_hz": raw.rate_hz}
        numbers = raw.values.tobytes()
    sys.stdout.buffer.write(json.dumps(answered).encode() + b"\n" + numbers)
