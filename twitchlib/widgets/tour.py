"""A lesson with several stops, and one address that holds the settings of them all."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.page_link import Address

__all__ = ["Tour"]


class Tour:
    """The stops of a lesson, and the link that restores them.

    Each stop is made when it is first accessed, as in ``tour.axon``, so each cell of a notebook
    takes only the time of its own stop.

    Parameters
    ----------
    **stops : callable
        Functions that make the dashboards, by name.

    Attributes
    ----------
    stops : tuple of str
        Names of the stops, in order.
    address : Address
        Holds the settings of all stops, whose names must not clash.
    link : ipywidgets.VBox
        The button that copies the page's address, and what could not be used in an address.
    """

    def __init__(self, **stops: Callable[[], Dashboard[Any, Any]]) -> None:
        self._makers = stops
        self.stops = tuple(stops)
        self.address = Address()
        self.link = ipywidgets.VBox([self.address.link, self.address.problems])

    def __getattr__(self, name: str) -> Dashboard[Any, Any]:
        """Make a stop on first access."""
        if name.startswith("_") or name not in self._makers:
            raise AttributeError(name)
        stop = self._makers[name]()
        self.address.add(stop.controls)
        setattr(self, name, stop)
        return stop
