"""A folder of recordings becomes one table: in parallel, resumable, with broken files named."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twitchlib.arrays import checked_number
from twitchlib.emg.analysis import analyse
from twitchlib.emg.contents import FORMATS
from twitchlib.emg.counting import count
from twitchlib.emg.formats import SignalError
from twitchlib.emg.readers import read
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["analyse_folder"]

# A sample file is read through its header.
_ENDINGS = tuple(one for one in (*FORMATS, ".mat", ".h5", ".hdf5") if one != ".dat")
_AT_ONCE = 16


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

    Parameters
    ----------
    folder : path
        Where they are.
    table : path, optional
        A CSV in which results are kept as they come; files that it holds are not read again, so a
        run that was stopped goes on where it was. Delete it to begin anew.
    jobs : int
        How many processes share the work; −1 for one on each core.
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
        ``error``: why a file could not be read, empty for all others.

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
    files = sorted(one for one in where.rglob("*") if one.suffix.lower() in _ENDINGS)
    kept = Path(table) if table is not None else None
    files = [one for one in files if kept is None or one.resolve() != kept.resolve()]
    done = pd.read_csv(kept, keep_default_na=True) if kept and kept.is_file() else pd.DataFrame()
    known = set(done["file"]) if len(done) else set()
    waiting = [one for one in files if one.relative_to(where).as_posix() not in known]
    tables = [done] if len(done) else []
    with tqdm(total=len(waiting), disable=not progress) as bar, Parallel(n_jobs=jobs or 1) as pool:
        for start in range(0, len(waiting), _AT_ONCE):
            part = waiting[start : start + _AT_ONCE]
            rows = pool(delayed(_row)(one, where, reading or {}, settings) for one in part)
            tables.append(pd.DataFrame(rows))
            bar.update(len(part))
            if kept:
                _whole(tables).to_csv(kept, index=False)
    return _whole(tables)


def _whole(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    tables = list(tables)
    if not tables:
        return pd.DataFrame({"file": [], "error": []})
    whole = pd.concat(tables, ignore_index=True).sort_values("file", ignore_index=True)
    return whole.fillna({"error": "", "remarks": ""})


def _row(
    file: Path, where: Path, reading: dict[str, Any], settings: dict[str, float]
) -> dict[str, Any]:
    """Return what a file holds, or why it could not be read."""
    row: dict[str, Any] = {"file": file.relative_to(where).as_posix(), "error": ""}
    try:
        found = analyse(read(file, **reading), **settings)
    except (SignalError, NotAllowedError, OSError) as error:
        return row | {"error": str(error)}
    signal = found.detection.signal
    gaps = [(f.start_s, f.end_s) for f in signal.flaws if f.kind in ("missing", "held")]
    rate = count(found.detection.onset_s, signal.duration_s, gaps_s=gaps)
    (measured,) = found.to_frame().to_dict("records")
    row |= {str(name): value for name, value in measured.items()}
    row |= {"low_per_min": rate.low_per_min, "high_per_min": rate.high_per_min}
    return row | {"remarks": " ".join(signal.remarks)}
