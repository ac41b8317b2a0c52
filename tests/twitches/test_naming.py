"""Recordings to name: the same for the same number, and each recognisable."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError
from twitchlib.twitches.naming import LEVELS, ROUNDS_A_LEVEL, one_by_one, rounds


@settings(max_examples=5)
@given(st.integers(0, 9999))
def test_every_game_proceeds_from_clear_kinds_to_look_alikes(game: int) -> None:
    drawn = rounds(game)
    assert drawn == rounds(game)
    assert [one.level for one in drawn] == [
        level for level in LEVELS for _ in range(ROUNDS_A_LEVEL)
    ]
    for level in LEVELS:
        of_level = [one for one in drawn if one.level == level]
        assert max(Counter(one.kind for one in of_level).values()) <= 2
        assert all(one.kind in one.options for one in of_level)
    assert all(one.noise_uv == 5 for one in drawn[:ROUNDS_A_LEVEL])
    assert all(one.noise_uv > 5 for one in drawn[ROUNDS_A_LEVEL:])


def test_games_differ() -> None:
    assert rounds(1) != rounds(2)


@pytest.mark.parametrize("game", range(2))
def test_every_recording_has_events_that_exceed_the_noise(game: int) -> None:
    for one in rounds(game):
        made = one.recording()
        assert (made.kind, made.seed) == (one.kind, one.seed)
        assert made.events
        assert np.ptp(made.emg_mv) > 6 * one.noise_uv / 1000
        assert one.shows_it


def test_rounds_drawn_one_by_one_are_the_same_and_come_with_their_recordings() -> None:
    for one, (alone, made) in zip(rounds(7), one_by_one(7), strict=True):
        again = one.recording()
        assert alone == one
        assert made.events == again.events
        np.testing.assert_array_equal(made.emg_mv, again.emg_mv)


@pytest.mark.parametrize("game", [-1, 10_000, 1.5])
def test_games_that_do_not_exist_are_refused(game: int) -> None:
    with pytest.raises(NotAllowedError, match=r"^game ="):
        rounds(game)
