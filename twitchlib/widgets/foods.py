"""Potassium and magnesium in food, for lesson 05."""

from dataclasses import dataclass

from twitchlib import guide
from twitchlib.care.foods import needs
from twitchlib.figures import care as figures
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import facing, stage
from twitchlib.widgets.page_link import Address

__all__ = ["Foods", "View"]


@dataclass(frozen=True)
class View(Quantities):
    """How to compare foods: by a nutrient, in usual portions or in 100 g."""

    nutrient: str = choice(
        "potassium_mg", _("Nutrient"), {name: need.label for name, need in needs().items()}
    )
    amount: str = choice(
        "portion", _("Compare"), {"portion": _("usual portions"), "hundred": _("100 g of each")}
    )


def Foods() -> Dashboard[View, str]:
    """Return foods ranked by potassium or magnesium.

    Examples
    --------
    >>> foods = Foods()
    >>> foods.controls.set(nutrient="magnesium_mg", amount="hundred")
    """
    address = Address(elsewhere={"causes"})  # read by the care plan on the same page
    return Dashboard(
        View,
        run=lambda view: view.nutrient,
        figures=lambda view, nutrient, _before: [
            figures.plot_foods(nutrient, per_100_g=view.amount == "hundred")
        ],
        words=lambda _view, _nutrient: _source(),
        address=address,
        arrange=lambda foods: [
            address.problems,
            facing(foods.controls, stage(foods.views), foods.words, address.link),
        ],
    )  # fmt: skip


def _source() -> Markup:
    source = guide.references()["usda2015"]
    said = _(
        "Amounts: {source}. NDB in the table is the number of a food there. "
        "Advised intakes: European Food Safety Authority, 2015 and 2016.",
        source=f"{source.author}, {source.title} ({source.year})",
    )
    return html('<p class="tw-small">{}</p>', said)
