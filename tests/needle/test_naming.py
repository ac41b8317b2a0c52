"""Needle recordings to name: repeatable, of all kinds, each clear enough to be named."""

import numpy as np
import pytest

from twitchlib import emg, needle
from twitchlib.errors import NotAllowedError
from twitchlib.needle import naming


@pytest.mark.parametrize("game", [1, 2, 3, 999])
def test_ten_rounds_and_no_discharge_more_than_twice(game: int) -> None:
    kinds = [one.kind for one in naming.rounds(game)]
    assert len(kinds) == 10
    assert max(map(kinds.count, kinds)) <= 2
    assert naming.rounds(game) == naming.rounds(game)


def test_recordings_stand_out_from_the_noise_and_later_ones_are_noisier() -> None:
    drawn = naming.rounds(5)
    for one in drawn:
        recording = one.recording()
        assert 1000 * np.ptp(recording.emg_mv) >= 8 * one.noise_uv
        assert recording.fired_s.size >= 4
        assert one.options == tuple(needle.discharges())
    assert max(one.noise_uv for one in drawn[:5]) <= min(one.noise_uv for one in drawn[5:])


def test_the_rules_name_nearly_all_of_them() -> None:
    drawn = [one for game in range(100, 106) for one in naming.rounds(game)]
    right = [emg.classify(emg.measure_needle(one.recording())).kind == one.kind for one in drawn]
    assert sum(right) >= 0.9 * len(drawn)


def test_refuses_a_game_that_does_not_exist() -> None:
    with pytest.raises(NotAllowedError, match="game = 10000"):
        naming.rounds(10_000)
