"""The stop at the movement: recruit a muscle."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.figures import motor_pool as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import PoolRun
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities
from twitchlib.scenes import hand
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Effort", "movement_stop"]

SAMPLE_HZ: Final = 1000
SAMPLES: Final = 3000
START_S: Final = 0.3
SEED: Final = 0


@dataclass(frozen=True)
class Effort(Quantities):
    """A command from the brain: how strong, how fast, how long."""

    effort_percent: float = setting(20, _("Effort"), unit="%", low=0, high=100, step=1)
    rise_s: float = setting(
        0.8, _("Time to get there, and to let go"), unit="s", low=0.05, high=0.9, step=0.05
    )
    hold_s: float = setting(0.7, _("Time held"), unit="s", low=0, high=0.8, step=0.05)

    @property
    def corners(self) -> tuple[list[float], list[float]]:
        """The corners of the drive: times in seconds, and strengths from 0 to 1."""
        top = round(START_S + self.rise_s, 3)
        end = round(top + self.hold_s, 3)
        level = round(self.effort_percent / 100, 4)
        return [START_S, top, end, round(end + self.rise_s, 3)], [0, level, level, 0]

    @property
    def drive(self) -> FloatArray:
        """The drive in the form the model takes."""
        return np.interp(np.arange(SAMPLES) / SAMPLE_HZ, *self.corners)


PRESETS: Final = [
    Preset(
        "light-touch",
        _("A light touch"),
        _("Only small units work, and they are precise."),
        Effort(effort_percent=5),
    ),
    Preset(
        "firm-grip",
        _("A firm grip"),
        _("All units have joined in. More force can only come from firing faster."),
        Effort(effort_percent=60),
    ),
    Preset(
        "sudden-jerk",
        _("A sudden jerk"),
        _("A short, strong burst to all units at once, as in a startle or a hiccup."),
        Effort(effort_percent=70, rise_s=0.05, hold_s=0.05),
    ),
]


def movement_stop() -> Dashboard[Effort, PoolRun]:
    """Raise the effort and see motor units, force and EMG answer."""
    return Dashboard(
        Effort,
        run=lambda effort: motor_pool.simulate(POOL, effort.drive, sample_hz=SAMPLE_HZ, seed=SEED),
        figures=lambda _effort, run, before: [figures.plot_run(run, before)],
        scene=lambda _effort, run: hand(run),
        code=_shown_code,
        presets=PRESETS,
        compares=True,
    )


def _shown_code(settings: Effort) -> str:
    at_s, level = (", ".join(f"{x:g}" for x in side) for side in settings.corners)
    return (
        "import numpy as np\n\n"
        "from twitchlib.figures import motor_pool as figures\n"
        "from twitchlib.physiology import motor_pool\n\n"
        f"drive = np.interp(np.arange({SAMPLES}) / {SAMPLE_HZ}, [{at_s}], [{level}])\n"
        "muscle = motor_pool.MotorPool()\n"
        f"run = motor_pool.simulate(muscle, drive, sample_hz={SAMPLE_HZ}, seed={SEED})\n"
        "figures.plot_run(run)"
    )
