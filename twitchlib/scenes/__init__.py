"""Moving drawings: what each shows is made here from a result; `widgets.body_view` draws it."""

from twitchlib.scenes._scene import Moment, Scene, Track
from twitchlib.scenes.ankle import ankle
from twitchlib.scenes.axon import axon
from twitchlib.scenes.calf import calf, calves
from twitchlib.scenes.cup import cup
from twitchlib.scenes.eyelid import eyelid
from twitchlib.scenes.fibre import fibre
from twitchlib.scenes.hand import hand
from twitchlib.scenes.hold import hold
from twitchlib.scenes.junction import junction
from twitchlib.scenes.membrane import membrane
from twitchlib.scenes.path import path
from twitchlib.scenes.sleeper import sleeper

__all__ = [
    "Moment",
    "Scene",
    "Track",
    "ankle",
    "axon",
    "calf",
    "calves",
    "cup",
    "eyelid",
    "fibre",
    "hand",
    "hold",
    "junction",
    "membrane",
    "path",
    "sleeper",
]
