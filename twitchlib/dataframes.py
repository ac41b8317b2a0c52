"""Read columns of pandas, polars and pyarrow tables as arrays; write results as the same kind."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantity
from twitchlib.typed import read_number

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    from narwhals.typing import IntoDataFrameT

__all__ = [
    "Coded",
    "blocks",
    "codes",
    "known_columns",
    "numbers",
    "opened",
    "sets",
    "where",
    "written",
]

_BLOCK: Final = 1 << 16  # rows, few enough for intermediate results to stay in the CPU cache


@dataclass(frozen=True)
class Coded:
    """A column of few distinct values.

    Attributes
    ----------
    codes : array of int, shape (n,)
        Index of each cell's value; −1 where it is missing.
    words : sequence
        The distinct values.
    ordered : bool
        Whether the order of `words` is meaningful.
    """

    codes: NDArray[np.integer[Any]]
    words: Sequence[Any]
    ordered: bool = False


Columns: TypeAlias = Mapping[str, Coded | NDArray[np.bool_]]


def opened(frame: "IntoDataFrameT") -> "nw.DataFrame[IntoDataFrameT]":
    """Return a table for reading.

    Raises
    ------
    NotAllowedError
        If it is not an in-memory table of pandas, polars or pyarrow.
    """
    import narwhals as nw  # the dashboards do not need it

    try:
        table = nw.from_native(frame, eager_only=True)
        _writer(table)
    except (TypeError, KeyError):
        allowed = _("an in-memory table of pandas, polars or pyarrow")
        raise NotAllowedError("frame", type(frame).__name__, allowed) from None
    return table


def known_columns(table: "nw.DataFrame[Any]", names: Collection[str]) -> None:
    """Refuse a column whose name looks like a slip for one of `names`.

    Raises
    ------
    NotAllowedError
        If a column's name is close to one of `names` that the table lacks, or is one of them with
        another unit, such as ``sleep_min`` for ``sleep_h``.
    """
    missing = [name for name in names if name not in table.columns]
    stems = {name.rsplit("_", 1)[0]: name for name in names if "_" in name}
    for column in map(str, table.columns):
        if column in names:
            continue
        tidy = column.strip().lower()
        near = get_close_matches(tidy, missing, n=1, cutoff=0.85)
        meant = stems.get(tidy.rsplit("_", 1)[0]) or next(iter(near), None)
        if meant is not None:
            wanted = _("named {name}, or less similarly if it is something else", name=meant)
            raise NotAllowedError(column, _("a column"), wanted)


def blocks(n: int) -> Iterator[slice]:
    """Return slices that cover n rows, `_BLOCK` at a time."""
    return (slice(start, min(start + _BLOCK, n)) for start in range(0, n, _BLOCK))


def where(table: "nw.DataFrame[Any]", column: str, row: int) -> str:
    """Describe a cell by its column, and its row as the table's index names it."""
    import narwhals as nw

    index = nw.maybe_get_index(table)
    return _("{column} in row {row!r}", column=column, row=row if index is None else index[row])


def codes(series: "nw.Series[Any]") -> Coded:
    """Return a column coded by its distinct values, which polars and pyarrow give as strings.

    Raises
    ------
    NotAllowedError
        If a cell holds several values.
    """
    try:
        return _READERS[series.implementation.value](series.to_native())
    except TypeError:
        allowed = _("a column with one value in each cell")
        raise NotAllowedError(series.name, str(series.dtype), allowed) from None


def _codes_of_pandas(column: "pd.Series[Any]") -> Coded:
    import pandas as pd

    found, words = pd.factorize(column)
    return Coded(found, list(words))


def _codes_of_polars(column: Any) -> Coded:
    import polars as pl

    if column.dtype.is_nested():
        raise TypeError
    texts = column.cast(pl.String)
    words = texts.drop_nulls().unique()
    found = texts.cast(pl.Enum(words)).to_physical().cast(pl.Int32).fill_null(-1)
    return Coded(found.to_numpy(), words.to_list())


def _codes_of_pyarrow(column: Any) -> Coded:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_nested(column.type):
        raise TypeError
    texts = pc.cast(column, pa.string())
    words = pc.unique(pc.drop_null(texts))
    return Coded(pc.fill_null(pc.index_in(texts, words), -1).to_numpy(), words.to_pylist())


