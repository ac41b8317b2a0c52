"""Pairs are one to one, close enough, and as many as possible."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.emg import Match
from twitchlib.errors import NotAllowedError

onsets = st.lists(st.floats(0, 3), max_size=6)


def most_pairs(found: list[float], true: list[float], tolerance: float) -> int:
    """Return the maximum number of pairs, by trying each."""
    if not found:
        return 0
    rest = most_pairs(found[1:], true, tolerance)
    return max(
        [rest]
        + [
            1 + most_pairs(found[1:], true[:i] + true[i + 1 :], tolerance)
            for i, one in enumerate(true)
            if abs(found[0] - one) <= tolerance
        ]
    )


@given(onsets, onsets, st.floats(0, 1))
def test_pairs_are_close_unique_and_as_many_as_possible(
    found: list[float], true: list[float], tolerance: float
) -> None:
    got = Match(found, true, tolerance_s=tolerance)
    assert np.all(np.abs(got.late_s) <= tolerance)
    assert len(set(got.pairs[:, 0])) == len(set(got.pairs[:, 1])) == got.hits
    assert got.hits == most_pairs(found, true, tolerance)
    assert got.hits + got.missed == len(true)
    assert got.hits + got.extra == len(found)
    assert Match(true, found, tolerance_s=tolerance).f1 == got.f1


def test_the_score_is_the_mean_of_two_shares() -> None:
    got = Match([1, 2, 3], [1.01, 2.01, 5, 6])
    assert got.f1 == pytest.approx(2 * (2 / 3) * (2 / 4) / (2 / 3 + 2 / 4))
    assert got.late_s == pytest.approx([-0.01, -0.01])


def test_a_score_is_given_in_a_sentence() -> None:
    assert Match([3], [1, 2]).sentence == (
        "0 of 2 were found, 2 missed, and 1 mark is on something else."
    )
    assert Match([1.01], [1]).sentence.endswith("typically 10.0 ms off (F1 1.00).")


def test_nothing_found_where_nothing_was() -> None:
    assert Match([], []).f1 == 1
    assert Match([1], []).f1 == Match([], [1]).f1 == 0


@pytest.mark.parametrize(
    "changes",
    [{"found_s": [math.nan]}, {"true_s": [math.inf]}, {"tolerance_s": -1}, {"found_s": ["soon"]}],
)
def test_refuses_what_is_not_a_time(changes: dict[str, Any]) -> None:
    given: dict[str, Any] = {"found_s": [1], "true_s": [1]}
    with pytest.raises(NotAllowedError, match=next(iter(changes))):
        Match(**given | changes)
