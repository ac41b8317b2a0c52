"""What a kind of twitch is: one record, which everything that tells of it reads."""

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
        As data: in files and tables it is the same in every language.
    word : str
        To a reader.
    counted : callable
        How many there are, as it stands within a sentence.
    sound : str
        What one sounds like; the words tell nothing but what is heard.
    sounds : callable
        The same of many.
    unnamed : callable
        How many there are, where a reader is to find out what they are.
    headline : callable, optional
        How many there are, as a title says it that has more to say than their number.
    """

    label: str
    word: str
    counted: Counted = _bursts
    sound: str = _("a noise")
    sounds: Counted = _noises
    unnamed: Counted = _bursts
    headline: Counted | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of twitch, or a look-alike.

    Attributes
    ----------
    name : str
        Its name as data, and that of its module.
    title : str
        Its word where it stands alone; `in_sentence` within one.
    word : str
        Its shortest word, as in a list; `in_sentence` unless given.
    part, how : str
        The part of the path from brain to muscle that makes it, and how, as they stand within a
        sentence; `fault` is the whole sentence.
    presets : mapping from str to Quantities
        Its versions, the usual one first.
    course : callable
        Parameters, duration in seconds and random generator → which unit fires when.
    events : tuple of EventType
        What can happen in its recordings, the usual first.
    game : tuple of mapping
        Options of `simulate` for recordings to be named, the clearest first.
    version_words : mapping from str to str
        What versions are called that rules tell apart.
    example : mapping
        Options of `simulate` for a recording in which something happens early.
    fewest_events : int
        How many it takes to name it.
    look_alike : bool
        Whether it is there because it is taken for a twitch.
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
        """Take the word within a sentence for the shortest, unless there is a shorter."""
        object.__setattr__(self, "word", self.word or self.in_sentence)

    @property
    def in_sentence(self) -> str:
        """Its word within a sentence."""
        return inside(self.title)

    @property
    def fault(self) -> str:
        """The part at fault and how it makes it, in a sentence."""
        return _("{part}: {how}.", part=beginning(self.part), how=self.how)

    @property
    def usual(self) -> str:
        """Name of the preset that is used where none is named."""
        return next(iter(self.presets))

    @property
    def parameters(self) -> dict[str, Quantity]:
        """What can be changed, by name."""
        return describe(type(self.presets[self.usual]))
