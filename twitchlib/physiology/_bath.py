"""The effects of the salts outside a membrane, as fields of every model that has a membrane."""

from typing import Any

from twitchlib.messages import gettext as _
from twitchlib.quantity import quantity

__all__ = ["gating_shift", "potassium_ratio"]

_HILLE = "Hille, Woodhull & Shapiro 1975, doi:10.1098/rstb.1975.0011"


def potassium_ratio() -> Any:
    """Return a field for the potassium outside."""
    return quantity(
        1, _("Potassium outside, relative to ordinary"), unit="", low=0.25, high=4, step=0.05,
        symbol="q", source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip


def gating_shift() -> Any:
    """Return a field for how far calcium and magnesium shift the gates."""
    return quantity(
        0, _("Shift of the gates"), unit="mV", low=-15, high=15, step=0.5, symbol="ΔV",
        source=_HILLE,
    )  # fmt: skip
