"""Progress that outlives a page: in a file, where the place has one for each student.

A course server keeps nothing of anybody. In a hub, where each student has a home of their own, the
variable ``TWITCHLIB_PROGRESS`` names a file in it, and every lesson that is run there reads it and
adds to it.
"""

import logging
import tempfile
from contextlib import suppress
from pathlib import Path

import traitlets

from twitchlib.quiz import Progress, ProgressFileError

__all__ = ["keep"]

_log = logging.getLogger(__name__)


def keep(answers: traitlets.HasTraits, file: Path) -> None:
    """Begin with the progress in a file, and write each change of it there.

    Other lessons add to the same file meanwhile, so what is there is merged with what is new.
    A file that cannot be read is left as it is, and then nothing is written.

    Parameters
    ----------
    answers : traitlets.HasTraits
        Has a trait `progress`.
    file : pathlib.Path
        Where the progress is kept; made when there is something to keep.
    """
    try:
        answers.progress = _read(file)  # type: ignore[attr-defined]
    except (OSError, ProgressFileError) as error:
        _log.warning("%s keeps no progress: %s", file, error)
        return

    def write(change: traitlets.Bunch) -> None:
        try:
            if change.new == Progress():
                file.unlink(missing_ok=True)
            else:
                _replace(file, _read(file).merged(change.new))
        except (OSError, ProgressFileError) as error:
            _log.warning("%s keeps no progress: %s", file, error)

    answers.observe(write, "progress")


def _read(file: Path) -> Progress:
    try:
        return Progress.from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Progress()


def _replace(file: Path, progress: Progress) -> None:
    """Write a file in one step, so that whoever reads it meanwhile finds the old or the new one."""
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
