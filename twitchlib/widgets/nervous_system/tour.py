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
from typing import Any, TypeVar

import ipywidgets

from twitchlib.quantity import describe
from twitchlib.widgets.nervous_system.axon import AxonStop
from twitchlib.widgets.nervous_system.ions import IonsStop
from twitchlib.widgets.nervous_system.junction import JunctionStop
from twitchlib.widgets.nervous_system.movement import MovementStop
from twitchlib.widgets.nervous_system.stop import Stop, changed
from twitchlib.widgets.nervous_system.twitch import TwitchStop
from twitchlib.widgets.page_link import PAGE_OWN, PageLink, parse_query
from twitchlib.widgets.prose import Prose, text

__all__ = ["NervousSystem"]

S = TypeVar("S", bound=Stop[Any, Any])


class NervousSystem:
    """The dashboards of lesson 01, and the one link that brings back what they show.

    A dashboard is made when it is first asked for, so that in a notebook each cell takes its own
    time. Names of settings and presets do not clash between stops.

    Attributes
    ----------
    link : ipywidgets.VBox
        The button that copies the page's address, and what could not be used of an address.
    axon, ions, junction, twitch, movement : Stop
        The dashboards.
    """

    def __init__(self) -> None:
        self._stops: list[Stop[Any, Any]] = []
        self._page_link = PageLink(on_query=self.take_query)
        self._problems = Prose()
        self.link = ipywidgets.VBox([self._page_link, self._problems])

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

    def take_query(self, query: str) -> None:
        """Show what a link asks for, at every stop there is, and say what it could not have.

        Parameters
        ----------
        query : str
            As `page_link.parse_query` reads it; ``preset`` names an example of any stop.
        """
        fields = {stop: set(describe(type(stop.controls.value))) for stop in self._stops}
        presets = [name for stop in self._stops for name in stop.presets]
        problems: dict[str, None] = {}
        for stop in self._stops:
            settings_cls = type(stop.controls.value)
            others = set().union(*(names for other, names in fields.items() if other is not stop))
            known = {name: stop.presets.get(name, settings_cls()) for name in presets}
            settings, found = parse_query(query, settings_cls, known, ignore=PAGE_OWN | others)
            stop.controls.value = settings
            problems |= dict.fromkeys(found)
        self._problems.html = "".join(
            f'<p class="tw-problem" role="status">{text(problem)}</p>' for problem in problems
        )

    def _added(self, stop: S) -> S:
        self._stops.append(stop)
        stop.on_change(self._write)
        return stop

    def _write(self) -> None:
        values: dict[str, Any] = {}
        for stop in self._stops:
            values |= changed(stop.controls.value)
        self._page_link.write(values)
