"""A lesson with several stops, and the one address that holds what each of them shows."""

from typing import Any, TypeVar

import ipywidgets

from twitchlib.quantity import choices, describe
from twitchlib.widgets.page_link import PAGE_OWN, PageLink, parse_query, problems_markup
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.stop import Stop

__all__ = ["Tour"]

S = TypeVar("S", bound=Stop[Any, Any])


class Tour:
    """The stops of a lesson, and the link that brings back what they show.

    A subclass makes each stop when it is first asked for, so that in a notebook each cell takes
    its own time. Names of settings and presets must not clash between stops.

    Attributes
    ----------
    link : ipywidgets.VBox
        The button that copies the page's address, and what could not be used of an address.
    """

    def __init__(self) -> None:
        self._stops: list[Stop[Any, Any]] = []
        self._page_link = PageLink(on_query=self.take_query)
        self._problems = Prose()
        self.link = ipywidgets.VBox([self._page_link, self._problems])

    def take_query(self, query: str) -> None:
        """Show what a link asks for, at every stop there is, and say what it could not have.

        Parameters
        ----------
        query : str
            As `page_link.parse_query` reads it; ``preset`` names an example of any stop.
        """
        fields = {stop: _fields(stop) for stop in self._stops}
        presets = [name for stop in self._stops for name in stop.presets]
        problems: list[str] = []
        for stop in self._stops:
            settings_cls = type(stop.controls.value)
            others = set().union(*(names for other, names in fields.items() if other is not stop))
            known = {name: stop.presets.get(name, settings_cls()) for name in presets}
            settings, found = parse_query(query, settings_cls, known, ignore=PAGE_OWN | others)
            stop.controls.value = settings
            problems += found
        self._problems.html = problems_markup(problems)

    def _added(self, stop: S) -> S:
        """Take a stop into the link."""
        self._stops.append(stop)
        stop.on_change(self._write)
        return stop

    def _write(self) -> None:
        values: dict[str, Any] = {}
        for stop in self._stops:
            values |= stop.controls.value.changed()
        self._page_link.write(values)


def _fields(stop: Stop[Any, Any]) -> set[str]:
    settings_cls = type(stop.controls.value)
    return {*describe(settings_cls), *choices(settings_cls)}
