"""Tables from every library give the same results, in the type of table that was passed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import risk, triage
from twitchlib.dataframes import codes, opened, sets
from twitchlib.errors import NotAllowedError

Cells = Mapping[str, Sequence[Any]]
LIBRARIES: Mapping[str, Callable[[Cells], Any]] = {
    "pandas": pd.DataFrame,
    "pandas with its own missing value": lambda cells: pd.DataFrame(cells).convert_dtypes(),
    "pandas on pyarrow": lambda cells: pa.table(cells).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}
each_library = pytest.mark.parametrize("make", LIBRARIES.values(), ids=LIBRARIES)


def cells_of(frame: Any) -> dict[str, list[Any]]:
    """Return the cells of a table from any library, with None for a missing one."""
    if isinstance(frame, pd.DataFrame):
        return {
            str(name): [None if pd.isna(cell) else cell for cell in column]
            for name, column in frame.items()
        }
    if isinstance(frame, pl.DataFrame):
        return {name: column.to_list() for name, column in frame.to_dict().items()}
    return {name: frame[name].to_pylist() for name in frame.column_names}


@each_library
def test_habits_from_any_library_are_assessed_alike(make: Callable[[Cells], Any]) -> None:
    week: Cells = {
        "caffeine_mg": [90.0, 700.0, None],
        "sleep_h": [8.0, None, None],
        "age": [20, 30, 40],
    }
    frame = make(week)
    out = risk.assess_frame(frame)
    assert type(out) is type(frame)
    assert cells_of(out) == cells_of(risk.assess_frame(pd.DataFrame(week)))
    assert cells_of(out)["band"] == ["none", "few", None]


@each_library
def test_answers_from_any_library_are_advised_alike(make: Callable[[Cells], Any]) -> None:
    answers: Cells = {"weakness": ["yes", "no", None], "pain": ["no", "unsure", "open"]}
    frame = make(answers)
    out = triage.advise_frame(frame)
    assert type(out) is type(frame)
    assert cells_of(out) == cells_of(triage.advise_frame(pd.DataFrame(answers)))
    assert cells_of(out)["action"] == ["severe", "persistent", None]


@each_library
def test_a_number_may_be_written_as_in_the_lessons(make: Callable[[Cells], Any]) -> None:
    out = cells_of(risk.assess_frame(make({"potassium_mg": ["1,500", " 3300 ", "", None]})))
    assert out == cells_of(risk.assess_frame(make({"potassium_mg": [1500.0, 3300, None, None]})))


@each_library
@pytest.mark.parametrize("odd", ["seven", "480", "nan", "1e400"])
def test_a_cell_without_an_allowed_number_is_named(make: Callable[[Cells], Any], odd: str) -> None:
    with pytest.raises(NotAllowedError, match="sleep_h in row 1 = "):
        risk.assess_frame(make({"sleep_h": ["7", odd]}))


@each_library
def test_an_unknown_word_is_named_with_its_row(make: Callable[[Cells], Any]) -> None:
    with pytest.raises(NotAllowedError, match="pain in row 2 = 'No'"):
        triage.advise_frame(make({"pain": ["no", None, "No"]}))


@each_library
@pytest.mark.parametrize("cells", [[True, False], [[7], [8]]])
def test_a_column_of_the_wrong_type_is_refused(
    make: Callable[[Cells], Any], cells: list[Any]
) -> None:
    with pytest.raises(NotAllowedError, match="sleep_h"):
        risk.assess_frame(make({"sleep_h": cells}))


@each_library
@pytest.mark.parametrize(
    ("column", "meant"),
    [("cafeine_mg", "caffeine_mg"), ("Caffeine_mg", "caffeine_mg"), ("sleep_min", "sleep_h")],
)
def test_a_misspelt_habit_is_refused(make: Callable[[Cells], Any], column: str, meant: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{column} = .*: must be named {meant}"):
        risk.assess_frame(make({column: [1.0]}))


@each_library
def test_a_misspelt_question_is_refused(make: Callable[[Cells], Any]) -> None:
    with pytest.raises(NotAllowedError, match=r"weaknes = .*: must be named weakness"):
        triage.advise_frame(make({"weaknes": ["no"]}))


def test_a_name_similar_to_that_of_a_given_column_is_another_column() -> None:
    out = triage.advise_frame(pd.DataFrame({"weakness": ["yes"], "weakness2": ["arm"]}))
    assert cells_of(out)["action"] == ["severe"]


@each_library
def test_an_empty_table_stays_empty(make: Callable[[Cells], Any]) -> None:
    empty = make({"pain": []})
    assert not any(cells_of(triage.advise_frame(empty)).values())


@pytest.mark.parametrize(
    "frame", [None, [1, 2], {"sleep_h": [7]}, np.zeros((2, 2)), pl.LazyFrame({"sleep_h": [7]})]
)
def test_anything_but_a_table_is_refused(frame: Any) -> None:
    with pytest.raises(NotAllowedError, match=r"frame = .*: must be an in-memory table of pandas"):
        risk.assess_frame(frame)


@given(st.lists(st.one_of(st.none(), st.sampled_from(["yes", "no", "x y", ""])), max_size=20))
def test_codes_decode_to_the_cells(cells: list[str | None]) -> None:
    for frame in (
        pl.DataFrame({"a": cells}, schema={"a": pl.String}),
        pa.table({"a": pa.array(cells, pa.string())}),
    ):
        coded = codes(opened(frame)["a"])
        assert [None if code < 0 else coded.words[code] for code in coded.codes] == cells


@given(st.lists(st.integers(0, 7), max_size=20))
def test_sets_name_the_bits(bits: list[int]) -> None:
    coded = sets(np.array(bits, dtype=np.int16), ["a", "b", "c"])
    for mask, code in zip(bits, coded.codes, strict=True):
        assert coded.words[code].split() == [
            name for bit, name in enumerate("abc") if mask >> bit & 1
        ]
