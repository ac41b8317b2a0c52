"""Potassium and magnesium in food, for lesson 05."""

from dataclasses import dataclass

import ipywidgets

from twitchlib import guide
from twitchlib.care.foods import needs
from twitchlib.figures import care as figures
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.page_link import PAGE_OWN, PageLink, parse_query, problems_markup
from twitchlib.widgets.prose import Prose, text

__all__ = ["Foods", "View"]


@dataclass(frozen=True)
class View(Quantities):
    """What to compare foods by: a nutrient, in usual portions or in 100 g."""

    nutrient: str = choice(
        "potassium_mg", _("Nutrient"), {name: need.label for name, need in needs().items()}
    )
    amount: str = choice(
        "portion", _("Compare"), {"portion": _("usual portions"), "hundred": _("100 g of each")}
    )


class Foods(ipywidgets.VBox):
    """Potassium and magnesium in food, ranked.

    Attributes
    ----------
    controls : Controls
        What is compared.
    """

    def __init__(self) -> None:
        self.controls: Controls[View] = Controls(View)
        self._figure = FigureView(figures.plot_foods("potassium_mg"))
        self._source = Prose(_source())
        self._problems = Prose()
        self._link = PageLink(on_query=self.take_query)
        self.controls.on_change(self._show)
        super().__init__(
            [self._problems, self.controls, self._figure, self._source, self._link],
            _dom_classes=("tw-dashboard",),
        )

    def take_query(self, query: str) -> None:
        """Compare what a link asks for, and say what it could not have.

        Parameters
        ----------
        query : str
            As `page_link.parse_query` reads it. The list ``causes`` is the care plan's.
        """
        view, problems = parse_query(query, View, ignore=PAGE_OWN | {"causes"})
        self._problems.html = problems_markup(problems)
        self.controls.value = view

    def _show(self, view: View) -> None:
        self._link.write(view.changed())
        self._figure.show(figures.plot_foods(view.nutrient, per_100_g=view.amount == "hundred"))


def _source() -> str:
    source = guide.references()["usda2015"]
    said = _(
        "Amounts: {source}. NDB in the table is the number of a food there. "
        "What is advised: European food safety agency, 2015 and 2016.",
        source=f"{source.author}, {source.title} ({source.year})",
    )
    return f'<p class="tw-small">{text(said)}</p>'
