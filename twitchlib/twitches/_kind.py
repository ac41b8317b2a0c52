"""What a kind of twitch is: one record, from which all texts about it are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from twitchlib.messages import beginning, inside, ngettext
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, Quantity, describe
from twitchlib.twitches._course import Course

__all__ = ["EventType", "Kind"]

Counted: TypeAlias = Callable[[int], str]


def _bursts(n: int) -> str:
    return ngettext("one burst", "{n} bursts", n)


def _noises(n: int) -> str:
    return ngettext("{n} noise", "{n} noises", n)


@dataclass(frozen=True)
class EventType:
    """What can happen in a recording, and what it is called.

    Attributes
    ----------
    label : str
        Its name in files and tables, the same in every language.
    word : str
        Its name for the reader.
    counted : callable
        Their number, as part of a sentence.
    sound : str
        What one sounds like; the words describe only the sound.
    sounds : callable
        The same for several.
    unnamed : callable
        Their number, without giving away what they are.
    headline : callable, optional
        Their number, in a title that says more than that.
    timed : bool
        Whether a title gives their length, since that tells versions apart.
    """

    label: str
    word: str
    counted: Counted = _bursts
    sound: str = _("a noise")
    sounds: Counted = _noises
    unnamed: Counted = _bursts
    headline: Counted | None = None
    timed: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of twitch, or a look-alike.

    Attributes
    ----------
    name : str
        Its name in data, and that of its module.
    title : str
        Its name as a heading; `in_sentence` within a sentence.
    word : str
        Its short name, as in a list; by default `in_sentence`.
    part, how : str
        The part of the path from brain to muscle that causes it, and how, as parts of a sentence;
        `fault` is the whole sentence.
    presets : mapping from str to Quantities
        Its versions, the default first.
    course : callable
        Given parameters, duration in seconds and a random generator, returns a `Course`.
    events : tuple of EventType
        What can happen in its recordings, the most usual first.
    game : tuple of mapping
        Options of `simulate` for recordings in the naming game, the clearest first.
    version_words : mapping from str to str
        Names of the versions that rules distinguish.
    example : mapping
        Options of `simulate` for a recording in which something happens early.
    fewest_events : int
        How many events it takes to name it.
    look_alike : bool
        Whether it is included because it is mistaken for a twitch.
    """

    name: str
    title: str
    part: str
    how: str
    presets: Mapping[str, Quantities]
    course: Callable[[Any, float, np.random.Generator], Course]
    events: tuple[EventType, ...]
    game: tuple[Mapping[str, Any], ...] = ({},)
    version_words: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, Any] = field(default_factory=lambda: {"seed": 1})
    fewest_events: int = 2
    look_alike: bool = False
    word: str = ""

    def __post_init__(self) -> None:
        """Default `word` to the name within a sentence."""
        object.__setattr__(self, "word", self.word or self.in_sentence)

    @property
    def in_sentence(self) -> str:
        """Its name within a sentence."""
        return inside(self.title)

    @property
    def fault(self) -> str:
        """The part at fault and the mechanism, in a sentence."""
        return _("{part}: {how}.", part=beginning(self.part), how=self.how)

    @property
    def usual(self) -> str:
        """Name of the default preset."""
        return next(iter(self.presets))

    @property
    def parameters(self) -> dict[str, Quantity]:
        """The adjustable parameters, by name."""
        return describe(type(self.presets[self.usual]))
