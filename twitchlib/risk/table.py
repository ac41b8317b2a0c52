"""Many weeks at once: the same rules applied to a table."""

from typing import TYPE_CHECKING

import numpy as np

from twitchlib.dataframes import Coded, blocks, known_columns, numbers, opened, sets, written
from twitchlib.risk.rules import band_rank, bands, factors, levels

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT
    from numpy.typing import NDArray

__all__ = ["assess_frame"]


def assess_frame(frame: "IntoDataFrameT") -> "IntoDataFrameT":
    """Assess a table of habits, one person (or week) per row.

    Parameters
    ----------
    frame : DataFrame of pandas or polars, or Table of pyarrow
        Columns named as the fields of `Habits`, in their units, as numbers or as texts such as
        "1,500"; other columns are ignored. A habit may be missing, as a column or as a cell.

    Returns
    -------
    DataFrame or Table
        Of the same kind as `frame`, with its index if it has one:

        ``<habit>_level``
            "none", "may" or "likely" (ordered categorical), missing if the habit is missing.
        ``missing``
            Names of the habits that are missing, joined by spaces (categorical).
        ``band``
            Band of the known habits (ordered categorical), missing if none is known.
        ``band_is_lower_bound``
            True if a habit is missing, so that the overall band could be higher.

    Raises
    ------
    NotAllowedError
        If a value is not a number or lies outside its range (the message names the row), a column
        looks like a habit in another unit, such as ``sleep_min``, or misspelt, such as
        ``cafeine_mg``, or `frame` is not such a table.

    Examples
    --------
    >>> import pandas as pd
    >>> survey = pd.DataFrame({"caffeine_mg": [90, 700], "sleep_h": [8.0, None]})
    >>> assess_frame(survey)[["caffeine_mg_level", "sleep_h_level", "band"]]
      caffeine_mg_level sleep_h_level  band
    0              none          none  none
    1            likely           NaN   few
    """
    table = opened(frame)
    known_columns(table, factors())
    n, level_ids = len(table), tuple(level.id for level in levels())
    contributing, likely = np.zeros(n, dtype=np.int8), np.zeros(n, dtype=np.int8)
    missing = np.zeros(n, dtype=np.int16)  # one bit per habit
    out: dict[str, Coded | NDArray[np.bool_]] = {}
    for bit, (name, factor) in enumerate(factors().items()):
        level = np.full(n, -1, dtype=np.int8)
        if name in table.columns:
            values = numbers(table, factor.quantity)
            for rows in blocks(n):
                absent, rank = np.isnan(values[rows]), factor.rank(values[rows])
                contributing[rows] += rank > 0
                likely[rows] += rank > 1
                missing[rows] |= absent.astype(np.int16) << bit
                level[rows] = np.where(absent, -1, rank)
        else:
            missing |= 1 << bit
        out[f"{name}_level"] = Coded(level, level_ids, ordered=True)
    out["missing"] = sets(missing, tuple(factors()))
    band = np.full(n, -1, dtype=np.int8)
    counts = np.arange(len(factors()) + 1)
    band_of = band_rank(counts[:, None], counts)
    all_missing = (1 << len(factors())) - 1
    for rows in blocks(n):
        found = band_of[contributing[rows], likely[rows]]
        band[rows] = np.where(missing[rows] == all_missing, -1, found)
    out["band"] = Coded(band, tuple(band.id for band in bands()), ordered=True)
    out["band_is_lower_bound"] = missing > 0
    return written(table, out)
