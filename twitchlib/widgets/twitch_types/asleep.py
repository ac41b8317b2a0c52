"""The jerk on falling asleep: a myoclonus that nearly everybody has had."""

from typing import Final

from twitchlib import twitches
from twitchlib.scenes import Scene, sleeper
from twitchlib.widgets.body_view import BodyView
from twitchlib.widgets.twitch_types.recording_stop import SAMPLE_HZ

__all__ = ["asleep"]

LENGTH_S: Final = 4
# Chosen so that one jerk comes after a while.
SEED: Final = 58
RATE_PER_MIN: Final = 20


def asleep() -> BodyView:
    """Show a sleeper's leg that kicks once.

    The kick is the model's myoclonus "from elsewhere" than the cortex, once in four seconds.

    Examples
    --------
    >>> asleep().clock == asleep().clock
    False
    """

    def jerk() -> Scene:
        kick = twitches.simulate(
            "myoclonus", LENGTH_S, seed=SEED, preset="other", rate_per_min=RATE_PER_MIN,
            sample_hz=SAMPLE_HZ,
        )  # fmt: skip
        return sleeper(kick)

    return BodyView(jerk)
