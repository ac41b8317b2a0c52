"""A folder of recordings becomes one table: in parallel, resumable, with broken files named."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twitchlib.arrays import checked_number
from twitchlib.emg.analysis import analyse
from twitchlib.emg.bids import ENTITIES, entities, muscles, recordings
from twitchlib.emg.contents import FORMATS
from twitchlib.emg.counting import counted
from twitchlib.emg.formats import SignalError
from twitchlib.emg.readers import read
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["analyse_folder"]

# A sample file is read through its header.
_ENDINGS = tuple(one for one in (*FORMATS, ".mat", ".h5", ".hdf5") if one != ".dat")
# How many files are done before the table is written again.
_AT_ONCE = 16
# A subject 01 is no number 1.
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

    In a BIDS dataset, or a folder of one, those are its recordings of the type ``emg``, and each of
    their channels that holds an EMG; ``derivatives`` and ``sourcedata`` are left out.

    Parameters
    ----------
    folder : path
        Where they are.
    table : path, optional
        A CSV in which results are kept as they come; files that it holds are not read again, so a
        run that was stopped goes on where it was. Delete it to begin anew.
    jobs : int
        How many processes share the work; −1 for one on each core. Within
        ``joblib.parallel_config(backend="dask")`` a cluster of dask does, with all that it has; its
        workers have to see the folder under the same path.
    progress : bool
        Whether to show a bar.
    reading : dict, optional
        ``channel``, ``unit`` and ``sample_hz`` for `read`.
    **settings : float
        As of `analyse`.

    Returns
    -------
    pandas.DataFrame
        One row per file: ``file`` (relative to the folder), what `Analysis.to_frame` has, the
        interval of the rate (``low_per_min``, ``high_per_min``), ``remarks`` on the signal, and
        ``error``: why a file could not be read, empty for all others. A recording named as BIDS
        names it has a row per channel, with ``subject``, ``session``, ``task``, ``run`` (empty if
        its name does not say it) and ``channel``.

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
        files = sorted(one for one in where.rglob("*") if one.suffix.lower() in _ENDINGS)
    kept = Path(table) if table is not None else None
    files = [one for one in files if kept is None or one.resolve() != kept.resolve()]
    done = pd.DataFrame()
    if kept and kept.is_file():
        done = pd.read_csv(kept, converters=dict.fromkeys(_WORDS, str))
    known = set(done["file"]) if len(done) else set()
    waiting = [one for one in files if one.relative_to(where).as_posix() not in known]
    rows: list[dict[str, Any]] = []
    pool = Parallel(n_jobs=jobs or 1, return_as="generator_unordered")
    found = pool(delayed(_rows)(one, where, reading or {}, settings) for one in waiting)
    with tqdm(total=len(waiting), disable=not progress) as bar:
        for place, some in enumerate(found, start=1):
            rows += some
            bar.update()
            if kept and (place % _AT_ONCE == 0 or place == len(waiting)):
                _whole(done, rows).to_csv(kept, index=False)
    return _whole(done, rows)


def _whole(done: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return all rows in the order of their files, whichever came first."""
    import pandas as pd

    tables = [one for one in (done, pd.DataFrame(rows)) if len(one)]
    if not tables:
        return pd.DataFrame({"file": [], "error": []})
    whole = pd.concat(tables, ignore_index=True)
    whole = whole.sort_values("file", ignore_index=True, kind="stable")
    words = set(_WORDS) & set(whole)
    return whole.astype(dict.fromkeys(words, object)).fillna(dict.fromkeys(words, ""))


def _rows(
    file: Path, where: Path, reading: dict[str, Any], settings: dict[str, float]
) -> list[dict[str, Any]]:
    """Return what each channel of a file holds, or why it could not be read."""
    row: dict[str, Any] = {"file": file.relative_to(where).as_posix()}
    if not (said := entities(file.name)):
        return [_row(file, row, reading, settings)]
    row |= dict.fromkeys(("subject", "session", "task", "run"), "") | said
    try:
        named = reading.get("channel", "")
        channels = (named,) if named else muscles(file) or ("",)
    except (SignalError, OSError) as error:
        return [row | {"channel": "", "error": str(error)}]
    return [
        _row(file, row | {"channel": one}, reading | {"channel": one}, settings) for one in channels
    ]


def _row(
    file: Path, row: dict[str, Any], reading: dict[str, Any], settings: dict[str, float]
) -> dict[str, Any]:
    row = row | {"error": ""}
    try:
        found = analyse(read(file, **reading), **settings)
    except (SignalError, NotAllowedError, OSError) as error:
        return row | {"error": str(error)}
    signal = found.detection.signal
    rate = counted(found.detection)
    (measured,) = found.to_frame().to_dict("records")
    row |= {str(name): value for name, value in measured.items()}
    row |= {"low_per_min": rate.low_per_min, "high_per_min": rate.high_per_min}
    return row | {"remarks": " ".join(signal.remarks)}
