"""The dashboard of lesson 06 on made-up diaries: what was put in, and what an analysis finds."""

from dataclasses import dataclass
from typing import Any, Final

from twitchlib.diary import Effect, Relations, columns, relate, simulate
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.figures.diary import plot_relations
from twitchlib.figures.theme import joined
from twitchlib.markup import Markup
from twitchlib.messages import gettext as _
from twitchlib.messages import inside, ngettext
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import button, buttons, facing, stage
from twitchlib.widgets.page_link import Address

__all__ = ["Comparison", "MadeUp", "SyntheticYear"]

_SHOW: Final = _("Show what was put in")
_HIDE: Final = _("Hide what was put in")


def _compare() -> Any:
    options = {"alone": _("by itself"), "equal": _("with the other habits held equal")}
    return choice("alone", _("Each habit"), options)


@dataclass(frozen=True)
class Comparison(Quantities):
    """How the habits are compared."""

    compare: str = _compare()


@dataclass(frozen=True)
class MadeUp(Quantities):
    """Which made-up diary to analyse, and how."""

    diary: int = setting(1, _("Diary number"), low=1, high=100, integer=True)
    days: int = setting(
        365, _("Days it was kept"), unit=_("days"), low=30, high=730, step=5, integer=True
    )
    compare: str = _compare()
    inside: str = choice(
        "effects",
        _("In this diary"),
        {"effects": _("some habits act"), "nothing": _("nothing acts")},
    )


def SyntheticYear() -> Dashboard[MadeUp, Relations]:
    """Return the analysis of a made-up diary and, on demand, what was really put in.

    Examples
    --------
    >>> year = SyntheticYear()
    >>> year.controls.set(days=90, inside="nothing")
    """
    revealed = False
    address = Address()

    def toggle() -> None:
        nonlocal revealed
        revealed = not revealed
        reveal.description = _HIDE if revealed else _SHOW
        year.redraw()

    reveal = button(_SHOW, toggle)
    year = Dashboard(
        MadeUp,
        run=_run,
        figures=lambda made_up, found, _before: [
            plot_relations(
                found,
                truth=[(one.habit, one.lag_days) for one in _effects(made_up) if revealed],
                synthetic=True,
            )
        ],
        words=lambda made_up, _found: _truth(made_up) if revealed else Markup(),
        code=_shown_code,
        address=address,
        arrange=lambda year: [
            facing(
                year.controls,
                stage(year.views),
                buttons(reveal, address.link),
                year.words,
                address.problems,
            ),
            year.code,
        ],
    )
    return year


def _run(made_up: MadeUp) -> Relations:
    made = simulate(seed=made_up.diary, n_days=made_up.days, effects=_effects(made_up))
    return relate(made.days(), others_equal=made_up.compare == "equal")


def _shown_code(settings: MadeUp) -> str:
    effects = "" if settings.inside == "effects" else ", effects=()"
    equal = ", others_equal=True" if settings.compare == "equal" else ""
    return (
        "from twitchlib import diary, figures\n\n"
        f"made_up = diary.simulate(seed={settings.diary}, n_days={settings.days}{effects})\n"
        f"found = diary.relate(made_up.days(){equal})\n"
        "figures.diary.plot_relations(found, synthetic=True)"
    )


def _effects(settings: MadeUp) -> tuple[Effect, ...]:
    return KNOWN_EFFECTS if settings.inside == "effects" else ()


def _truth(now: MadeUp) -> str:
    if now.inside == "nothing":
        return _("Nothing was put in. Whatever stands out, or seems to, is chance.")
    return _(
        "Put into the number of twitches: {effects}. Sleep does nothing here; it is"
        " short on stressful days. Drinks do nothing either. All of it was chosen for teaching,"
        " and none of it was measured in people.",
        effects=joined([_effect_text(effect) for effect in KNOWN_EFFECTS]),
    )


def _effect_text(effect: Effect) -> str:
    habit = columns()[effect.habit]
    said = {
        "step": ngettext("{n:g} point", "{n:g} points", effect.per)
        if habit.id == "stress"
        else f"{effect.per:g} {habit.unit}",
        "habit": inside(habit.label),
        "share": f"{effect.factor - 1:.0%}",
    }
    if effect.lag_days:
        return _("each extra {step} of {habit} adds {share} the day after", **said)
    return _("each extra {step} of {habit} adds {share} on the same day", **said)
