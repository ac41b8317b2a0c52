"""The speed of a nerve fibre, in proportion to its diameter.

Examples
--------
>>> speed_m_s(Fibre(diameter_um=15))
90.0
"""

from __future__ import annotations

from dataclasses import dataclass

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["Fibre", "speed_m_s"]

_TEXTBOOK = _("Textbook value, source not checked")


@dataclass(frozen=True)
class Fibre(Quantities):
    """A nerve fibre with myelin."""

    diameter_um: float = quantity(
        10, _("Diameter"), unit="µm", low=2, high=20, symbol="D", source=_TEXTBOOK,
        illustrative=True,
    )  # fmt: skip
    factor_m_s_um: float = quantity(
        6, _("Speed per diameter"), unit="m/s/µm", low=4, high=8, symbol="k", source=_TEXTBOOK,
        illustrative=True,
    )  # fmt: skip


def speed_m_s(fibre: Fibre) -> float:
    """Return the speed at which a fibre conducts.

    Parameters
    ----------
    fibre : Fibre
        The fibre.

    Returns
    -------
    float
        In m/s.

    Examples
    --------
    >>> speed_m_s(Fibre())
    60.0
    """
    return fibre.factor_m_s_um * fibre.diameter_um
