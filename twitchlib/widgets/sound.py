"""A recording to listen to: the EMG as a sound, and what it sounds like in words.

Nothing plays by itself. The sound is made when somebody asks for it, so a slider that changes the
recording pays for its words alone.
"""

from collections.abc import Mapping
from typing import Any, Final

import traitlets

from twitchlib.figures.twitches import transcript, wav
from twitchlib.twitches import Recording
from twitchlib.widgets._panel import Scripted

__all__ = ["Sound"]

_LOUDNESS: Final = 0.3


class Sound(Scripted):
    """A button that plays the EMG of a recording, a volume, and the sound in words.

    It starts softly, stops when the page or the recording goes out of sight, and no two sounds
    of a page play at once.

    Parameters
    ----------
    recording : Recording
        What to listen to.
    """

    _scripts = ("sound.js",)
    _clip = traitlets.Dict().tag(sync=True)

    def __init__(self, recording: Recording) -> None:
        self._version = 0
        self._recording = recording
        super().__init__(_clip=self._described())

    def offer(self, recording: Recording) -> None:
        """Put another recording in place of the one there was; what plays stops."""
        self._version += 1
        self._recording = recording
        self._clip = self._described()

    def _described(self) -> dict[str, Any]:
        return {
            "version": self._version,
            "seconds": self._recording.duration_s,
            "words": transcript(self._recording),
            "loudness": _LOUDNESS,
        }

    def _hear(self, asked: Mapping[str, Any]) -> None:
        if asked["wanted"] == self._version:
            sound = wav(self._recording.emg_mv, self._recording.sample_hz)
            self.send({"sound": self._version}, buffers=[sound])
