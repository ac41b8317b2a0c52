"""The dashboard of lesson 05: remedies against causes, with a plan to take away."""

from typing import Final

import ipywidgets

from twitchlib import care, guide
from twitchlib.figures import care as figures
from twitchlib.figures.theme import joined
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.messages import inside
from twitchlib.widgets.checklist import Checklist, Item
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.download import Download
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import facing, stage
from twitchlib.widgets.page_link import PageLink, parse_names, problems_markup
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose

__all__ = ["CarePlan"]

_EXAMPLE: Final = ("caffeine",)
_HINTS: Final = {
    "low-potassium": _("Only if a blood test has shown it."),
    "low-magnesium": _("Only if a blood test has shown it."),
    "dehydration": _("You drink little, or sweat a lot."),
    "multiple-sclerosis": _("A matter for a doctor."),
    "als": _("A matter for a doctor."),
}


class CarePlan(ipywidgets.VBox):
    """Tick what applies, see what the guide offers for it, and take the plan away.

    The ticks are read from the page's address but never written there, since they concern a
    reader's health.

    Attributes
    ----------
    causes : Checklist
        The causes to tick.
    plan : care.Plan
        The plan that the page shows.
    download : Download
        Saves the plan as a page to print.
    """

    def __init__(self) -> None:
        self.causes = Checklist(
            _("What applies to you?"),
            [Item(n, c["name"], _HINTS.get(n, "")) for n, c in care.causes().items()],
        )
        self.plan = care.plan(())
        self.download = Download(
            _("Save the plan to print"), "my-plan.html", "text/html", self._page, ready=False
        )
        self._figure = FigureView(figures.plot_map())
        self._remedies = Prose()
        self._problems = Prose()
        link = PageLink(on_query=self.take_query)
        link.layout.display = "none"
        self.causes.on_change(lambda _causes: self._refresh())
        self._refresh()
        super().__init__(
            [
                link,
                self._problems,
                privacy(),
                facing(self.causes, stage([self._figure]), self.download),
                self._remedies,
            ],
            _dom_classes=("tw-dashboard",),
        )

    def take_query(self, query: str) -> None:
        """Tick the causes named in a link, and say what could not be used.

        Parameters
        ----------
        query : str
            As `page_link.parse_names` reads it, with the list ``causes``.
        """
        causes, problems = parse_names(query, "causes", care.causes())
        self._problems.html = problems_markup(problems)
        self.causes.value = causes

    def _refresh(self) -> None:
        self.plan = care.plan(self.causes.value)
        self._figure.show(figures.plot_map(self.causes.value))
        self._remedies.html = _remedies(self.plan)
        self.download.ready = bool(self.plan.causes)

    def _page(self) -> bytes:
        return self.plan.to_html().encode()


def _remedies(plan: care.Plan) -> Markup:
    heading = html("<h3>{}</h3>", _("Your plan"))
    if not plan.causes:
        example = care.plan(_EXAMPLE)
        names = joined([inside(str(cause["name"])) for cause in example.causes])
        return heading + html(
            '<p>{}</p><div class="tw-example"><p><strong>{}</strong></p>'
            '<ul class="tw-findings">{}</ul></div>',
            _("Tick something, and your plan takes the place of this example."),
            _("For example, a plan for {causes}", causes=names),
            each("{}", map(_remedy, example.remedies)),
        )
    return html(
        '{}<ul class="tw-findings">{}</ul>{}{}',
        heading,
        each("{}", map(_remedy, plan.remedies)),
        each("<p>{}</p>", map(_without_remedy, plan.without)),
        each(
            "<p>{}</p>",
            (guide.rows("safety_net")[name]["text"] for name in ("no-diagnosis", "in-doubt")),
        ),
    )


def _remedy(remedy: care.Remedy) -> Markup:
    return html(
        '<li><div><h4>{remedy.name}</h4><p class="tw-small">{remedy.guide_says}</p></div>'
        "<div><p>{remedy.how_to}</p><p><strong>{ask}</strong> {remedy.ask_first}</p></div>"
        "<div><p>{remedy.studies_find}</p>{claim}</div></li>",
        remedy=remedy,
        ask=_("Ask first:"),
        claim=claim_markup(remedy.claims[0], remedy.id),
    )


def _without_remedy(cause: guide.Row) -> str:
    return _(
        "For {cause} no remedy at home is known. It is a matter for a doctor.", cause=cause["name"]
    )
