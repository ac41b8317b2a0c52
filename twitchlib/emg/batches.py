"""Turn a folder of recordings into one table: parallel, resumable, with broken files named."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twitchlib.arrays import checked_number
from twitchlib.emg.analysis import analyse
from twitchlib.emg.bids import ENTITIES, entities, muscles, recordings
from twitchlib.emg.contents import FORMATS
from twitchlib.emg.counting import counted
from twitchlib.emg.readers import read
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["analyse_folder"]

# A ``.dat`` file is read through its header.
_ENDINGS = tuple(ending for ending in (*FORMATS, ".mat", ".h5", ".hdf5") if ending != ".dat")
# The table is written again after this many files.
_AT_ONCE = 16
# Columns read as text: subject 01 is not the number 1.
_WORDS = ("file", *ENTITIES.values(), "channel", "error", "remarks")


def analyse_folder(
    folder: str | PathLike[str],
    *,
    table: str | PathLike[str] | None = None,
    jobs: int = 1,
    progress: bool = False,
    reading: dict[str, Any] | None = None,
    **settings: float,
) -> pd.DataFrame:
    """Analyse every recording in a folder and those below it.

    In a BIDS dataset, or a folder of one, these are its recordings of the type ``emg``, and each of
    their channels that holds an EMG; ``derivatives`` and ``sourcedata`` are left out.

    Parameters
    ----------
    folder : path
        The folder.
    table : path, optional
        A CSV in which results are kept as they come. Files already in it are not read again, so a
        run that was stopped resumes where it left off. Delete it to start afresh.
    jobs : int
        How many processes share the work; −1 for one per core. Within
        ``joblib.parallel_config(backend="dask")`` a whole dask cluster does the work; its workers
        must see the folder under the same path.
    progress : bool
        Whether to show a progress bar.
    reading : dict, optional
        ``channel``, ``unit`` and ``sample_hz`` for `read`.
    **settings : float
        As of `analyse`.

    Returns
    -------
    pandas.DataFrame
        One row per file: ``file`` (relative to the folder), the columns of `Analysis.to_frame`, the
        interval of the rate (``low_per_min``, ``high_per_min``), ``remarks`` on the signal, and
        ``error``: why a file could not be read, empty for all others. A recording named as in BIDS
        has a row per channel, with ``subject``, ``session``, ``task``, ``run`` (empty if not in its
        name) and ``channel``.

    Raises
    ------
    NotAllowedError
        If there is no such folder, or a number is out of range.

    Examples
    --------
    >>> analyse_folder("recordings", jobs=-1, table="found.csv")  # doctest: +SKIP
    """
    import pandas as pd
    from joblib import Parallel, delayed
    from tqdm.auto import tqdm

    where = Path(folder)
    if not where.is_dir():
        raise NotAllowedError("folder", str(folder), _("a folder"))
    jobs = int(checked_number("jobs", jobs, low=-1, high=1024, integer=True))
    files = recordings(where)
    if files is None:
        files = sorted(file for file in where.rglob("*") if file.suffix.lower() in _ENDINGS)
    kept = Path(table) if table is not None else None
    files = [file for file in files if kept is None or file.resolve() != kept.resolve()]
    done = pd.DataFrame()
    if kept and kept.is_file():
        done = pd.read_csv(kept, converters=dict.fromkeys(_WORDS, str))
    known = set(done["file"]) if len(done) else set()
    waiting = [file for file in files if file.relative_to(where).as_posix() not in known]
    rows: list[dict[str, Any]] = []
    pool = Parallel(n_jobs=jobs or 1, return_as="generator_unordered")
    found = pool(delayed(_rows)(file, where, reading or {}, settings) for file in waiting)
    with tqdm(total=len(waiting), disable=not progress) as bar:
        for n_done, of_file in enumerate(found, start=1):
            rows += of_file
            bar.update()
            if kept and (n_done % _AT_ONCE == 0 or n_done == len(waiting)):
                _whole(done, rows).to_csv(kept, index=False)
    return _whole(done, rows)


def _whole(done: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return all rows, sorted by file."""
    import pandas as pd

    tables = [table for table in (done, pd.DataFrame(rows)) if len(table)]
    if not tables:
        return pd.DataFrame({"file": [], "error": []})
    whole = pd.concat(tables, ignore_index=True)
    whole = whole.sort_values("file", ignore_index=True, kind="stable")
    words = set(_WORDS) & set(whole)
    return whole.astype(dict.fromkeys(words, object)).fillna(dict.fromkeys(words, ""))


def _rows(
    file: Path, where: Path, reading: dict[str, Any], settings: dict[str, float]
) -> list[dict[str, Any]]:
    """Return a row for each channel of a file, or one that says why it could not be read."""
    row: dict[str, Any] = {"file": file.relative_to(where).as_posix()}
    if not (said := entities(file.name)):
        return [_row(file, row, reading, settings)]
    row |= dict.fromkeys(("subject", "session", "task", "run"), "") | said
    try:
        named = reading.get("channel", "")
        channels = (named,) if named else muscles(file) or ("",)
    except (UnreadableError, OSError) as error:
        return [row | {"channel": "", "error": str(error)}]
    return [
        _row(file, row | {"channel": channel}, reading | {"channel": channel}, settings)
        for channel in channels
    ]


def _row(
    file: Path, row: dict[str, Any], reading: dict[str, Any], settings: dict[str, float]
) -> dict[str, Any]:
    row = row | {"error": ""}
    try:
        found = analyse(read(file, **reading), **settings)
    except (UnreadableError, NotAllowedError, OSError) as error:
        return row | {"error": str(error)}
    signal = found.detection.signal
    rate = counted(found.detection)
    (measured,) = found.to_frame().to_dict("records")
    row |= {str(name): value for name, value in measured.items()}
    row |= {"low_per_min": rate.low_per_min, "high_per_min": rate.high_per_min}
    return row | {"remarks": " ".join(signal.remarks)}
