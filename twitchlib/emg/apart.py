"""Reading Parquet in a separate process, which may crash without harm.

The package that unpacks Parquet is compiled, and a broken file can crash the whole process: in a
lesson the reader would lose everything. A separate process costs half a second, has time and memory
limits that the system enforces, and leaves nothing of the package behind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

import numpy as np

from twitchlib.emg import limits
from twitchlib.emg.formats import Raw, too_slow
from twitchlib.emg.parquet import check_end, parquet
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["main", "parquet_apart"]

_CODE = "from twitchlib.emg.apart import main; main()"  # untranslated: code
# One file needs only one thread, and the system's memory pool gives memory back.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONIOENCODING": "utf-8",
}


def parquet_apart(data: bytes, name: str, channel: str) -> Raw:
    """Return a column of Parquet, as `parquet` does.

    A file that crashes its reader, or takes too long, is refused.
    """
    check_end(data, name)
    request = json.dumps({"name": name, "channel": channel}).encode()
    # The same packages as in this process, wherever they are.
    path = os.pathsep.join(folder for folder in sys.path if folder)
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from the file
            [sys.executable, "-P", "-c", _CODE],
            input=request + b"\n" + data,
            capture_output=True,
            timeout=limits.MOST_SECONDS,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_slow(name) from None
    except OSError:
        raise UnreadableError(
            _("{file} cannot be read here. Save its numbers as CSV.", file=name)
        ) from None
    header, _end, numbers = done.stdout.partition(b"\n")
    if done.returncode or not header:
        raise UnreadableError(_("{file} is damaged: it cannot be read as Parquet.", file=name))
    reply = json.loads(header)
    if reply["refused"]:
        raise UnreadableError(reply["refused"])
    return Raw(np.frombuffer(numbers, np.float64), reply["unit"], reply["rate_hz"])


def main() -> None:
    """Read a file from standard input, and write its numbers or why it is refused."""
    with suppress(ImportError):  # Windows has no such limit
        import resource

        most = limits.MOST_MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = json.loads(sys.stdin.buffer.readline())
    reply: dict[str, object] = {"refused": "", "unit": "", "rate_hz": None}
    numbers = b""
    try:
        raw = parquet(sys.stdin.buffer.read(), request["name"], request["channel"])
    except UnreadableError as error:
        reply["refused"] = str(error)
    else:
        reply |= {"unit": raw.unit, "rate_hz": raw.rate_hz}
        numbers = raw.values.tobytes()
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n" + numbers)
