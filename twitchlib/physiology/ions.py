"""Ions around a nerve: equilibrium potentials, and how calcium and magnesium shift its gates.

An ion's net flow stops at its Nernst potential, `E = RT/(zF) · ln(outside/inside)`. Where several
ions permeate, the potential lies between theirs (Goldman, Hodgkin and Katz). Calcium and magnesium
screen fixed negative charges on the outer face of the membrane: with less of them the channels
sense a smaller voltage and open at more negative potentials. This shifts every gating curve along
the voltage axis by `ΔV = s · log10(D/D₀)` with `D = [Ca²⁺] + w·[Mg²⁺]`.

Examples
--------
>>> round(nernst_mv(4.0, 140.0), 1)
-95.0
>>> round(gating_shift_mv(Plasma(calcium_mm=0.6)), 1)
-5.6
"""

import math
from dataclasses import dataclass

from twitchlib.arrays import checked_number
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["Inside", "Plasma", "Screening", "gating_shift_mv", "goldman_mv", "nernst_mv"]

GAS_J_PER_MOL_K = 8.314462618
FARADAY_C_PER_MOL = 96485.33212
ZERO_CELSIUS_K = 273.15

_TEXTBOOK = _("Textbook value, source not checked")
_HILLE = "Hille, Woodhull & Shapiro 1975, doi:10.1098/rstb.1975.0011"


@dataclass(frozen=True)
class Plasma(Quantities):
    """The fluid around a nerve: free ions outside the cell, and its temperature."""

    potassium_mm: float = quantity(
        4.0, _("Potassium"), unit="mmol/L", low=1, high=12, step=0.1, symbol="[K⁺]ₒ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    sodium_mm: float = quantity(
        145, _("Sodium"), unit="mmol/L", low=100, high=180, step=1, symbol="[Na⁺]ₒ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    calcium_mm: float = quantity(
        1.2, _("Free calcium"), unit="mmol/L", low=0.1, high=5, step=0.05, symbol="[Ca²⁺]ₒ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    magnesium_mm: float = quantity(
        0.6, _("Free magnesium"), unit="mmol/L", low=0, high=10, step=0.05, symbol="[Mg²⁺]ₒ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    temperature_c: float = quantity(
        37, _("Temperature"), unit="°C", low=0, high=45, step=0.5, symbol="T",
        source=_("Human body temperature"), illustrative=True,
    )  # fmt: skip

    @property
    def potassium_ratio(self) -> float:
        """Potassium outside, relative to ordinary plasma."""
        return self.potassium_mm / BODY.potassium_mm


@dataclass(frozen=True)
class Inside(Quantities):
    """The inside of the cell, and its membrane's relative permeability to sodium."""

    potassium_mm: float = quantity(
        140, _("Potassium inside"), unit="mmol/L", low=80, high=180, step=1, symbol="[K⁺]ᵢ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    sodium_mm: float = quantity(
        12, _("Sodium inside"), unit="mmol/L", low=2, high=40, step=1, symbol="[Na⁺]ᵢ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    sodium_permeability: float = quantity(
        0.01, _("Permeability to sodium, relative to potassium"), unit="", low=0, high=20,
        step=0.01, symbol="P_Na/P_K", source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Screening(Quantities):
    """How strongly divalent ions shift the gates of a nerve."""

    shift_mv_per_decade: float = quantity(
        22.5, _("Shift per tenfold change"), unit="mV", low=0, high=40, step=0.5, symbol="s",
        source=_("20–25 mV in myelinated nerve: {source}", source=_HILLE),
    )  # fmt: skip
    magnesium_weight: float = quantity(
        0.3, _("Effect of magnesium, relative to calcium"), unit="", low=0, high=1, step=0.05,
        symbol="w", source=_("Chosen; weaker than calcium in {source}", source=_HILLE),
        illustrative=True,
    )  # fmt: skip


BODY = Plasma()
_CELL = Inside()
_NERVE = Screening()


def thermal_mv(temperature_c: float) -> float:
    """Return `RT/F` in mV: the Nernst potential of an e-fold gradient of a univalent ion.

    Raises
    ------
    NotAllowedError
        If the temperature is not from 0 to 45 °C.

    Examples
    --------
    >>> round(thermal_mv(37), 1)
    26.7
    """
    celsius = checked_number("temperature_c", temperature_c, low=0, high=45, unit="°C")
    return 1000 * GAS_J_PER_MOL_K * (ZERO_CELSIUS_K + celsius) / FARADAY_C_PER_MOL


def nernst_mv(
    outside_mm: float, inside_mm: float, valence: int = 1, temperature_c: float = 37.0
) -> float:
    """Return the potential at which an ion is in equilibrium.

    Parameters
    ----------
    outside_mm, inside_mm : float
        Free concentrations on both sides, in mmol/L, above zero.
    valence : int
        Charge of the ion, −2 to 2 and not 0.
    temperature_c : float
        Temperature in °C.

    Returns
    -------
    float
        Inside relative to outside, in mV.

    Raises
    ------
    NotAllowedError
        If a concentration is not above zero (to 1000 mmol/L), or the valence is not allowed.

    Examples
    --------
    >>> round(nernst_mv(145, 12), 1)
    66.6
    """
    outside = checked_number("outside_mm", outside_mm, low=1e-9, high=1000, unit="mmol/L")
    inside = checked_number("inside_mm", inside_mm, low=1e-9, high=1000, unit="mmol/L")
    charge = checked_number("valence", valence, low=-2, high=2, integer=True)
    if not charge:
        raise NotAllowedError("valence", valence, _("an integer from −2 to 2 other than 0"))
    return thermal_mv(temperature_c) / charge * math.log(outside / inside)


def goldman_mv(plasma: Plasma = BODY, inside: Inside = _CELL) -> float:
    """Return the resting potential of a membrane permeable to potassium and slightly to sodium.

    `V = RT/F · ln((Kₒ + p·Naₒ)/(Kᵢ + p·Naᵢ))` with `p` the relative permeability to sodium.
    Chloride is assumed to be passively distributed and does not appear.

    Returns
    -------
    float
        Inside relative to outside, in mV.

    References
    ----------
    Hodgkin & Katz 1949, doi:10.1113/jphysiol.1949.sp004310.

    Examples
    --------
    >>> round(goldman_mv(Plasma(potassium_mm=7)), 1)
    -75.1
    """
    p = inside.sodium_permeability
    outside_mm = plasma.potassium_mm + p * plasma.sodium_mm
    inside_mm = inside.potassium_mm + p * inside.sodium_mm
    return thermal_mv(plasma.temperature_c) * math.log(outside_mm / inside_mm)


def gating_shift_mv(plasma: Plasma, screening: Screening = _NERVE) -> float:
    """Return how far calcium and magnesium shift the gates, relative to ordinary plasma.

    Returns
    -------
    float
        In mV; negative where channels open at more negative potentials and the nerve is easier to
        excite.

    References
    ----------
    Hille, Woodhull & Shapiro 1975, doi:10.1098/rstb.1975.0011; Frankenhaeuser & Hodgkin 1957,
    J Physiol 137:218.

    Examples
    --------
    >>> gating_shift_mv(Plasma())
    0.0
    """
    weight = screening.magnesium_weight
    divalent_mm = plasma.calcium_mm + weight * plasma.magnesium_mm
    ordinary_mm = BODY.calcium_mm + weight * BODY.magnesium_mm
    return screening.shift_mv_per_decade * math.log10(divalent_mm / ordinary_mm)
