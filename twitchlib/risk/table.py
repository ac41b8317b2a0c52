"""Many weeks at once: the same rules applied to a table."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantity
from twitchlib.risk.rules import band_rank, bands, factors, levels

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assess_frame"]


def assess_frame(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Assess a table of habits, one person (or week) per row.

    Parameters
    ----------
    frame : DataFrame
        Columns named as the fields of `Habits`, in their units; other columns are ignored. A
        habit may be missing, as a column or as a cell.

    Returns
    -------
    DataFrame
        With the index of `frame`:

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
        If a value is not a number or lies outside its range (the message names the row), or a
        column looks like a habit in another unit, such as ``sleep_min``.

    Examples
    --------
    >>> import pandas as pd
    >>> survey = pd.DataFrame({"caffeine_mg": [90, 700], "sleep_h": [8.0, None]})
    >>> assess_frame(survey)[["caffeine_mg_level", "sleep_h_level", "band"]]
      caffeine_mg_level sleep_h_level  band
    0              none          none  none
    1            likely           NaN   few
    """
    import pandas as pd  # the dashboards do not need it

    _refuse_other_units(frame)
    n = len(frame)
    out: dict[str, Any] = {}
    contributing = np.zeros(n, dtype=np.int8)
    likely = np.zeros(n, dtype=np.int8)
    missing_bits = np.zeros(n, dtype=np.int16)  # one bit per habit
    level_type = pd.CategoricalDtype([level.id for level in levels()], ordered=True)
    band_type = pd.CategoricalDtype([band.id for band in bands()], ordered=True)
    for bit, (name, factor) in enumerate(factors().items()):
        values = _column(frame, factor.quantity)
        absent = np.isnan(values)
        rank = factor.rank(values)
        contributing += rank > 0
        likely += rank > 1
        missing_bits |= absent.astype(np.int16) << bit
        codes = np.where(absent, np.int8(-1), rank)
        out[f"{name}_level"] = pd.Categorical.from_codes(codes, dtype=level_type)
    seen = np.bincount(missing_bits, minlength=1 << len(factors())) > 0
    names = [
        " ".join(name for bit, name in enumerate(factors()) if mask >> bit & 1)
        for mask in np.flatnonzero(seen)
    ]
    position = np.cumsum(seen, dtype=np.int16) - np.int16(1)
    out["missing"] = pd.Categorical.from_codes(position[missing_bits], pd.Index(names))
    nothing_known = missing_bits == (1 << len(factors())) - 1
    codes = np.where(nothing_known, np.int8(-1), band_rank(contributing, likely))
    out["band"] = pd.Categorical.from_codes(codes, dtype=band_type)
    out["band_is_lower_bound"] = missing_bits > 0
    return pd.DataFrame(out, index=frame.index)


def _refuse_other_units(frame: "pd.DataFrame") -> None:
    stems = {name.rsplit("_", 1)[0]: name for name in factors() if "_" in name}
    for column in map(str, frame.columns):
        habit = stems.get(column.rsplit("_", 1)[0].lower())
        if habit is not None and column != habit:
            unit = factors()[habit].quantity.unit
            wanted = _("named {habit} and given in {unit}", habit=habit, unit=unit)
            raise NotAllowedError(column, _("a column"), wanted)


def _column(frame: "pd.DataFrame", known: Quantity) -> NDArray[np.float64]:
    if known.name not in frame:
        return np.full(len(frame), np.nan)
    column = frame[known.name]
    try:
        values = column.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        odd = next(v for v in column if isinstance(v, str) or not np.isscalar(v))
        raise NotAllowedError(known.name, odd, known.allowed) from None
    bad = (values < known.low) | (values > known.high)
    if bad.any():
        where = int(np.argmax(bad))
        cell = _("{column} in row {row!r}", column=known.name, row=frame.index[where])
        raise NotAllowedError(cell, float(values[where]), known.allowed)
    return values
