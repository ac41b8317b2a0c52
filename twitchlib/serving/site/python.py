"""Where a site's Python comes from: Pyodide, which the package includes, and numpy and pandas."""

import hashlib
import json
import re
import urllib.request
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError

from twitchlib.messages import gettext as _

__all__ = ["PYODIDE", "PythonMissingError", "lock", "numpy_wheel", "pandas_wheel"]

PYODIDE: Final = Path(__file__).parent / "pyodide"
"""Pyodide's interpreter and Python's standard library, as the build put them here."""

_TIMEOUT_S: Final = 60
_DISTRIBUTION: Final = re.compile(r"setCdnUrl\(`(https://[^`$]+)\$\{[\w.]+\}(/[^`$]*)`\)")


class PythonMissingError(Exception):
    """A part of the browser's Python is missing; the message says which, and what to do."""


def lock() -> dict[str, Any]:
    """Return Pyodide's description of itself, and of the packages that were made for it.

    Raises
    ------
    PythonMissingError
        If the package was built without Node, and so does not include Pyodide.
    """
    file = PYODIDE / "pyodide-lock.json"
    if not file.is_file():
        raise PythonMissingError(
            _("Python for the browser is missing: install Node.js, then install twitchlib again")
        )
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return known


def numpy_wheel(given: Path | None, folder: Path) -> Path:
    """Return numpy for the browser.

    Parameters
    ----------
    given : pathlib.Path or None
        A file with the name that Pyodide lists. If None, it is fetched from Pyodide's own
        distribution, and compared with the SHA-256 that Pyodide lists.
    folder : pathlib.Path
        Where to put it if it is fetched.

    Raises
    ------
    PythonMissingError
        If the file has another name, or cannot be fetched, or is not what Pyodide lists.
    """
    name = str(lock()["packages"]["numpy"]["file_name"])
    if given is None:
        return _fetched("numpy", folder)
    if given.name != name or not given.is_file():
        raise PythonMissingError(_("{path} is not a file named {name}", path=given, name=name))
    return given


def pandas_wheel(given: Path | None, folder: Path) -> Path:
    """Return pandas for the browser, which readers' own code may use and no lesson needs.

    Parameters
    ----------
    given : pathlib.Path or None
        A file that was made for the same Python, such as the one on PyPI. If None, it is fetched as
        in `numpy_wheel`.
    folder : pathlib.Path
        Where to put it if it is fetched.

    Raises
    ------
    PythonMissingError
        If it is another file, or cannot be fetched, or is not what Pyodide lists.
    """
    if given is None:
        return _fetched("pandas", folder)
    known = lock()["info"]
    major, minor, *_rest = known["python"].split(".")
    made_for = f"-cp{major}{minor}-cp{major}{minor}-", f"_{known['abi_version']}_wasm32.whl"
    fits = given.name.startswith("pandas-") and all(part in given.name for part in made_for)
    if not (fits and given.is_file()):
        raise PythonMissingError(
            _("{path} is not a file named {name}", path=given, name="…".join(["pandas", *made_for]))
        )
    return given


def _fetched(package: str, folder: Path) -> Path:
    """Fetch a package from Pyodide's distribution, and return the file."""
    known = lock()["packages"][package]
    name = str(known["file_name"])
    try:
        with urllib.request.urlopen(_distribution() + name, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - its address is Pyodide's own
            content: bytes = answer.read()
    except (URLError, OSError) as error:
        raise PythonMissingError(
            _(
                "{name} could not be fetched ({reason}): give a copy of it with --{package}",
                name=name,
                reason=error,
                package=package,
            )
        ) from error
    if hashlib.sha256(content).hexdigest() != known["sha256"]:
        raise PythonMissingError(_("what was fetched is not Pyodide’s {name}", name=name))
    wheel = folder / name
    wheel.write_bytes(content)
    return wheel


def _distribution() -> str:
    """Return the address of the packages for this Pyodide, as its own script gives it."""
    found = _DISTRIBUTION.search((PYODIDE / "pyodide.mjs").read_text(encoding="utf-8"))
    if found is None:
        raise PythonMissingError(_("Pyodide does not say where its packages are: use --numpy"))
    return found[1] + str(lock()["info"]["version"]) + found[2]
