"""The dashboard of lesson 06 on made-up diaries: what an analysis finds, and what was put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ipywidgets

from twitchlib.diary import Effect, Relations, columns, relate, simulate
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.figures.diary import plot_relations
from twitchlib.figures.theme import joined
from twitchlib.messages import gettext as _
from twitchlib.messages import inside, ngettext
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.widgets.layout import button, buttons
from twitchlib.widgets.page_link import PageLink, parse_query, problems_markup
from twitchlib.widgets.prose import Prose, text
from twitchlib.widgets.stop import Stop

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Comparison", "MadeUp", "SyntheticYear"]

_SHOW: Final = _("Show what was put in")
_HIDE: Final = _("Hide what was put in")
_CHOSEN: Final = _("chosen by the reader")


def _compare() -> Any:
    options = {"alone": _("by itself"), "equal": _("with the other habits held equal")}
    return choice("alone", _("Each habit"), options)


@dataclass(frozen=True)
class Comparison(Quantities):
    """How the habits are compared."""

    compare: str = _compare()


@dataclass(frozen=True)
class MadeUp(Quantities):
    """Which diary is made up, and how it is looked at."""

    diary: int = quantity(
        1, _("Diary number"), unit="", low=1, high=100, integer=True,
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    days: int = quantity(
        365, _("Days it was kept"), unit=_("days"), low=30, high=730, step=5, integer=True,
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    compare: str = _compare()
    inside: str = choice(
        "effects",
        _("In this diary"),
        {"effects": _("some habits act"), "nothing": _("nothing acts")},
    )


class SyntheticYear(Stop[MadeUp, Relations]):
    """A diary that a computer made up, its analysis, and on demand what was really put in.

    Attributes
    ----------
    revealed : bool
        Whether the page shows what was put in.
    """

    _compares = False

    def __init__(self) -> None:
        self.revealed = False
        self._truth = Prose()
        self._problems = Prose()
        self._reveal = button(_SHOW, self._toggle)
        self._link = PageLink(on_query=self._take_query)
        super().__init__(MadeUp)
        self.on_change(self._tell)

    def _run(self, settings: MadeUp) -> Relations:
        made_up = simulate(seed=settings.diary, n_days=settings.days, effects=_effects(settings))
        return relate(made_up.days(), others_equal=settings.compare == "equal")

    def _figures(self, result: Relations, before: Relations | None) -> "Sequence[Figure]":  # noqa: ARG002
        truth = _effects(self.controls.value) if self.revealed else ()
        pairs = [(effect.habit, effect.lag_days) for effect in truth]
        return [plot_relations(result, truth=pairs, synthetic=True)]

    def _shown_code(self, settings: MadeUp) -> str:
        effects = "" if settings.inside == "effects" else ", effects=()"
        equal = ", others_equal=True" if settings.compare == "equal" else ""
        return (
            "from twitchlib import diary, figures\n\n"
            f"made_up = diary.simulate(seed={settings.diary}, n_days={settings.days}{effects})\n"
            f"found = diary.relate(made_up.days(){equal})\n"
            "figures.diary.plot_relations(found, synthetic=True)"
        )

    def _beneath(self) -> Sequence[ipywidgets.Widget]:
        return buttons(self._reveal, self._link), self._truth, self._problems

    def _toggle(self) -> None:
        self.revealed = not self.revealed
        self._reveal.description = _HIDE if self.revealed else _SHOW
        self._redraw()
        self._tell()

    def _tell(self) -> None:
        now = self.controls.value
        self._truth.html = f"<p>{_truth(now)}</p>" if self.revealed else ""
        self._link.write(now.changed())

    def _take_query(self, query: str) -> None:
        made_up, problems = parse_query(query, MadeUp)
        self._problems.html = problems_markup(problems)
        self.controls.value = made_up


def _effects(settings: MadeUp) -> tuple[Effect, ...]:
    return KNOWN_EFFECTS if settings.inside == "effects" else ()


def _truth(now: MadeUp) -> str:
    if now.inside == "nothing":
        return _("Nothing was put in. Whatever stands out, or seems to, is chance.")
    return _(
        "Put into the number of twitches: {effects}. Sleep does nothing here; it is"
        " short on stressful days. Drinks do nothing either. All of it was chosen for teaching,"
        " and none of it was measured in people.",
        effects=text(joined([_told(effect) for effect in KNOWN_EFFECTS])),
    )


def _told(effect: Effect) -> str:
    habit = columns()[effect.habit]
    said = {
        "step": ngettext("{n:g} point", "{n:g} points", effect.per)
        if habit.id == "stress"
        else f"{effect.per:g} {habit.unit}",
        "habit": inside(habit.label),
        "share": f"{effect.factor - 1:.0%}",
    }
    if effect.lag_days:
        return _("each {step} more of {habit} makes {share} more the day after", **said)
    return _("each {step} more of {habit} makes {share} more on the same day", **said)
