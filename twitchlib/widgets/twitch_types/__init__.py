"""The dashboards of lesson 02: one class per kind of twitch, the gallery, and the look-alikes."""

from twitchlib.widgets.twitch_types.card import kind_card
from twitchlib.widgets.twitch_types.clonus import ClonusStop
from twitchlib.widgets.twitch_types.fasciculation import FasciculationStop
from twitchlib.widgets.twitch_types.gallery import GalleryStop
from twitchlib.widgets.twitch_types.look_alikes import LookAlikesStop
from twitchlib.widgets.twitch_types.myoclonus import MyoclonusStop
from twitchlib.widgets.twitch_types.naming import NamingStop
from twitchlib.widgets.twitch_types.spasm import SpasmStop
from twitchlib.widgets.twitch_types.tour import TwitchTypes

__all__ = [
    "ClonusStop",
    "FasciculationStop",
    "GalleryStop",
    "LookAlikesStop",
    "MyoclonusStop",
    "NamingStop",
    "SpasmStop",
    "TwitchTypes",
    "kind_card",
]
