"""Drawings that move: what each shows is made here from a result, `widgets.body_view` draws it."""

from twitchlib.scenes._scene import Moment, Scene, Track
from twitchlib.scenes.ankle import ankle
from twitchlib.scenes.eyelid import eyelid
from twitchlib.scenes.membrane import membrane
from twitchlib.scenes.path import path

__all__ = [
    "Moment",
    "Scene",
    "Track",
    "ankle",
    "eyelid",
    "membrane",
    "path",
]
