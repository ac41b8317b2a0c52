"""The same rules on a table: each row agrees with `assess`, and nothing is guessed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import risk
from twitchlib.errors import NotAllowedError
from twitchlib.quantity import describe
from twitchlib.risk.rules import bands, levels

HABITS = describe(risk.Habits)


def column(low: float, high: float) -> st.SearchStrategy[float]:
    return st.one_of(st.floats(low, high), st.just(float("nan")))


WEEKS = st.lists(
    st.fixed_dictionaries({name: column(known.low, known.high) for name, known in HABITS.items()}),
    max_size=8,
)


@given(WEEKS)
@settings(deadline=None)
def test_each_row_agrees_with_assess(weeks: list[dict[str, float]]) -> None:
    frame = pd.DataFrame(weeks, columns=list(HABITS), dtype=float)
    out = risk.assess_frame(frame)
    assert out.index.equals(frame.index)
    for row, week in enumerate(weeks):
        known = {name: value for name, value in week.items() if value == value}
        alone = risk.assess(risk.Habits(**known))
        for finding in alone.findings:
            level = out[f"{finding.id}_level"].iloc[row]
            if finding.id in known:
                assert level == finding.level.id
            else:
                assert pd.isna(level)
        missing = [name for name in HABITS if name not in known]
        assert out["missing"].iloc[row].split() == missing
        assert out["band_is_lower_bound"].iloc[row] == bool(missing)
        # The defaults are healthy, so a week filled up with them has the band of its known habits.
        assert out["band"].iloc[row] == alone.band.id if known else pd.isna(out["band"].iloc[row])


def test_missing_columns_are_reported_not_guessed() -> None:
    out = risk.assess_frame(pd.DataFrame({"sleep_h": [4.0], "age": [20]}))
    assert out["sleep_h_level"].iloc[0] == "likely"
    assert out["caffeine_mg_level"].isna().all()
    assert "caffeine_mg" in out["missing"].iloc[0].split()
    assert out["band_is_lower_bound"].all()


def test_levels_and_bands_are_ordered() -> None:
    out = risk.assess_frame(pd.DataFrame({"sleep_h": [8.0, 6.0, 4.0]}))
    assert list(out["sleep_h_level"].cat.categories) == [level.id for level in levels()]
    assert out["sleep_h_level"].is_monotonic_increasing
    assert list(out["band"].cat.categories) == [band.id for band in bands()]


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "float32", "int16", "object"])
def test_any_numeric_column_will_do(dtype: str) -> None:
    frame = pd.DataFrame({"caffeine_mg": pd.Series([100, 700], dtype=dtype)})
    assert list(risk.assess_frame(frame)["caffeine_mg_level"]) == ["none", "likely"]


def test_pandas_own_missing_value_counts_as_missing() -> None:
    frame = pd.DataFrame({"caffeine_mg": pd.Series([100, pd.NA], dtype="Int64")})
    assert list(risk.assess_frame(frame)["caffeine_mg_level"].isna()) == [False, True]


def test_a_value_out_of_range_is_named_with_its_row() -> None:
    frame = pd.DataFrame({"sleep_h": [7.0, 480.0]}, index=["anna", "ben"])
    with pytest.raises(NotAllowedError, match=r"sleep_h in row 'ben' = 480\.0: .* 0 to 14 h/night"):
        risk.assess_frame(frame)


@pytest.mark.parametrize("odd", ["seven", [7], None])
def test_a_value_that_is_not_a_number_is_named(odd: object) -> None:
    frame = pd.DataFrame({"sleep_h": pd.Series([7, odd], dtype=object)})
    if odd is None:
        assert risk.assess_frame(frame)["sleep_h_level"].isna().tolist() == [False, True]
        return
    with pytest.raises(NotAllowedError, match="sleep_h"):
        risk.assess_frame(frame)


@pytest.mark.parametrize("name", ["sleep_min", "Caffeine_g", "water_ml", "magnesium_g"])
def test_a_habit_in_another_unit_is_refused_not_ignored(name: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{name} = .*: must be named"):
        risk.assess_frame(pd.DataFrame({name: [1.0]}))


def test_an_empty_table_stays_empty() -> None:
    assert len(risk.assess_frame(pd.DataFrame({"sleep_h": np.array([], dtype=float)}))) == 0
