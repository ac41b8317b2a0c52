"""The dashboards of lesson 05: remedies against causes with a plan to take along, and food."""

from dataclasses import dataclass
from typing import Final

import ipywidgets

from twitchlib import care, guide
from twitchlib.figures import care as figures
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.widgets.checklist import Checklist, Item
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.controls import Choice, Controls
from twitchlib.widgets.download import Download
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, stack
from twitchlib.widgets.prose import Prose, text

__all__ = ["CarePlan", "Foods", "View"]

_HINTS: Final = {
    "low-potassium": _("Only if a blood test has shown it."),
    "low-magnesium": _("Only if a blood test has shown it."),
    "dehydration": _("You drink little, or sweat a lot."),
    "multiple-sclerosis": _("It belongs with a doctor."),
    "als": _("It belongs with a doctor."),
}


class CarePlan(ipywidgets.VBox):
    """Tick what applies, see what the guide offers for it, and take the plan along.

    Attributes
    ----------
    causes : Checklist
        What applies.
    plan : care.Plan
        What the page shows.
    download : Download
        Saves the plan as a page to print.
    """

    def __init__(self) -> None:
        self.causes = Checklist(
            _("What applies to you?"),
            [Item(c.id, c.name, _HINTS.get(c.id, "")) for c in care.causes().values()],
        )
        self.plan = care.plan(())
        self.download = Download(
            _("Save the plan to print"), "my-plan.html", "text/html", self._page, ready=False
        )
        self._figure = FigureView(figures.plot_map())
        self._remedies = Prose()
        self.causes.on_change(lambda _causes: self._refresh())
        self._refresh()
        super().__init__(
            [beside(self.causes, stack(self._figure)), self._remedies, self.download],
            _dom_classes=("tw-dashboard",),
        )

    def _refresh(self) -> None:
        self.plan = care.plan(self.causes.value)
        self._figure.show(figures.plot_map(self.causes.value))
        self._remedies.html = _remedies(self.plan)
        self.download.ready = bool(self.plan.causes)

    def _page(self) -> bytes:
        return care.page(self.plan).encode()


def _remedies(plan: care.Plan) -> str:
    heading = f"<h3>{_('Your plan')}</h3>"
    if not plan.causes:
        return f"{heading}<p>{_('Tick something, and it appears here.')}</p>"
    items = "".join(
        f"<li><div><h4>{text(remedy.name)}</h4>"
        f'<p class="tw-small">{text(remedy.guide_says)}</p></div>'
        f"<div><p>{text(remedy.how_to)}</p><p><strong>{_('Ask first:')}</strong> "
        f"{text(remedy.ask_first)}</p></div>"
        f"<div><p>{text(remedy.studies_find)}</p>{claim_markup(remedy.claims[0], remedy.id)}</div>"
        "</li>"
        for remedy in plan.remedies
    )
    without = "".join(f"<p>{_without_remedy(cause)}</p>" for cause in plan.without)
    net = "".join(
        f"<p>{text(guide.rows('safety_net')[name]['text'])}</p>"
        for name in ("no-diagnosis", "in-doubt")
    )
    return f'{heading}<ul class="tw-findings">{items}</ul>{without}{net}'


def _without_remedy(cause: care.Cause) -> str:
    return _(
        "For {cause} no remedy at home is known. It belongs with a doctor.", cause=text(cause.name)
    )


@dataclass(frozen=True)
class View(Quantities):
    """What to compare foods by: a nutrient, in usual portions or in 100 g."""

    nutrient: str = "potassium_mg"
    amount: str = "portion"


class Foods(ipywidgets.VBox):
    """Potassium and magnesium in food, ranked.

    Attributes
    ----------
    controls : Controls
        What is compared.
    """

    def __init__(self) -> None:
        self.controls: Controls[View] = Controls(
            View,
            choices={
                "nutrient": Choice(_("Nutrient"), {n: d.label for n, d in care.needs().items()}),
                "amount": Choice(
                    _("Compare"),
                    {"portion": _("usual portions"), "hundred": _("100 g of each")},
                ),
            },
        )
        self._figure = FigureView(figures.plot_foods("potassium_mg"))
        self._source = Prose(_source())
        self.controls.on_change(self._show)
        super().__init__(
            [self.controls, self._figure, self._source], _dom_classes=("tw-dashboard",)
        )

    def _show(self, view: View) -> None:
        nutrient: figures.Nutrient = (
            "magnesium_mg" if view.nutrient == "magnesium_mg" else "potassium_mg"
        )
        self._figure.show(figures.plot_foods(nutrient, per_100_g=view.amount == "hundred"))


def _source() -> str:
    source = guide.references()["usda2015"]
    said = _(
        "Amounts: {source}. NDB in the table is the number of a food there. "
        "What is advised: European food safety agency, 2015 and 2016.",
        source=f"{source.author}, {source.title} ({source.year})",
    )
    return f'<p class="tw-small">{text(said)}</p>'
