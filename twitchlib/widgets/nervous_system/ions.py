"""The stop at the axon's surroundings: potassium, calcium and magnesium."""

from dataclasses import dataclass
from typing import Final

from twitchlib import scenes
from twitchlib.figures import ions as figures
from twitchlib.messages import gettext as _
from twitchlib.physiology import bathed_node
from twitchlib.physiology.axon import AxonRun
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard

__all__ = ["Salts", "ions_stop"]

_PLASMA: Final = describe(Plasma)
SEED: Final = 0


@dataclass(frozen=True)
class Salts(Quantities):
    """The salts around the axon, and the pulse that tests it."""

    potassium_mm: float = quantity(
        BODY.potassium_mm, _("Potassium"), unit="mmol/L", low=2, high=10, step=0.1,
        source=_PLASMA["potassium_mm"].source, illustrative=True,
    )  # fmt: skip
    calcium_mm: float = quantity(
        BODY.calcium_mm, _("Free calcium"), unit="mmol/L", low=0.4, high=2, step=0.05,
        source=_PLASMA["calcium_mm"].source, illustrative=True,
    )  # fmt: skip
    magnesium_mm: float = quantity(
        BODY.magnesium_mm, _("Free magnesium"), unit="mmol/L", low=0, high=3, step=0.1,
        source=_PLASMA["magnesium_mm"].source, illustrative=True,
    )  # fmt: skip
    test_ua_cm2: float = quantity(
        bathed_node.ORDINARY_TEST_UA_CM2, _("Strength of the test pulse"), unit="µA/cm²",
        low=0, high=bathed_node.TOP_UA_CM2, step=10,
        source=_("A fifth above the model's ordinary threshold"), illustrative=True,
    )  # fmt: skip

    @property
    def plasma(self) -> Plasma:
        """The salts in the form the model takes."""
        return Plasma(
            potassium_mm=self.potassium_mm,
            calcium_mm=self.calcium_mm,
            magnesium_mm=self.magnesium_mm,
        )

    @property
    def pulses(self) -> list[tuple[float, float, float]]:
        """The test pulse in the form the model takes."""
        return [(bathed_node.TEST_MS, bathed_node.TEST_WIDTH_MS, self.test_ua_cm2)]


PRESETS: Final = [
    Preset(
        "low-potassium",
        _("Low potassium"),
        _("The axon rests lower, further from its threshold."),
        Salts(potassium_mm=2.5),
    ),
    Preset(
        "high-potassium",
        _("High potassium"),
        _("The axon rests higher, so close to its threshold that it fires by itself."),
        Salts(potassium_mm=7),
    ),
    Preset(
        "very-high-potassium",
        _("Very high potassium"),
        _("Higher still, and the sodium gates cannot recover: nothing fires any more."),
        Salts(potassium_mm=9),
    ),
    Preset(
        "no-magnesium",
        _("No magnesium"),
        _("The axon rests where it did, but its gates open sooner."),
        Salts(magnesium_mm=0),
    ),
    Preset(
        "low-calcium",
        _("Low calcium and magnesium"),
        _("Both guards of the gates are missing."),
        Salts(calcium_mm=0.7, magnesium_mm=0),
    ),
]


def ions_stop() -> Dashboard[Salts, AxonRun]:
    """Change the salts around an axon and see when it fires by itself, or not at all."""
    return Dashboard(
        Salts,
        run=lambda salts: bathed_node.probe(salts.plasma, salts.test_ua_cm2, seed=SEED),
        figures=lambda salts, run, before: [
            figures.plot_probe(run, before),
            figures.plot_excitability(salts.plasma, bathed_node.state(run)),
        ],
        scene=lambda salts, run: scenes.membrane(run, salts.pulses, salts.plasma),
        names=[_("Axon"), _("Threshold")],
        code=_shown_code,
        presets=PRESETS,
        compares=True,
    )


def _shown_code(settings: Salts) -> str:
    return (
        "from twitchlib.figures import ions\n"
        "from twitchlib.physiology import bathed_node\n"
        "from twitchlib.physiology.ions import Plasma\n\n"
        f"plasma = Plasma(potassium_mm={settings.potassium_mm:g}, "
        f"calcium_mm={settings.calcium_mm:g}, magnesium_mm={settings.magnesium_mm:g})\n"
        f"run = bathed_node.probe(plasma, {settings.test_ua_cm2:g}, seed={SEED})\n"
        "ions.plot_excitability(plasma, bathed_node.state(run))\n"
        "ions.plot_probe(run)"
    )
