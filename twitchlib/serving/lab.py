"""The lessons as a student's own notebooks in JupyterLab."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from twitchlib.messages import gettext as _

__all__ = ["Copied", "copy_lessons", "environment", "open_lab"]


_RECORD: Final = ".twitchlib-lessons.json"
# A lesson needs nothing from the internet, and neither should the program that shows it.
_OFFLINE: Final = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
)
# JupyterLab asks whether to fetch news, unless its default says no. A user's own choice wins.
_DEFAULTS: Final = Path(__file__).parent / "lab_config"
_CONFIG_PATH: Final = "JUPYTER_CONFIG_PATH"


@dataclass(frozen=True)
class Copied:
    """The result of copying the lessons.

    Attributes
    ----------
    new : tuple of str
        Notebooks that were copied.
    renewed : tuple of str
        Notebooks that had not been changed since they were copied, and are now a newer version.
    kept : tuple of str
        Notebooks that existed and were left as they are.
    """

    new: tuple[str, ...]
    renewed: tuple[str, ...]
    kept: tuple[str, ...]


def copy_lessons(source: Path, target: Path) -> Copied:
    """Copy the lessons to a user's folder, without overwriting anything of the user's.

    A notebook is replaced by a newer version only if it is still as it was when it was copied. A
    hidden file in the folder records that.

    Parameters
    ----------
    source : pathlib.Path
        Folder of the lessons.
    target : pathlib.Path
        Folder to copy to; created if need be.

    Raises
    ------
    NotADirectoryError
        If `target` exists and is not a folder.
    """
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(_("{path} is not a folder", path=target))
    target.mkdir(parents=True, exist_ok=True)
    record = target / _RECORD
    copied = _recorded(record)
    new, renewed, kept = [], [], []
    for notebook in sorted(source.glob("*.ipynb")):
        name, copy, content = notebook.name, target / notebook.name, notebook.read_bytes()
        if not copy.exists():
            new.append(name)
        elif copy.read_bytes() == content or copied.get(name) != _digest(copy.read_bytes()):
            kept.append(name)
            continue
        else:
            renewed.append(name)
        _write(copy, content)
        copied[name] = _digest(content)
    if new or renewed:
        _write(record, json.dumps(copied, indent=1).encode())
    return Copied(tuple(new), tuple(renewed), tuple(kept))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _recorded(record: Path) -> dict[str, str]:
    """Return the digests of the notebooks as they were copied; empty without a readable record."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, content: bytes) -> None:
    """Write a file in one step, so that a full disk leaves the old one as it was."""
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        new.write_bytes(content)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def environment() -> dict[str, str]:
    """Return the environment for JupyterLab: this one, with the course's default settings added."""
    before = os.environ.get(_CONFIG_PATH)
    paths = [str(_DEFAULTS), before] if before else [str(_DEFAULTS)]
    return {**os.environ, _CONFIG_PATH: os.pathsep.join(paths)}


def open_lab(folder: Path, extra: Sequence[str] = ()) -> int:
    """Run JupyterLab on a folder until it exits, and return its exit code.

    Parameters
    ----------
    folder : pathlib.Path
        Folder to open.
    extra : sequence of str
        Further arguments for ``jupyter lab``.
    """
    command = [sys.executable, "-m", "jupyterlab", str(folder), *_OFFLINE, *extra]
    lab = subprocess.Popen(command, env=environment())  # noqa: S603
    while True:
        try:
            return lab.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab gets it too, asks for confirmation, and exits by itself
