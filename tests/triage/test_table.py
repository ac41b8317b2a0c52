"""The same rules on a table: each row agrees with `advise`, and a gap is never a no."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from tests.triage.conftest import QUESTIONS
from twitchlib import triage
from twitchlib.errors import NotAllowedError


def test_each_row_agrees_with_advise(advices: Mapping[tuple[str, ...], triage.Advice]) -> None:
    out = triage.advise_frame(pd.DataFrame(list(advices), columns=QUESTIONS))
    actions, readings = (
        out[name].astype(object).where(out[name].notna(), None) for name in ("action", "reading")
    )
    columns = (actions, readings, out["rules"], out["open"], out["action_is_lower_bound"])
    for advice, action, reading, fired, still_open, bound in zip(
        advices.values(), *columns, strict=True
    ):
        assert action == (advice.action.id if advice.action else None)
        assert reading == (advice.reading.id if advice.reading else None)
        assert set(fired.split()) == {rule.id for rule in advice.rules}
        assert still_open.split() == list(advice.open)
        assert bound == bool(advice.open)


def test_a_missing_column_is_an_open_question() -> None:
    out = triage.advise_frame(pd.DataFrame([dict.fromkeys(QUESTIONS[:-1], "no")]))
    assert out["action"].isna().all()
    assert out["open"].iloc[0] == QUESTIONS[-1]
    assert out["action_is_lower_bound"].all()


@pytest.mark.parametrize("gap", [None, np.nan, pd.NA, "open"])
def test_a_missing_cell_is_an_open_question(gap: object) -> None:
    rows = [dict.fromkeys(QUESTIONS, "no"), dict.fromkeys(QUESTIONS, "no") | {"pain": gap}]
    frame = pd.DataFrame(rows, dtype=object)
    assert triage.advise_frame(frame)["action"].isna().tolist() == [False, True]


@pytest.mark.parametrize("odd", [True, False, 0, "No", "n", ""])
def test_another_word_or_type_is_refused_with_its_row(odd: object) -> None:
    rows = [dict.fromkeys(QUESTIONS, "no"), dict.fromkeys(QUESTIONS, "no") | {"pain": odd}]
    frame = pd.DataFrame(rows, index=["a", "b"], dtype=object)
    with pytest.raises(NotAllowedError, match=r"pain in row 'b' = .*: must be one of yes, no"):
        triage.advise_frame(frame)


def test_actions_are_ordered_and_other_columns_ignored() -> None:
    frame = pd.DataFrame({"pain": ["unsure", "no"], "weakness": ["no", "yes"], "age": [20, 30]})
    action = triage.advise_frame(frame)["action"]
    assert list(action.cat.categories) == ["normal", "persistent", "severe"]
    assert action.is_monotonic_increasing
    assert list(action) == ["persistent", "severe"]


def test_an_empty_table_stays_empty() -> None:
    assert len(triage.advise_frame(pd.DataFrame({"pain": []}))) == 0
