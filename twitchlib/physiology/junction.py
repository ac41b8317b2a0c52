"""From nerve to muscle: how much transmitter an impulse releases, and whether that is enough.

Calcium outside the nerve terminal drives release, and magnesium competes with it:

    m = m₀ · (W/W₀)⁴,   W = [Ca] / (1 + [Ca]/K₁ + [Mg]/K₂).

Each impulse releases a Poisson number of quanta with mean `m`. Each quantum adds `q` to the
end-plate potential, less as this approaches the reversal potential, `EPP = v / (1 + v/E)` with
`v = N·q`. The muscle fibre fires if that reaches its threshold; the safety factor is the ratio of
the two.

Examples
--------
>>> ordinary = simulate(Junction(), 1000, seed=1)
>>> bool(ordinary.transmitted_fraction > 0.9)
True
>>> round(float(safety_factor(Junction(), 1.2, 5.0)), 2)  # much magnesium
0.24
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchlib.arrays import (
    FloatArray,
    IntArray,
    Traces,
    checked_array,
    checked_number,
    checked_seed,
)
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["Junction", "JunctionRun", "safety_factor", "simulate"]

_DR = "Dodge & Rahamimoff 1967, doi:10.1113/jphysiol.1967.sp008367"
_TEXTBOOK = _("Textbook value, source not checked")
_FORM = _("{value}; form of the equation: {form}", value=_TEXTBOOK, form=_DR)
_SLATER = "Slater 2017, doi:10.3390/ijms18102183"

MOST_CALCIUM_MM = 20.0
MOST_MAGNESIUM_MM = 20.0


@dataclass(frozen=True)
class Junction(Quantities):
    """A neuromuscular junction and its ordinary ions."""

    quanta: float = quantity(
        20, _("Packets per impulse"), unit="", low=0, high=300, step=1, symbol="m₀",
        source=_(
            "{value}; fewer in humans than in other species: {source}",
            value=_TEXTBOOK, source=_SLATER,
        ),
        illustrative=True,
    )  # fmt: skip
    quantum_mv: float = quantity(
        1, _("Size of a packet"), unit="mV", low=0.05, high=3, step=0.05, symbol="q",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    threshold_mv: float = quantity(
        11, _("Threshold of the muscle fibre"), unit="mV", low=3, high=30, step=0.5, symbol="θ",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    driving_mv: float = quantity(
        80, _("Driving force at rest"), unit="mV", low=40, high=100, step=1, symbol="E",
        source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    cooperativity: float = quantity(
        4, _("Calcium ions that act together"), unit="", low=1, high=6, step=1, symbol="n",
        source=_DR,
    )  # fmt: skip
    calcium_k_mm: float = quantity(
        1.1, _("Calcium that half occupies its site"), unit="mmol/L", low=0.1, high=10, symbol="K₁",
        source=_FORM, illustrative=True,
    )  # fmt: skip
    magnesium_k_mm: float = quantity(
        2.97, _("Magnesium that half occupies the site"), unit="mmol/L", low=0.1, high=20,
        symbol="K₂", source=_FORM, illustrative=True,
    )  # fmt: skip
    calcium_mm: float = quantity(
        1.2, _("Calcium at which m₀ holds"), unit="mmol/L", low=0.1, high=MOST_CALCIUM_MM,
        symbol="[Ca]₀", source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip
    magnesium_mm: float = quantity(
        0.6, _("Magnesium at which m₀ holds"), unit="mmol/L", low=0, high=MOST_MAGNESIUM_MM,
        symbol="[Mg]₀", source=_TEXTBOOK, illustrative=True,
    )  # fmt: skip


HUMAN = Junction()


@dataclass(frozen=True, eq=False)
class JunctionRun(Traces):
    """The response of a junction to a train of impulses.

    Attributes
    ----------
    impulse : ndarray of int, shape (n,)
        Number of the impulse, from 1.
    quanta : ndarray of int, shape (n,)
        Quanta released.
    epp_mv : ndarray, shape (n,)
        Peak of the end-plate potential.
    transmitted : ndarray of bool, shape (n,)
        Whether the muscle fibre fired.
    """

    impulse: IntArray
    quanta: IntArray
    epp_mv: FloatArray
    transmitted: npt.NDArray[np.bool_]

    @property
    def transmitted_fraction(self) -> float:
        """Fraction of the impulses that made the muscle fibre fire."""
        return float(self.transmitted.mean())


def _occupied(calcium_mm: FloatArray, magnesium_mm: FloatArray, junction: Junction) -> FloatArray:
    blocked = calcium_mm / junction.calcium_k_mm + magnesium_mm / junction.magnesium_k_mm
    occupied: FloatArray = calcium_mm / (1 + blocked)
    return occupied


def mean_quanta(
    junction: Junction, calcium_mm: npt.ArrayLike, magnesium_mm: npt.ArrayLike
) -> FloatArray:
    """Return the mean quantal content of an impulse.

    Parameters and errors are those of `safety_factor`.

    References
    ----------
    Dodge & Rahamimoff 1967, doi:10.1113/jphysiol.1967.sp008367.

    Examples
    --------
    >>> mean_quanta(Junction(), [0.6, 1.2], 0.6).round(1)
    array([ 3.7, 20. ])
    """
    calcium = checked_array(
        "calcium_mm", calcium_mm, low=0, high=MOST_CALCIUM_MM, unit="mmol/L", ndim=None
    )
    magnesium = checked_array(
        "magnesium_mm", magnesium_mm, low=0, high=MOST_MAGNESIUM_MM, unit="mmol/L", ndim=None
    )
    ordinary = _occupied(np.array(junction.calcium_mm), np.array(junction.magnesium_mm), junction)
    relative = _occupied(calcium, magnesium, junction) / ordinary
    mean: FloatArray = junction.quanta * relative**junction.cooperativity
    return mean


def end_plate_potential_mv(junction: Junction, quanta: npt.ArrayLike) -> FloatArray:
    """Return the peak of the end-plate potential from a number of quanta.

    Parameters
    ----------
    junction : Junction
        The junction.
    quanta : array_like
        Number of quanta, not negative; need not be whole.

    Raises
    ------
    NotAllowedError
        If a number is negative or NaN.

    References
    ----------
    The correction is A. R. Martin's (1955, J Physiol 130:114). A cable model of a muscle fibre
    finds it satisfactory near the end-plate: PMC1434962.

    Examples
    --------
    >>> end_plate_potential_mv(HUMAN, [1, 20, 80]).round(2)
    array([ 0.99, 16.  , 40.  ])
    """
    count = checked_array("quanta", quanta, low=0, ndim=None)
    linear_mv = count * junction.quantum_mv
    peak_mv: FloatArray = linear_mv / (1 + linear_mv / junction.driving_mv)
    return peak_mv


def safety_factor(
    junction: Junction, calcium_mm: npt.ArrayLike, magnesium_mm: npt.ArrayLike
) -> FloatArray:
    """Return the end-plate potential of the mean release, as a multiple of the threshold.

    Below 1, most impulses fail.

    Parameters
    ----------
    junction : Junction
        The junction.
    calcium_mm, magnesium_mm : array_like
        Free concentrations outside, from 0 to 20 mmol/L; broadcast together.

    Returns
    -------
    ndarray
        In the shape of the concentrations.

    Raises
    ------
    NotAllowedError
        If a concentration is negative, above 20 mmol/L, or not a number.

    Examples
    --------
    >>> safety_factor(Junction(), 1.2, [0.6, 2, 3]).round(2)
    array([1.45, 0.77, 0.51])
    """
    mean = mean_quanta(junction, calcium_mm, magnesium_mm)
    factor: FloatArray = end_plate_potential_mv(junction, mean) / junction.threshold_mv
    return factor


def simulate(
    junction: Junction,
    impulses: int,
    *,
    calcium_mm: float = HUMAN.calcium_mm,
    magnesium_mm: float = HUMAN.magnesium_mm,
    seed: int,
) -> JunctionRun:
    """Send impulses to a junction, far enough apart not to affect each other.

    Parameters
    ----------
    junction : Junction
        The junction.
    impulses : int
        How many, 1 to 1 000 000.
    calcium_mm, magnesium_mm : float
        Free concentrations outside, from 0 to 20 mmol/L; by default the ordinary ones.
    seed : int
        Makes the run repeatable.

    Returns
    -------
    JunctionRun
        Quanta, end-plate potentials, and which impulses made the muscle fibre fire.

    Raises
    ------
    NotAllowedError
        If an argument is out of range.

    Examples
    --------
    >>> simulate(Junction(), 1000, magnesium_mm=3, seed=1).transmitted_fraction < 0.1
    True
    """
    count = int(
        checked_number(
            "impulses", impulses, low=1, high=1_000_000, unit=_("impulses"), integer=True
        )
    )
    mean = float(mean_quanta(junction, calcium_mm, magnesium_mm))
    quanta = np.random.default_rng(checked_seed(seed)).poisson(mean, count)
    epp_mv = end_plate_potential_mv(junction, quanta)
    return JunctionRun(
        impulse=np.arange(1, count + 1),
        quanta=quanta,
        epp_mv=epp_mv,
        transmitted=epp_mv >= junction.threshold_mv,
    )
