"""All stops of lesson 01 together, so that one address can hold what each of them shows.

Examples
--------
>>> tour = NervousSystem()
>>> type(tour.movement).__name__
'MovementStop'
>>> tour.take_query("?effort_percent=40")
>>> tour.movement.controls.value.effort_percent
40.0
"""

from functools import cached_property

from twitchlib.widgets.nervous_system.axon import AxonStop
from twitchlib.widgets.nervous_system.ions import IonsStop
from twitchlib.widgets.nervous_system.junction import JunctionStop
from twitchlib.widgets.nervous_system.movement import MovementStop
from twitchlib.widgets.nervous_system.twitch import TwitchStop
from twitchlib.widgets.tour import Tour

__all__ = ["NervousSystem"]


class NervousSystem(Tour):
    """The dashboards of lesson 01, and the one link that brings back what they show.

    Attributes
    ----------
    axon, ions, junction, twitch, movement : Stop
        The dashboards.
    """

    @cached_property
    def axon(self) -> AxonStop:
        """Fire an axon and find its threshold."""
        return self._added(AxonStop())

    @cached_property
    def ions(self) -> IonsStop:
        """Change the salts around the axon."""
        return self._added(IonsStop())

    @cached_property
    def junction(self) -> JunctionStop:
        """Block the junction and rescue it."""
        return self._added(JunctionStop())

    @cached_property
    def twitch(self) -> TwitchStop:
        """Sum twitches to a smooth pull."""
        return self._added(TwitchStop())

    @cached_property
    def movement(self) -> MovementStop:
        """Recruit a muscle."""
        return self._added(MovementStop())
