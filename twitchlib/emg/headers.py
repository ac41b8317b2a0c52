"""The fields of a recording's header: text that must be numbers, refused by name."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from twitchlib.emg.formats import cut
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["Fields"]

# Longer numbers are nonsense, and slow to parse.
_WHOLE = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d{1,16}(?:\.\d{0,16})?|\.\d{1,16})(?:[eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Fields:
    """The fields of a header, for a file or one of its channels.

    Attributes
    ----------
    file : str
        Name of the file.
    said : Mapping of str to str
        The text of each field, by short name.
    words : Mapping of str to str
        The name of each field for use in a sentence.
    of : str
        The channel that the fields describe; empty for the file itself.
    """

    file: str
    said: Mapping[str, str]
    words: Mapping[str, str]
    of: str = ""

    def whole(self, key: str, *, low: int = -(10**10), high: int = 10**10) -> int:
        """Return a whole number in ``[low, high]``, or refuse the file."""
        text = self.said[key]
        if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
            self.refuse(key, _("a whole number from {low:,} to {high:,}", low=low, high=high))
        return int(text)

    def number(self, key: str) -> float:
        """Return a finite number, or refuse the file."""
        text = self.said[key]
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            self.refuse(key, _("a number"))
        return float(text)

    def refuse(self, key: str, allowed: str) -> NoReturn:
        """Refuse the file for an impossible field, and say what is allowed."""
        what = {
            "file": self.file,
            "field": self.words[key],
            "value": cut(self.said[key]),
            "allowed": allowed,
        }
        if self.of:
            raise UnreadableError(
                _(
                    "The header of {file} says “{value}” for the {field} of the channel "
                    "{channel}; it must be {allowed}.",
                    channel=cut(self.of),
                    **what,
                )
            )
        raise UnreadableError(
            _("The header of {file} says “{value}” for the {field}; it must be {allowed}.", **what)
        )
