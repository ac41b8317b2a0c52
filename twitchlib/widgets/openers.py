"""Drawings that open a lesson, before anything is explained."""

from typing import Final

from twitchlib import scenes, twitches
from twitchlib.widgets.body_view import BodyView

__all__ = ["eyelid", "spike_on_its_way"]

FLUTTER_S: Final = 6
SEED: Final = 1


def flutter() -> twitches.Recording:
    """Return the recording that moves the eyelid.

    Examples
    --------
    >>> len(flutter().events)
    24
    """
    return twitches.simulate("myokymia", FLUTTER_S, seed=SEED)


def eyelid() -> BodyView:
    """Show an eye whose lower lid flutters, since one motor unit fires by itself.

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
