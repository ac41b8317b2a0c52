"""The stop on conduction: how a spike runs along an axon with myelin."""

import math
from dataclasses import dataclass
from typing import Final

from twitchlib import scenes
from twitchlib.figures import cable as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import cable
from twitchlib.physiology.cable import CableRun, Injection, MyelinatedAxon, Stretch
from twitchlib.physiology.ions import Plasma, gating_shift_mv
from twitchlib.quantity import Quantities, choice, describe, quantity
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Way", "conduction_stop"]

LENGTH_MM: Final = 36.0
# How long to show the axon, in steps that keep the axis still while a slider moves: long enough for
# the slowest spike that such settings allow.
LENGTHS_MS: Final = (2.0, 4.0, 6.0)
SPEED_M_S_PER_UM: Final = 4.5
SLOWER_PER_C: Final = 0.036
BARE_COSTS_MS: Final = 1.5
PUSH_NA: Final = 4.0
# Where a spike starts by itself, over three nodes, and where myelin can be lost.
SITE_MM: Final = 12.0
BARE_MM: Final = (20.0, 24.0)
# The salts where it starts: 0.5 mmol/L of free calcium, less than half the ordinary amount.
SITE: Final = Plasma(calcium_mm=0.5)

_AXON: Final = describe(MyelinatedAxon)
STARTS: Final = {
    "near": _("At the near end, as ordered"),
    "itself": _("On the way, by itself"),
    "ends": _("At both ends"),
}


@dataclass(frozen=True)
class Way(Quantities):
    """An axon, and where a spike starts on it."""

    origin: str = choice("near", _("Where the spike starts"), STARTS)
    diameter_um: float = quantity(
        10, _("Thickness of the fibre"), unit="µm", low=_AXON["diameter_um"].low,
        high=_AXON["diameter_um"].high, step=0.1, source=_AXON["diameter_um"].source,
    )  # fmt: skip
    nerve_c: float = quantity(
        37, _("Temperature of the nerve"), unit="°C", low=20, high=42, step=0.5,
        source=_AXON["temperature_c"].source,
    )  # fmt: skip
    myelin_percent: float = setting(
        100, _("Myelin left in one place"), unit="%", low=1, high=100, step=1
    )

    @property
    def axon(self) -> MyelinatedAxon:
        """The axon in the form the model takes: as many nodes as fit into its length."""
        one = MyelinatedAxon(diameter_um=self.diameter_um, temperature_c=self.nerve_c)
        return one.replace(nodes=round(LENGTH_MM / one.spacing_mm) + 1)

    @property
    def length_ms(self) -> float:
        """How long to show the axon."""
        ordinary_ms = LENGTH_MM / (SPEED_M_S_PER_UM * self.diameter_um)
        needed_ms = 0.2 + ordinary_ms * math.exp(SLOWER_PER_C * (37 - self.nerve_c))
        needed_ms += BARE_COSTS_MS * (self.myelin_percent < 100)
        needed_ms += BARE_COSTS_MS / 2 * (self.origin == "itself")
        return next((length for length in LENGTHS_MS if length >= needed_ms), LENGTHS_MS[-1])

    @property
    def stimuli(self) -> list[Injection]:
        """The stimuli that set off spikes from outside."""
        at = {"near": [0], "itself": [], "ends": [0, self.axon.nodes - 1]}[self.origin]
        return [Injection(node=node, current_na=PUSH_NA) for node in at]

    @property
    def stretches(self) -> list[Stretch]:
        """The stretches that differ from the rest."""
        spacing_mm = self.axon.spacing_mm
        found = []
        if self.origin == "itself":
            node = round(SITE_MM / spacing_mm)
            found.append(
                Stretch(
                    first_node=node - 1,
                    last_node=node + 1,
                    gating_shift_mv=round(gating_shift_mv(SITE), 2),
                )
            )
        if self.myelin_percent < 100:
            first, last = (round(mm / spacing_mm) for mm in BARE_MM)
            found.append(
                Stretch(first_node=first, last_node=last, myelin=self.myelin_percent / 100)
            )
        return found


PRESETS: Final = [
    Preset(
        "by-itself",
        _("A spike nobody ordered"),
        _(
            "Three nodes lie in less than half the calcium, so their gates open too soon. The "
            "spike that starts there is a fasciculation on its way."
        ),
        Way(origin="itself"),
    ),
    Preset(
        "two-meet",
        _("Two spikes, head on"),
        _("One from each end. What happens where they meet?"),
        Way(origin="ends"),
    ),
    Preset(
        "myelin-thin",
        _("Little myelin in one place"),
        _("A few millimetres with a twentieth of their myelin. The spike gets across, but late."),
        Way(myelin_percent=5),
    ),
    Preset(
        "myelin-lost",
        _("Hardly any myelin in one place"),
        _("Now too much current leaks out before the next node. The spike ends there."),
        Way(myelin_percent=3),
    ),
    Preset(
        "cooled",
        _("The same, cooled"),
        _("No more myelin than before, and the spike gets through: in the cold each node pushes "
          "for longer."),
        Way(myelin_percent=3, nerve_c=25),
    ),
    Preset(
        "thin-fibre",
        _("A thin fibre"),
        _("Nodes closer together, and a narrower inside: every step of the way is slower."),
        Way(diameter_um=5.7),
    ),
]  # fmt: skip


def conduction_stop() -> Dashboard[Way, CableRun]:
    """Send a spike along an axon, or let it start on the way."""
    return Dashboard(
        Way,
        run=lambda way: cable.simulate(
            way.axon, way.stimuli, way.length_ms, stretches=way.stretches
        ),
        figures=lambda way, run, before: [figures.plot_run(run, before, stretches=way.stretches)],
        scene=lambda way, run: scenes.axon(run, way.stretches),
        code=_shown_code,
        presets=PRESETS,
        hints={"myelin_percent": _("From 20 to 24 mm along the axon.")},
        compares=True,
    )


def _shown_code(settings: Way) -> str:
    axon = settings.axon
    stimuli = ", ".join(
        f"cable.Injection(node={each.node}, current_na={each.current_na:g})"
        for each in settings.stimuli
    )
    stretches = ", ".join(
        f"cable.Stretch(first_node={each.first_node}, last_node={each.last_node}, "
        + (
            f"myelin={each.myelin:g})"
            if each.myelin < 1
            else f"gating_shift_mv={each.gating_shift_mv:g})"
        )
        for each in settings.stretches
    )
    return (
        "from twitchlib.figures import cable as figures\n"
        "from twitchlib.physiology import cable\n\n"
        f"axon = cable.MyelinatedAxon(diameter_um={axon.diameter_um:g}, nodes={axon.nodes}, "
        f"temperature_c={axon.temperature_c:g})\n"
        f"stretches = [{stretches}]\n"
        f"run = cable.simulate(axon, [{stimuli}], {settings.length_ms:g}, stretches=stretches)\n"
        "figures.plot_run(run, stretches=stretches)"
    )
