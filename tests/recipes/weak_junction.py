"""The stop at a weak junction: few packets, and how calcium helps."""

from dataclasses import dataclass
from typing import Final

from twitchlib.figures import junction as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import junction
from twitchlib.physiology.junction import Junction, JunctionRun
from twitchlib.quantity import Quantities, quantity
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Weak", "weak_junction_stop"]

IMPULSES: Final = 40
SEED: Final = 2
_TEACHING: Final = _("Chosen for teaching")


@dataclass(frozen=True)
class Weak(Quantities):
    """The packets that are left at a junction, and the calcium around it."""

    packets_left: float = quantity(
        8, _("Packets that are left"), unit="", low=2, high=20, step=1, source=_TEACHING,
        illustrative=True,
    )  # fmt: skip
    weak_calcium_mm: float = quantity(
        1.2, _("Free calcium around it"), unit="mmol/L", low=0.4, high=2.5, step=0.05,
        source=_TEACHING, illustrative=True,
    )  # fmt: skip


PRESETS: Final = [
    Preset("calcium-helps", _("More calcium"), _("More packets leave."), Weak(weak_calcium_mm=2)),
]


def weak_junction_stop() -> Dashboard[Weak, JunctionRun]:
    """Let forty impulses reach a junction with few packets left."""
    return Dashboard(
        Weak,
        run=lambda weak: junction.simulate(
            Junction(quanta=weak.packets_left), IMPULSES, calcium_mm=weak.weak_calcium_mm, seed=SEED
        ),
        figures=lambda _weak, run, before: [figures.plot_impulses(run, before)],
        code=_shown_code,
        presets=PRESETS,
        compares=True,
    )


def _shown_code(weak: Weak) -> str:
    return (
        "from twitchlib.figures import junction as figures\n"
        "from twitchlib.physiology import junction\n\n"
        f"weak = junction.Junction(quanta={weak.packets_left:g})\n"
        f"run = junction.simulate(weak, {IMPULSES}, calcium_mm={weak.weak_calcium_mm:g}, "
        f"seed={SEED})\n"
        "figures.plot_impulses(run)"
    )
