"""The memory of a Python that has imported what lessons import, from which pages continue.

Node runs Pyodide for this, once to compile the modules and once to import them.
"""

import json
import lzma
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from twitchlib.messages import LANGUAGE
from twitchlib.serving.site.archive import PACKAGES, joined, packed

__all__ = ["FreezeError", "put_python"]

# Tuned for four-byte words. A page holds the dictionary in memory as long as Python runs; twice the
# size, the most that can be unpacked there, would make the file only 0.1 % smaller.
_XZ: Final = {
    "id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 25, "lc": 1, "lp": 2, "pb": 2,
}  # fmt: skip
_HERE: Final = Path(__file__).parent
_CODE: Final = (".pyc", ".so")
_AS_THEY_ARE: Final = ("pyodide.mjs", "pyodide.asm.js", "xz.mjs")
_LIBRARY: Final = "python_stdlib.zip"
_LIBRARY_THERE: Final = "/lib/python312.zip"
_PANDAS: Final = ("pandas/", "dateutil/", "six.")
# Modules that numpy imports only on first use, and one that draws QR codes.
_LATER: Final = ("numpy.fft", "numpy.ma", "twitchlib.snapshot.qr")
# Packages for servers, and for writing pages.
_NOT_IN_THE_BROWSER: Final = ("twitchlib.serving", "twitchlib.snapshot")


class FreezeError(Exception):
    """Python for the browser could not be prepared; the message says why."""


def put_python(pyodide: Path, root: Path, files: Mapping[str, str], target: Path) -> None:
    """Write all the parts of Python that a page fetches.

    Parameters
    ----------
    pyodide : pathlib.Path
        Folder of Pyodide.
    root : pathlib.Path
        Folder of modules, as sources; they are compiled in place.
    files : Mapping of str to str
        The file of each module that was imported while the lessons ran.
    target : pathlib.Path
        An existing folder, which gets ``python.bin``, from which Python starts, ``more.bin`` and
        ``pandas.bin``, which are fetched if a module in them is imported, Pyodide's scripts, and
        the decompressor.

    Raises
    ------
    FreezeError
        If Node is missing or fails.
    """
    _node("compile.mjs", pyodide, root)
    modules = sorted({*_imported(files), *_own(root), *_LATER})
    with tempfile.TemporaryDirectory() as drafts:
        memory, about = Path(drafts) / "memory", Path(drafts) / "about.json"
        job = {
            "modules": modules,
            "language": Path(os.environ.get(LANGUAGE, "")).name.removesuffix(".po"),
            "memory": str(memory),
            "about": str(about),
        }
        _node("freeze.mjs", pyodide, root, json.dumps(job))
        known = json.loads(about.read_text(encoding="utf-8"))
        loaded = {*known.pop("loaded")}
        snapshot = memory.read_bytes()
    parts: dict[str, dict[str, Path]] = {"tables": {}, "pandas": {}, "more": {}}
    for file in sorted(root.rglob("*")):
        name = file.relative_to(root).as_posix()
        if file.is_file() and name not in loaded:
            code = "pandas" if name.startswith(_PANDAS) else "more"
            parts[code if file.suffix in _CODE else "tables"][name] = file
    parts["more"][_LIBRARY_THERE] = pyodide / _LIBRARY
    whole = {
        "interpreter": (pyodide / "pyodide.asm.wasm").read_bytes(),
        "memory": snapshot,
        "tables": joined(parts.pop("tables")),
    }
    (target / "python.bin").write_bytes(_together(whole, known))
    for name, content in parts.items():
        (target / f"{name}.bin").write_bytes(packed(content))
    for name in _AS_THEY_ARE:
        shutil.copyfile(pyodide / name, target / name)


def _together(parts: Mapping[str, bytes], known: Mapping[str, object]) -> bytes:
    """Return what Python continues from, compressed: sizes and `known` as JSON, then the parts.

    They are one stream, since much of the interpreter is also in its memory.
    """
    sizes = {name: len(content) for name, content in parts.items()}
    head = json.dumps({**known, "sizes": sizes}, separators=(",", ":")).encode()
    whole = b"".join([struct.pack("<I", len(head)), head, *parts.values()])
    return lzma.compress(whole, check=lzma.CHECK_CRC32, filters=[_XZ])


def _imported(files: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of imported modules that exist as sources."""
    for name, file in files.items():
        if name.partition(".")[0] in PACKAGES and file.endswith(".py"):
            yield name


def _own(root: Path) -> Iterator[str]:
    """Yield the names of our own modules, some of which lessons import only later."""
    for file in (root / "twitchlib").rglob("*.pyc"):
        inside = file.relative_to(root).with_suffix("")
        name = ".".join(part for part in inside.parts if part != "__init__")
        if not name.startswith(_NOT_IN_THE_BROWSER):
            yield name


def _node(script: str, *arguments: Path | str) -> None:
    """Run one of our scripts in Node.

    Raises
    ------
    FreezeError
        If Node is missing or fails.
    """
    node = shutil.which("node")
    if node is None:
        raise FreezeError("Node is not installed")  # untranslated: for the log
    whole = [str(one.resolve()) if isinstance(one, Path) else one for one in arguments]
    done = subprocess.run(  # noqa: S603
        [node, str(_HERE / script), *whole], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FreezeError(done.stderr.strip()[-2000:])
