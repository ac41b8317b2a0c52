"""The dashboards of lesson 01: one class per stop on the path of a signal."""

from twitchlib.widgets.nervous_system.axon import AxonStop
from twitchlib.widgets.nervous_system.ions import IonsStop
from twitchlib.widgets.nervous_system.junction import JunctionStop
from twitchlib.widgets.nervous_system.movement import MovementStop
from twitchlib.widgets.nervous_system.tour import NervousSystem
from twitchlib.widgets.nervous_system.twitch import TwitchStop

__all__ = [
    "AxonStop", "IonsStop", "JunctionStop", "MovementStop", "NervousSystem", "TwitchStop",
]  # fmt: skip
