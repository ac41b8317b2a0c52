"""The dashboards of lesson 02: a stop for each kind of twitch, the gallery, and the look-alikes."""

from twitchlib.widgets.tour import Tour
from twitchlib.widgets.twitch_types.asleep import asleep
from twitchlib.widgets.twitch_types.card import kind_card
from twitchlib.widgets.twitch_types.clonus import clonus_stop
from twitchlib.widgets.twitch_types.fasciculation import fasciculation_stop
from twitchlib.widgets.twitch_types.gallery import gallery_stop
from twitchlib.widgets.twitch_types.look_alikes import look_alikes_stop
from twitchlib.widgets.twitch_types.myoclonus import myoclonus_stop
from twitchlib.widgets.twitch_types.naming import naming_stop
from twitchlib.widgets.twitch_types.spasm import spasm_stop

__all__ = ["TwitchTypes", "asleep", "kind_card"]


def TwitchTypes() -> Tour:
    """Return the tour of lesson 02, whose ``stops`` lists their names.

    Examples
    --------
    >>> clonus = TwitchTypes().clonus
    >>> clonus.result.events[0].label
    'stretch reflex'
    >>> clonus.controls.set(gain_s=0.6)
    >>> clonus.result.events[0].label
    'clonus'
    """
    return Tour(
        gallery=gallery_stop,
        fasciculation=fasciculation_stop,
        clonus=clonus_stop,
        spasm=spasm_stop,
        myoclonus=myoclonus_stop,
        look_alikes=look_alikes_stop,
        naming=naming_stop,
    )
