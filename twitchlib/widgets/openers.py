"""Drawings that open a lesson, before anything is explained."""

from dataclasses import replace
from typing import Final

from twitchlib import guide, scenes, twitches
from twitchlib.physiology.caffeine import Dose
from twitchlib.widgets.body_view import BodyView

__all__ = ["eyelid", "four_calves", "morning_cup", "spike_on_its_way"]

FLUTTER_S: Final = 6
SEED: Final = 1
CALVES_S: Final = 6
BREAKFAST_H: Final = 8
BEDTIME_H: Final = 23


def flutter() -> twitches.Recording:
    """Return the recording that moves the eyelid.

    Examples
    --------
    >>> len(flutter().events)
    24
    """
    return twitches.simulate("myokymia", FLUTTER_S, seed=SEED)


def eyelid() -> BodyView:
    """Show an eye whose lower lid flutters, because one motor unit fires by itself.

    Examples
    --------
    >>> from twitchlib import widgets
    >>> view = widgets.eyelid()
    """
    return BodyView(lambda: scenes.eyelid(flutter()))


def spike_on_its_way() -> BodyView:
    """Show one spike on its way from the brain to a twitch of the calf.

    Examples
    --------
    >>> from twitchlib import widgets
    >>> view = widgets.spike_on_its_way()
    """
    return BodyView(scenes.path)


def four_calves() -> BodyView:
    """Show the four kinds of twitch from outside, without their names.

    Examples
    --------
    >>> from twitchlib import widgets
    >>> view = widgets.four_calves()
    """

    def calves() -> scenes.Scene:
        from twitchlib.widgets.twitch_types.gallery import examples

        shown = [one.until(CALVES_S) for one in examples().values()]
        return scenes.calves(dict(zip("ABCD", shown, strict=True)), from_outside=True)

    return BodyView(calves)


def morning_cup() -> BodyView:
    """Show how the caffeine of one cup of filter coffee comes and goes over a day.

    Examples
    --------
    >>> from twitchlib import widgets
    >>> view = widgets.morning_cup()
    """

    def coffee() -> scenes.Scene:
        dose_mg = guide.rows("drinks")["filter-coffee"]["caffeine_mg"]
        day = scenes.cup([Dose(BREAKFAST_H, dose_mg)], bedtime_h=BEDTIME_H)
        return replace(day, still_s=day.moments[1].time_s)  # when the cup is fullest

    return BodyView(coffee)
