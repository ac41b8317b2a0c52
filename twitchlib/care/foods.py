"""Potassium and magnesium in usual portions of food.

Amounts are those of the USDA National Nutrient Database for Standard Reference, release 28 (2015);
what adults need is the European advice in the table ``factors``.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.named import Named
from twitchlib.quantity import Quantity

__all__ = ["Food", "Need", "foods", "needs"]

_MOST: Final = {
    "portion_g": ("g", 5_000),
    "potassium_mg": ("mg", 100_000),
    "magnesium_mg": ("mg", 100_000),
}


@dataclass(frozen=True)
class Food:
    """One food in its usual portion.

    Attributes
    ----------
    id, name, portion : str
        Its id in the table ``foods``, its name for the reader, and the portion in words.
    portion_g : float
        Weight of the portion, g.
    potassium_mg, magnesium_mg : float
        Contents of the portion, mg.
    ndb : str
        Number of the food in its source.

    Raises
    ------
    NotAllowedError
        If the portion does not weigh 0 to 5 kg, or its content of a nutrient is not 0 to 100 g.
    """

    id: str
    name: str
    portion: str
    portion_g: float
    potassium_mg: float
    magnesium_mg: float
    ndb: str

    def __post_init__(self) -> None:
        """Check the weights."""
        for name, (unit, most) in _MOST.items():
            weight = Quantity(name, name, unit, 0, most, 0, 0, "", "", True, False)
            weight.check(getattr(self, name))


@dataclass(frozen=True)
class Need:
    """The recommended daily intake of a nutrient, and for whom."""

    label: str
    daily_mg: float
    for_whom: str


@cache
def foods() -> Named[Food]:
    """Return the foods by id, in the order of the table.

    Examples
    --------
    >>> round(foods()["banana"].potassium_mg)
    422
    """
    found = {
        name: Food(
            id=name,
            name=row["name"],
            portion=row["portion"],
            portion_g=row["portion_g"],
            potassium_mg=row["potassium_mg_100g"] * row["portion_g"] / 100,
            magnesium_mg=row["magnesium_mg_100g"] * row["portion_g"] / 100,
            ndb=row["ndb"],
        )
        for name, row in guide.rows("foods").items()
    }
    return Named("food", found)


@cache
def needs() -> Named[Need]:
    """Return the recommended daily intake of adults, by nutrient.

    For magnesium this is the advice for women; for men it is 350 mg.

    Examples
    --------
    >>> list(needs())
    ['potassium_mg', 'magnesium_mg']
    """
    rows = guide.rows("factors")
    labels = {
        "potassium_mg": (_("Potassium"), _("adults")),
        "magnesium_mg": (_("Magnesium"), _("women")),
    }
    found = {
        name: Need(label, rows[name]["may_beyond"], for_whom)
        for name, (label, for_whom) in labels.items()
    }
    return Named("nutrient", found)
