"""The lessons as a student's own notebooks in JupyterLab."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from twitchlib.messages import gettext as _

__all__ = ["Copied", "copy_lessons", "environment", "open_lab"]


# A lesson needs nothing from the internet, and neither should the program that shows it.
_OFFLINE: Final = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
)
# JupyterLab asks whether to fetch news, unless its default says no. What somebody chose stands.
_DEFAULTS: Final = Path(__file__).parent / "lab_config"
_CONFIG_PATH: Final = "JUPYTER_CONFIG_PATH"


@dataclass(frozen=True)
class Copied:
    """The result of copying the lessons.

    Attributes
    ----------
    new : tuple of str
        Notebooks that were copied.
    kept : tuple of str
        Notebooks that existed and were left as they are.
    """

    new: tuple[str, ...]
    kept: tuple[str, ...]


def copy_lessons(source: Path, target: Path) -> Copied:
    """Copy the lessons to a user's folder, without overwriting anything.

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
    new, kept = [], []
    for notebook in sorted(source.glob("*.ipynb")):
        copy = target / notebook.name
        if copy.exists():
            kept.append(notebook.name)
        else:
            shutil.copyfile(notebook, copy)
            new.append(notebook.name)
    return Copied(tuple(new), tuple(kept))


def environment() -> dict[str, str]:
    """Return the environment for JupyterLab: ours, with the course's defaults for its settings."""
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
            continue  # JupyterLab got it too, asks for confirmation, and exits on its own