def numbers(table: "nw.DataFrame[Any]", known: Quantity) -> NDArray[np.float64]:
    """Return a column of numbers, or texts that are numbers; NaN where a cell is empty.

    Raises
    ------
    NotAllowedError
        If a cell is not a number, or out of range; the message names the column and the row.
    """
    import narwhals as nw

    series = table[known.name]
    if series.dtype.is_numeric():
        values: NDArray[np.float64] = series.cast(nw.Float64).fill_null(np.nan).to_numpy()
    elif series.dtype in (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown):
        values = _from_cells(table, known, codes(series))
    else:
        raise NotAllowedError(known.name, str(series.dtype), known.allowed)
    for block in blocks(len(values)):
        bad = (values[block] < known.low) | (values[block] > known.high)
        if bad.any():
            row = block.start + int(np.argmax(bad))
            raise NotAllowedError(where(table, known.name, row), float(values[row]), known.allowed)
    return values


def _from_cells(table: "nw.DataFrame[Any]", known: Quantity, column: Coded) -> NDArray[np.float64]:
    read = np.full(len(column.words) + 1, np.nan)  # the last is for missing cells, code −1
    for place, value in enumerate(column.words):
        try:
            read[place] = _number(value)
        except (TypeError, ValueError):
            row = int(np.argmax(column.codes == place))
            cell = where(table, known.name, row)
            raise NotAllowedError(cell, value, known.allowed) from None
    values: NDArray[np.float64] = read[column.codes]
    return values


def _number(value: object) -> float:
    if isinstance(value, str):
        return read_number(value) if value.strip() else np.nan
    if isinstance(value, bool):
        raise TypeError
    return float(value)  # type: ignore[arg-type] # float() refuses what is not a number


def sets(bits: NDArray[np.integer[Any]], names: Collection[str]) -> Coded:
    """Return a column of the names whose bits are set, joined by spaces."""
    seen = np.zeros(1 << len(names), dtype=bool)
    for rows in blocks(len(bits)):
        seen[bits[rows]] = True
    place = np.cumsum(seen, dtype=np.int32) - 1
    values = tuple(
        " ".join(name for bit, name in enumerate(names) if mask >> bit & 1)
        for mask in np.flatnonzero(seen)
    )
    return Coded(place[bits], values)


def written(table: "nw.DataFrame[IntoDataFrameT]", columns: Columns) -> "IntoDataFrameT":
    """Return the columns as a table of the same kind as `table`, with its index if it has one."""
    made: IntoDataFrameT = _writer(table)(columns, table.to_native())
    return made


def _writer(table: "nw.DataFrame[Any]") -> Callable[[Columns, Any], Any]:
    return _WRITERS[table.implementation.value]


def _to_pandas(columns: Columns, like: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    made = {
        name: pd.Categorical.from_codes(
            column.codes, dtype=pd.CategoricalDtype(list(column.words), ordered=column.ordered)
        )
        if isinstance(column, Coded)
        else column
        for name, column in columns.items()
    }
    return pd.DataFrame(made, index=like.index)


def _to_polars(columns: Columns, _like: Any) -> Any:
    import polars as pl

    def series(name: str, column: "Coded | NDArray[np.bool_]") -> pl.Series:
        if not isinstance(column, Coded):
            return pl.Series(name, column)
        # Missing cells point at a null after the values, since `gather` takes no null index.
        values = pl.Series(name, [*column.words, None], dtype=pl.Enum(list(column.words)))
        return values.gather(np.where(column.codes < 0, len(column.words), column.codes))

    return pl.DataFrame([series(name, column) for name, column in columns.items()])


def _to_pyarrow(columns: Columns, _like: Any) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            name: pa.DictionaryArray.from_arrays(
                pa.array(column.codes, mask=column.codes < 0),
                pa.array(list(column.words), pa.string()),
                ordered=column.ordered,
            )
            if isinstance(column, Coded)
            else pa.array(column)
            for name, column in columns.items()
        }
    )


_READERS: Final = {
    "pandas": _codes_of_pandas,
    "polars": _codes_of_polars,
    "pyarrow": _codes_of_pyarrow,
}
_WRITERS: Final = {"pandas": _to_pandas, "polars": _to_polars, "pyarrow": _to_pyarrow}
