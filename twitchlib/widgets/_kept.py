"""Progress that outlives a page, in a file that belongs to the student.

A course server keeps nothing about anyone. On a hub, where each student has a home directory, the
variable ``TWITCHLIB_PROGRESS`` names a file in it, which every lesson run there reads and adds to.
"""

import logging
import tempfile
from contextlib import suppress
from pathlib import Path

import traitlets

from twitchlib.errors import UnreadableError
from twitchlib.quiz import Progress

__all__ = ["keep"]

_log = logging.getLogger(__name__)


def keep(answers: traitlets.HasTraits, file: Path) -> None:
    """Start from the progress in a file, and write each change back to it.

    Other lessons may add to the same file in the meantime, so new progress is merged with what the
    file holds. A file that cannot be read is left as it is, and nothing is written.

    Parameters
    ----------
    answers : traitlets.HasTraits
        Has a trait `progress`.
    file : pathlib.Path
        Where the progress is kept; created once there is something to keep.
    """
    try:
        answers.progress = _read(file)  # type: ignore[attr-defined]
    except (OSError, UnreadableError) as error:
        _log.warning("no progress is kept in %s: %s", file, error)
        return

    def write(change: traitlets.Bunch) -> None:
        try:
            if change.new == Progress():
                file.unlink(missing_ok=True)
            else:
                _replace(file, _read(file).merged(change.new))
        except (OSError, UnreadableError) as error:
            _log.warning("no progress is kept in %s: %s", file, error)

    answers.observe(write, "progress")


def _read(file: Path) -> Progress:
    try:
        return Progress.from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Progress()


def _replace(file: Path, progress: Progress) -> None:
    """Replace a file in one step, so that a reader finds either the old or the new version."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as new:
        new.write(progress.to_json())
    try:
        Path(new.name).replace(file)
    except OSError:
        with suppress(OSError):
            Path(new.name).unlink()
        raise
