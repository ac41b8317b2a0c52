"""The figure of a sweep shows which ankles keep oscillating, by mark, size and word."""

import pandas as pd
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.figures.reflex import describe_sweep, plot_sweep
from twitchlib.physiology import reflex

GAINS = (0.2, 0.5, 0.9)
DELAYS_MS = (30, 50, 70)


@pytest.fixture(scope="module")
def sweep() -> pd.DataFrame:
    rows = [
        (gain, delay, reflex.simulate(reflex.Ankle(gain_s=gain, delay_ms=delay), 10_000))
        for gain in GAINS
        for delay in DELAYS_MS
    ]
    return pd.DataFrame(
        [(gain, delay, run.swing_deg) for gain, delay, run in rows],
        columns=["gain_s", "delay_ms", "swing_deg"],
    )


def test_each_ankle_is_drawn_once_by_its_outcome(sweep: pd.DataFrame) -> None:
    rest, swing = plot_sweep(sweep).data
    assert len(rest.x) + len(swing.x) == len(sweep)
    assert rest.marker.symbol != swing.marker.symbol
    on = sweep[sweep["swing_deg"] >= reflex.LEAST_SWING_DEG]
    assert list(zip(swing.x, swing.y, strict=True)) == list(
        zip(on["gain_s"], on["delay_ms"], strict=True)
    )
    assert max(swing.marker.size) == swing.marker.size[on["swing_deg"].argmax()]


def test_its_words_and_its_table_follow_from_the_sweep(sweep: pd.DataFrame) -> None:
    figure = plot_sweep(sweep)
    on = sweep["swing_deg"] >= reflex.LEAST_SWING_DEG
    assert figure.layout.title.text == f"{on.sum()} of {len(sweep)} ankles swing on"
    rows = figure.layout.meta["table"]["rows"]
    assert [row[-1] == "swings on" for row in rows] == list(on)
    lowest = sweep[on]["gain_s"].min()
    assert f"the lowest gain is {lowest:g} s/rad" in figure.layout.meta["description"]


def test_a_sweep_in_which_every_ankle_comes_to_rest_is_drawn_too() -> None:
    still = pd.DataFrame({"gain_s": [0.1], "delay_ms": [20], "swing_deg": [0.0]})
    assert describe_sweep(still) == "No ankle swings on: every kick dies out."
    assert len(plot_sweep(still).data[1].x) == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(NotAllowedError, match="without delay_ms"):
        plot_sweep(pd.DataFrame({"gain_s": [1.0], "swing_deg": [1.0]}))
