"""The dashboards of lesson 01: the stops on the path of a signal."""

from twitchlib.widgets.nervous_system.axon import axon_stop
from twitchlib.widgets.nervous_system.conduction import conduction_stop
from twitchlib.widgets.nervous_system.fatigue import fatigue_stop
from twitchlib.widgets.nervous_system.ions import ions_stop
from twitchlib.widgets.nervous_system.junction import junction_stop
from twitchlib.widgets.nervous_system.movement import movement_stop
from twitchlib.widgets.nervous_system.twitch import twitch_stop
from twitchlib.widgets.tour import Tour

__all__ = ["NervousSystem"]


def NervousSystem() -> Tour:
    """Return the tour of lesson 01, whose ``stops`` lists their names.

    Examples
    --------
    >>> tour = NervousSystem()
    >>> tour.ions.controls.apply_preset("low-calcium")
    >>> tour.ions.result.spike_ms.size > 1
    True
    """
    return Tour(
        axon=axon_stop,
        ions=ions_stop,
        conduction=conduction_stop,
        junction=junction_stop,
        twitch=twitch_stop,
        movement=movement_stop,
        fatigue=fatigue_stop,
    )
