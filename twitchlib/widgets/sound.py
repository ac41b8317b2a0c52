"""A recording to listen to: the EMG as sound, and a description of that sound in words.

Nothing plays on its own. The sound is made on request, so a slider that changes the recording only
updates the words.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

import traitlets

from twitchlib.arrays import FloatArray
from twitchlib.figures.twitches import transcript, wav
from twitchlib.widgets._known import first
from twitchlib.widgets._panel import Scripted

__all__ = ["Sound"]

_LOUDNESS: Final = 0.3


class Playable(Protocol):
    """A recording that can be played."""

    @property
    def emg_mv(self) -> FloatArray:
        """The EMG."""

    @property
    def sample_hz(self) -> float:
        """Its sampling rate."""

    @property
    def duration_s(self) -> float:
        """Its length."""


class Sound(Scripted):
    """A button that plays the EMG of a recording, a volume, and the sound in words.

    It starts softly and stops when the page or the recording goes out of sight; only one sound on
    a page plays at a time.

    Parameters
    ----------
    recording : callable
        Returns the recording to listen to (`Playable`), when it is needed.
    clock : str
        The `clock` of a `BodyView` that is to follow the sound; empty for none.
    words : callable
        ``words(recording) -> str``: the sound in words.
    """

    _scripts = ("clock.js", "sound.js")
    _clip = traitlets.Dict().tag(sync=True)
    clock = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        recording: Callable[[], Any],
        clock: str = "",
        words: Callable[[Any], str] = transcript,
    ) -> None:
        self._version = 0
        self._words = words
        self._find: Callable[[], Playable] = recording
        nothing: dict[str, Any] = {}
        super().__init__(clock=clock, **first(lambda: {"_clip": self._described()}, nothing))

    def offer(self) -> None:
        """Stop playing, and offer the new recording."""
        self._version += 1
        self._clip = first(self._described, {})

    def _described(self) -> dict[str, Any]:
        recording = self._find()
        return {
            "version": self._version,
            "seconds": recording.duration_s,
            "words": self._words(recording),
            "loudness": _LOUDNESS,
        }

    def _hear(self, request: Mapping[str, Any]) -> None:
        if request["wanted"] == self._version:
            recording = self._find()
            sound = wav(recording.emg_mv, recording.sample_hz)
            self.send({"sound": self._version}, buffers=[sound])
