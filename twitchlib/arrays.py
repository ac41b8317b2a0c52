"""Arrays in and out of the models: types, checks, and results as tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LARGEST_SEED", "FloatArray", "IntArray", "Traces", "checked_array", "checked_number",
    "checked_seed",
]  # fmt: skip

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
LARGEST_SEED = 2**32 - 1


def checked_number(
    name: str, value: object, *, low: float, high: float, unit: str = "", integer: bool = False
) -> float:
    """Return `value` as a number, or refuse it.

    For the settings of a run (durations, time steps); parameters of a model are quantities.

    Raises
    ------
    NotAllowedError
        If `value` is not a finite number in ``[low, high]``, or not whole if `integer`.
    """
    setting = Quantity(name, name, unit, low, high, low, 0, "", "", True, integer)
    return setting.check(value)


def checked_seed(seed: object) -> int:
    """Return a random seed, a whole number from 0 to 2³² − 1, or refuse it.

    Raises
    ------
    NotAllowedError
        If `seed` is anything else; None is refused too, since results must be repeatable.
    """
    return int(checked_number("seed", seed, low=0, high=LARGEST_SEED, integer=True))


def checked_array(
    name: str,
    values: npt.ArrayLike,
    *,
    low: float = -np.inf,
    high: float = np.inf,
    unit: str = "",
    ndim: int | None = 1,
) -> FloatArray:
    """Return `values` as an array of floats, or refuse them.

    Raises
    ------
    NotAllowedError
        If the values are not numbers or do not have `ndim` dimensions (None allows any), or if one
        of them is not finite or lies outside ``[low, high]``; the first such value is named.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise NotAllowedError(name, values, _("numbers")) from None
    if ndim is not None and array.ndim != ndim:
        given = _("{n}-dimensional", n=array.ndim)
        raise NotAllowedError(name, given, _("{n}-dimensional", n=ndim))
    bad = ~(np.isfinite(array) & (array >= low) & (array <= high))
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = ", ".join(map(str, index))
        raise NotAllowedError(
            f"{name}[{place}]" if place else name, float(array[index]), _allowed(low, high, unit)
        )
    return array


def _allowed(low: float, high: float, unit: str) -> str:
    if np.isinf([low, high]).all():
        return f"{_('finite')} {unit}".strip()
    return _("from {low:g} to {high}", low=low, high=f"{high:g} {unit}".strip())


@dataclass(frozen=True, eq=False)
class Traces:
    """Base of results: one-dimensional arrays as long as the first one are the traces.

    A field may also be a mapping from column name to trace. Other fields (spike times, single
    numbers) describe the run as a whole and stay out of the table.
    """

    def to_frame(self) -> pd.DataFrame:
        """Return the traces as a table: one row per time (or unit, or pulse), one column per trace.

        Returns
        -------
        pandas.DataFrame
            Columns are named after the fields, and so carry their units.
        """
        import pandas as pd

        arrays: dict[str, object] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            arrays |= value if isinstance(value, Mapping) else {field.name: value}
        traces = {
            name: value
            for name, value in arrays.items()
            if isinstance(value, np.ndarray) and value.ndim == 1
        }
        rows = len(next(iter(traces.values())))
        return pd.DataFrame({name: value for name, value in traces.items() if len(value) == rows})
