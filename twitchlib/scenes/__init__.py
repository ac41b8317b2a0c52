"""Drawings that move: what each shows is made here from a result, `widgets.body_view` draws it."""

from twitchlib.scenes._scene import Moment, Scene, Track
from twitchlib.scenes.ankle import ankle
from twitchlib.scenes.cup import cup
from twitchlib.scenes.fibre import fibre
from twitchlib.scenes.hand import hand
from twitchlib.scenes.junction import junction

__all__ = [
    "Moment",
    "Scene",
    "Track",
    "ankle",
    "cup",
    "fibre",
    "hand",
    "junction",
]
