"""A lesson with several stops, and the one address that holds what each of them shows."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.page_link import Address

__all__ = ["Tour"]


class Tour:
    """The stops of a lesson, and the link that brings back what they show.

    Each stop is made when it is first asked for, as ``tour.axon``, so that in a notebook each cell
    takes its own time.

    Parameters
    ----------
    **stops : callable
        What makes each dashboard, by its name.

    Attributes
    ----------
    stops : tuple of str
        Their names, in their order.
    address : Address
        Holds the settings of all stops. Their names must not clash.
    link : ipywidgets.VBox
        The button that copies the page's address, and what could not be used of an address.
    """

    def __init__(self, **stops: Callable[[], Dashboard[Any, Any]]) -> None:
        self._makers = stops
        self.stops = tuple(stops)
        self.address = Address()
        self.link = ipywidgets.VBox([self.address.link, self.address.problems])

    def __getattr__(self, name: str) -> Dashboard[Any, Any]:
        """Make a stop."""
        if name.startswith("_") or name not in self._makers:
            raise AttributeError(name)
        made = self._makers[name]()
        self.address.add(made.controls)
        setattr(self, name, made)
        return made
