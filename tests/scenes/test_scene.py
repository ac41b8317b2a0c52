"""A scene holds only what can be drawn, in order of time."""

import numpy as np
import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.scenes import Moment, Scene, Track


def made(**parts: object) -> Scene:
    base = {"drawing": "ankle", "title": "A", "description": "B.", "duration_s": 1.0}
    return Scene(**(base | parts))  # type: ignore[arg-type]


def test_moments_are_put_in_order() -> None:
    scene = made(moments=(Moment(0.5, "later"), Moment(0.1, "first")))
    assert [moment.words for moment in scene.moments] == ["first", "later"]


@pytest.mark.parametrize(
    "parts",
    [
        {"duration_s": 0},
        {"duration_s": float("nan")},
        {"slower": 0},
        {"numbers": {"n": float("inf")}},
        {"tracks": {"a": Track(np.array([np.nan]), 10)}},
        {"tracks": {"a": Track(np.zeros(3), 0)}},
        {"series": {"a": np.array([np.inf])}},
    ],
)
def test_what_cannot_be_drawn_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(NotAllowedError):
        made(**parts)
