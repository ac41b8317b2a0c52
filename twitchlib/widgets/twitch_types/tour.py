"""All stops of lesson 02 together, so that one address can hold what each of them shows.

Examples
--------
>>> types = TwitchTypes()
>>> types.clonus.result.events[0].label
'stretch reflex'
>>> types.take_query("?gain_s=0.6")
>>> types.clonus.result.events[0].label
'clonus'
"""

from functools import cached_property

from twitchlib.widgets.tour import Tour
from twitchlib.widgets.twitch_types.clonus import ClonusStop
from twitchlib.widgets.twitch_types.fasciculation import FasciculationStop
from twitchlib.widgets.twitch_types.gallery import GalleryStop
from twitchlib.widgets.twitch_types.look_alikes import LookAlikesStop
from twitchlib.widgets.twitch_types.myoclonus import MyoclonusStop
from twitchlib.widgets.twitch_types.naming import NamingStop
from twitchlib.widgets.twitch_types.spasm import SpasmStop

__all__ = ["TwitchTypes"]


class TwitchTypes(Tour):
    """The dashboards of lesson 02, and the one link that brings back what they show.

    Attributes
    ----------
    gallery, fasciculation, clonus, spasm, myoclonus, look_alikes, naming : Stop
        The dashboards.
    """

    @cached_property
    def gallery(self) -> GalleryStop:
        """Compare the four kinds."""
        return self._added(GalleryStop())

    @cached_property
    def fasciculation(self) -> FasciculationStop:
        """Wait for a fasciculation."""
        return self._added(FasciculationStop())

    @cached_property
    def clonus(self) -> ClonusStop:
        """Stretch an ankle."""
        return self._added(ClonusStop())

    @cached_property
    def spasm(self) -> SpasmStop:
        """Set off a spasm and stretch it away."""
        return self._added(SpasmStop())

    @cached_property
    def myoclonus(self) -> MyoclonusStop:
        """Make jerks and lapses."""
        return self._added(MyoclonusStop())

    @cached_property
    def look_alikes(self) -> LookAlikesStop:
        """Look at what is taken for a twitch."""
        return self._added(LookAlikesStop())

    @cached_property
    def naming(self) -> NamingStop:
        """Name unseen recordings."""
        return self._added(NamingStop())
