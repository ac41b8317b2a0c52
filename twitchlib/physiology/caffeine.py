"""Caffeine in the body after one or several drinks: one compartment, first-order in and out.

Each dose `D`, swallowed at time 0, gives at time `t` the concentration

    C(t) = D / V · ka / (ka − ke) · (exp(−ke·t) − exp(−ka·t)),   ke = ln 2 / half-life,

with `V` the volume of distribution and `ka`, `ke` the rate constants of absorption and elimination;
doses add up. What caffeine then does to nerve and muscle is not part of this model.

Examples
--------
>>> two_coffees = body_load(Caffeine(), [(0, 100), (4, 100)], [0, 1, 6, 12])
>>> two_coffees.concentration_um.round(1)
array([ 0. , 10.9, 15. ,  6.5])
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import FloatArray, Traces, checked_array
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["BodyLoad", "Caffeine", "Dose", "body_load"]

MOLAR_MASS_G_PER_MOL = 194.19

_IOM = "Institute of Medicine 2001, ch. 2, doi:10.17226/10219"
_BLANCHARD = "Blanchard & Sawers 1983, doi:10.1007/BF00613933"
_CSAJKA = "Csajka 2005, doi:10.1111/j.1365-2125.2005.02254.x"


@dataclass(frozen=True)
class Caffeine(Quantities):
    """How a body absorbs, distributes and eliminates caffeine."""

    body_mass_kg: float = quantity(
        70, _("Body mass"), unit="kg", low=30, high=200, step=1, symbol="m",
        source=_("Reference adult; no measured value"), illustrative=True,
    )  # fmt: skip
    half_life_h: float = quantity(
        5, _("Half-life of caffeine"), unit="h", low=1.5, high=9.5, step=0.1, symbol="t½",
        source=_IOM,
    )  # fmt: skip
    distribution_l_per_kg: float = quantity(
        0.6, _("Volume of distribution"), unit="L/kg", low=0.4, high=0.9, step=0.01, symbol="V/m",
        source=_("{source} (about total body water)", source=_BLANCHARD),
    )  # fmt: skip
    absorption_per_h: float = quantity(
        6.14, _("Rate of absorption"), unit="1/h", low=0.3, high=12, step=0.01, symbol="ka",
        source=_(
            "ln(100) / 0.75 h, from 99 % absorbed within 45 min: {source}. Slower (3.84/h) in "
            "{other}",
            source=_IOM, other=_CSAJKA,
        ),
    )  # fmt: skip

    @property
    def elimination_per_h(self) -> float:
        """Rate constant of elimination `ke` in 1/h."""
        return float(np.log(2)) / self.half_life_h

    @property
    def clearance_l_per_h_kg(self) -> float:
        """Plasma cleared of caffeine in an hour, per kilogram of body mass."""
        return self.elimination_per_h * self.distribution_l_per_kg

    @property
    def distribution_l(self) -> float:
        """Volume of distribution, in litres."""
        return self.distribution_l_per_kg * self.body_mass_kg

    @property
    def peak_h(self) -> float:
        """Time from a single dose to the highest concentration, in hours."""
        ka, ke = self.absorption_per_h, self.elimination_per_h
        # ln(ka/ke) / (ka − ke), written so that ka = ke needs no special case.
        x = (ka - ke) / ke
        return (float(np.log1p(x)) / x if x else 1.0) / ke


@dataclass(frozen=True)
class Dose(Quantities):
    """Caffeine swallowed at one time."""

    time_h: float = quantity(
        0, _("Time of the drink"), unit="h", low=-1000, high=1000, step=0.25,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip
    dose_mg: float = quantity(
        100, _("Caffeine in the drink"), unit="mg", low=0, high=2000, step=5,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip


ADULT = Caffeine()


@dataclass(frozen=True, eq=False)
class BodyLoad(Traces):
    """Caffeine in the body over time.

    Attributes
    ----------
    time_h : ndarray, shape (n,)
        The times requested.
    concentration_mg_per_l, concentration_um : ndarray, shape (n,)
        Concentration in the body's water, in mg/L and µmol/L.
    caffeine_mg : ndarray, shape (n,)
        Amount absorbed and not yet removed.
    """

    time_h: FloatArray
    concentration_mg_per_l: FloatArray
    concentration_um: FloatArray
    caffeine_mg: FloatArray


def _fraction_in_body(since_h: FloatArray, caffeine: Caffeine) -> FloatArray:
    """Return the fraction of a dose in the body at a time after it was swallowed."""
    slow, fast = sorted((caffeine.absorption_per_h, caffeine.elimination_per_h))
    t = np.maximum(since_h, 0.0)
    x = (fast - slow) * t
    # (1 − exp(−x)) / x tends to 1, which covers early times and ka = ke alike.
    spread = np.divide(-np.expm1(-x), x, out=np.ones_like(x), where=x > 0)
    result: FloatArray = caffeine.absorption_per_h * t * np.exp(-slow * t) * spread
    return result


def body_load(
    caffeine: Caffeine, doses: Sequence[Dose | tuple[float, float]], times_h: npt.ArrayLike
) -> BodyLoad:
    """Return the caffeine in the body at the given times.

    Parameters
    ----------
    caffeine : Caffeine
        The body.
    doses : sequence of Dose or (time_h, dose_mg)
        What was swallowed and when. Before its time a dose has no effect.
    times_h : array_like, shape (n,)
        Times in hours, in any order, on the same clock as the doses.

    Returns
    -------
    BodyLoad
        Concentrations and amount at each time.

    Raises
    ------
    NotAllowedError
        If a time is not finite, or a dose is negative or above 2 g.

    References
    ----------
    Institute of Medicine 2001, doi:10.17226/10219; Blanchard & Sawers 1983,
    doi:10.1007/BF00613933.

    Examples
    --------
    >>> body_load(Caffeine(), [(0, 420)], [1.0]).concentration_um.round(1)  # 6 mg/kg, after 1 h
    array([45.8])
    """
    time_h = checked_array("times_h", times_h, unit="h")
    amount_mg = np.zeros_like(time_h)
    for dose in doses:
        taken = dose if isinstance(dose, Dose) else Dose(*dose)
        amount_mg += taken.dose_mg * _fraction_in_body(time_h - taken.time_h, caffeine)
    concentration_mg_per_l = amount_mg / caffeine.distribution_l
    return BodyLoad(
        time_h=time_h,
        concentration_mg_per_l=concentration_mg_per_l,
        concentration_um=concentration_mg_per_l * 1000 / MOLAR_MASS_G_PER_MOL,
        caffeine_mg=amount_mg,
    )


def absorbed_mg_per_h(
    caffeine: Caffeine, doses: Sequence[Dose], times_h: npt.ArrayLike
) -> FloatArray:
    """Return how much caffeine the body absorbs per hour at each time.

    Examples
    --------
    >>> absorbed_mg_per_h(ADULT, [Dose(8, 100)], [7.9, 8.0, 8.75]).round(1)
    array([  0. , 614. ,   6.1])
    """
    time_h = np.asarray(times_h, dtype=np.float64)
    flow = np.zeros_like(time_h)
    rate = caffeine.absorption_per_h
    for dose in doses:
        since_h = time_h - dose.time_h
        flow += np.where(
            since_h >= -1e-9, rate * dose.dose_mg * np.exp(-rate * np.maximum(since_h, 0)), 0
        )
    return flow
