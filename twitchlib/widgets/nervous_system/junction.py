"""The stop at the junction: block it, and rescue it."""

from dataclasses import dataclass
from typing import Final

from twitchlib.figures import junction as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import junction
from twitchlib.physiology.junction import HUMAN, Junction, JunctionRun
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import junction as junction_scene
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Gap", "junction_stop"]

IMPULSES: Final = 40
SEED: Final = 2

_JUNCTION: Final = describe(Junction)


@dataclass(frozen=True)
class Gap(Quantities):
    """The salts at the nerve ending, and how well nerve and muscle do their parts."""

    ending_calcium_mm: float = quantity(
        HUMAN.calcium_mm, _("Free calcium"), unit="mmol/L", low=0.4, high=2.5, step=0.05,
        source=_JUNCTION["calcium_mm"].source, illustrative=True,
    )  # fmt: skip
    ending_magnesium_mm: float = quantity(
        HUMAN.magnesium_mm, _("Free magnesium"), unit="mmol/L", low=0, high=6, step=0.1,
        source=_JUNCTION["magnesium_mm"].source, illustrative=True,
    )  # fmt: skip
    packets: float = quantity(
        25, _("Packets per impulse, in ordinary salts"), unit="", low=5, high=40, step=1,
        source=_JUNCTION["quanta"].source, illustrative=True,
    )  # fmt: skip
    packet_mv: float = quantity(
        HUMAN.quantum_mv, _("Voltage per packet"), unit="mV", low=0.2, high=1.5, step=0.05,
        source=_JUNCTION["quantum_mv"].source, illustrative=True,
    )  # fmt: skip

    @property
    def junction(self) -> Junction:
        """The junction in the form the model takes."""
        return Junction(quanta=self.packets, quantum_mv=self.packet_mv)


PRESETS: Final = [
    Preset(
        "much-magnesium",
        _("A lot of magnesium"),
        _("Magnesium sits where calcium should. Hardly any packets leave the nerve."),
        Gap(ending_magnesium_mm=3),
    ),
    Preset(
        "calcium-rescue",
        _("The rescue"),
        _("As much magnesium as before, and more calcium to counter it."),
        Gap(ending_magnesium_mm=3, ending_calcium_mm=2),
    ),
    Preset(
        "few-packets",
        _("Few packets"),
        _("The nerve ending has little to give. Can calcium help here, too?"),
        Gap(packets=10),
    ),
    Preset(
        "deaf-muscle",
        _("Small answers"),
        _("The nerve does its part, but the muscle answers each packet with half the voltage."),
        Gap(packet_mv=0.5),
    ),
]


def junction_stop() -> Dashboard[Gap, JunctionRun]:
    """Let forty impulses arrive and see which of them the muscle answers."""
    return Dashboard(
        Gap,
        run=_run,
        figures=lambda gap, run, before: [
            figures.plot_impulses(run, before, junction=gap.junction)
        ],
        scene=lambda gap, run: junction_scene(run, junction=gap.junction),
        code=_shown_code,
        presets=PRESETS,
        compares=True,
    )


def _run(gap: Gap) -> JunctionRun:
    return junction.simulate(
        gap.junction,
        IMPULSES,
        calcium_mm=gap.ending_calcium_mm,
        magnesium_mm=gap.ending_magnesium_mm,
        seed=SEED,
    )


def _shown_code(settings: Gap) -> str:
    return (
        "from twitchlib.figures import junction as figures\n"
        "from twitchlib.physiology import junction\n\n"
        f"gap = junction.Junction(quanta={settings.packets:g}, "
        f"quantum_mv={settings.packet_mv:g})\n"
        f"run = junction.simulate(gap, {IMPULSES}, calcium_mm={settings.ending_calcium_mm:g}, "
        f"magnesium_mm={settings.ending_magnesium_mm:g}, seed={SEED})\n"
        "figures.plot_impulses(run, junction=gap)"
    )
