"""Every remedy of the guide has its causes, its caution and its verdict; plans leave none out."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import care, guide
from twitchlib.errors import NotAllowedError

CAUSES = list(care.causes())
NOT_AT_HOME = {"multiple-sclerosis", "als"}


def test_every_remedy_is_complete() -> None:
    for remedy in care.remedies().values():
        assert remedy.causes
        assert remedy.how_to
        assert remedy.ask_first
        assert remedy.verdict in {row["word"] for row in guide.rows("verdicts").values()}


def test_only_causes_that_need_a_doctor_have_no_remedy() -> None:
    helped = {cause for remedy in care.remedies().values() for cause in remedy.causes}
    assert set(CAUSES) - helped == NOT_AT_HOME


@pytest.mark.parametrize(
    ("remedy", "word"),
    [("potassium-rich-foods", "kidney"), ("magnesium-rich-foods", "kidney"), ("water", "heart")],
)
def test_who_should_ask_first_is_stated(remedy: str, word: str) -> None:
    assert word in care.remedies()[remedy].ask_first


def test_every_choice_of_causes_gives_its_remedies_and_no_other() -> None:
    for size in range(len(CAUSES) + 1):
        for chosen in combinations(CAUSES, size):
            plan = care.plan(chosen)
            assert [cause["id"] for cause in plan.causes] == list(chosen)
            assert {cause["id"] for cause in plan.without} == NOT_AT_HOME & set(chosen)
            for remedy in care.remedies().values():
                assert (remedy in plan.remedies) == bool(set(remedy.causes) & set(chosen))


@given(st.lists(st.text(min_size=1), min_size=1))
def test_an_unknown_cause_is_refused(names: list[str]) -> None:
    if not set(names) <= set(CAUSES):
        with pytest.raises(NotAllowedError, match="must be one of stress, "):
            care.plan(names)


def test_a_plan_is_a_tidy_table_too() -> None:
    frame = care.plan(["stress", "dehydration"]).to_frame()
    assert "water" in frame.index
    assert frame.loc["water", "verdict"] == guide.rows("verdicts")["weak"]["word"]
    assert len(care.plan([]).to_frame()) == 0


def test_conditions_are_the_causes_of_that_kind_and_alarm_nobody() -> None:
    conditions = {name for name, cause in care.causes().items() if cause["kind"] == "condition"}
    assert set(guide.rows("conditions")) == conditions
    for row in guide.rows("conditions").values():
        said = " ".join(str(row[name]) for name in ("means_it", "comes_with", "in_balance")).lower()
        for alarming in ("deadly", "fatal", "incurable", "terrible", "die", "death", "!"):
            assert alarming not in said.split(), row["id"]
        for promising in ("never means", "cannot be", "certainly", "no risk", "do not worry"):
            assert promising not in said, row["id"]
