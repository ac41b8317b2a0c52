"""The input of `twitchlib.physiology.cable`: a myelinated motor axon, and what is done to it."""

from __future__ import annotations

from dataclasses import dataclass

from twitchlib.messages import gettext as _
from twitchlib.physiology._bath import gating_shift, potassium_ratio
from twitchlib.physiology._nerve_fibre import DIAMETERS_UM, dimensions
from twitchlib.physiology.ions import Plasma, gating_shift_mv
from twitchlib.quantity import Quantities, quantity

__all__ = ["Electrode", "Injection", "MyelinatedAxon", "Stretch"]

_MRG = "McIntyre, Richardson & Grill 2002, doi:10.1152/jn.00353.2001"
_READER = _("Chosen by the reader")

MOST_NODES = 101


@dataclass(frozen=True)
class MyelinatedAxon(Quantities):
    """A stretch of a motor axon with myelin, cut off at a node at either end."""

    diameter_um: float = quantity(
        10, _("Diameter of the fibre"), unit="µm", low=float(DIAMETERS_UM[0]),
        high=float(DIAMETERS_UM[-1]), step=0.1, symbol="D",
        source=_("{source}; interpolated linearly between its nine fibres", source=_MRG),
    )  # fmt: skip
    nodes: int = quantity(
        21, _("Nodes"), unit="", low=3, high=MOST_NODES, step=1, integer=True, source=_MRG
    )
    temperature_c: float = quantity(
        37, _("Temperature"), unit="°C", low=10, high=45, step=0.5, symbol="T",
        source=_("{source}; as in the authors' program", source=_MRG),
    )  # fmt: skip
    rest_mv: float = quantity(
        -80, _("Resting potential of the internode"), unit="mV", low=-100, high=-60, symbol="EX",
        source=_MRG,
    )  # fmt: skip
    opening_shift_mv: float = quantity(
        1, _("Opening of fast sodium, more negative than printed"), unit="mV", low=-2, high=2,
        step=0.1,
        source=_("{source}: the authors' program has 21.4 where the article prints 20.4",
                 source=_MRG),
    )  # fmt: skip
    potassium_ratio: float = potassium_ratio()
    gating_shift_mv: float = gating_shift()

    @property
    def spacing_mm(self) -> float:
        """Distance from node to node."""
        return dimensions(self.diameter_um).spacing_um / 1000

    def bathed(self, plasma: Plasma) -> MyelinatedAxon:
        """Return this axon bathed in `plasma` instead of ordinary fluid."""
        return self.replace(
            potassium_ratio=plasma.potassium_ratio, gating_shift_mv=gating_shift_mv(plasma)
        )


@dataclass(frozen=True)
class Injection(Quantities):
    """A rectangular current injected into a node."""

    node: int = quantity(
        0, _("Node"), unit="", low=0, high=MOST_NODES - 1, step=1, integer=True, source=_READER,
        illustrative=True,
    )  # fmt: skip
    current_na: float = quantity(
        2, _("Current into a node"), unit="nA", low=-20, high=20, step=0.1, symbol="I",
        source=_READER, illustrative=True,
    )  # fmt: skip
    start_ms: float = quantity(
        0.2, _("Start of the pulse"), unit="ms", low=0, high=1000, step=0.1, source=_READER,
        illustrative=True,
    )  # fmt: skip
    width_ms: float = quantity(
        0.1, _("Width of the pulse"), unit="ms", low=0.005, high=1000, step=0.01, source=_READER,
        illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Electrode(Quantities):
    """A small electrode beside a node, in large, uniform surroundings.

    Its potential at a distance r is `ρ I / (4 π r)`. A negative current makes the nearest node
    fire.
    """

    node: int = quantity(
        0, _("Node beside the electrode"), unit="", low=0, high=MOST_NODES - 1, step=1,
        integer=True, source=_READER, illustrative=True,
    )  # fmt: skip
    current_ma: float = quantity(
        -1, _("Current of the electrode"), unit="mA", low=-20, high=20, step=0.05, symbol="I",
        source=_READER, illustrative=True,
    )  # fmt: skip
    distance_mm: float = quantity(
        1, _("Distance of the electrode"), unit="mm", low=0.1, high=50, step=0.1, symbol="r",
        source=_READER, illustrative=True,
    )  # fmt: skip
    start_ms: float = quantity(
        0.2, _("Start of the pulse"), unit="ms", low=0, high=1000, step=0.1, source=_READER,
        illustrative=True,
    )  # fmt: skip
    width_ms: float = quantity(
        0.1, _("Width of the pulse"), unit="ms", low=0.005, high=1000, step=0.01, source=_READER,
        illustrative=True,
    )  # fmt: skip
    resistivity_ohm_cm: float = quantity(
        300, _("Resistivity of the surroundings"), unit="Ω·cm", low=20, high=2000, step=10,
        symbol="ρ", source=_("Chosen: of the order of living tissue"), illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Stretch(Quantities):
    """A stretch of the axon that differs from the rest.

    Its salts change at time 0, when the run starts; its myelin was lost before that.
    """

    first_node: int = quantity(
        10, _("First node of the stretch"), unit="", low=0, high=MOST_NODES - 1, step=1,
        integer=True, source=_READER, illustrative=True,
    )  # fmt: skip
    last_node: int = quantity(
        10, _("Last node of the stretch"), unit="", low=0, high=MOST_NODES - 1, step=1,
        integer=True, source=_READER, illustrative=True,
    )  # fmt: skip
    myelin: float = quantity(
        1, _("Myelin between its nodes, relative to ordinary"), unit="", low=0.005, high=1,
        step=0.005, source=_READER, illustrative=True,
    )  # fmt: skip
    potassium_ratio: float = potassium_ratio()
    gating_shift_mv: float = gating_shift()
