"""A recording opened from a reader's own file.

The browser passes the file to the kernel in a message, not in the widget's state, so a recording is
never saved with a notebook. Both sides refuse a file that is too large, the browser before sending.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from twitchlib.emg import Signal, read
from twitchlib.emg.contents import FORMATS
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.typed import quoted, read_number
from twitchlib.widgets._panel import Panel

__all__ = ["MOST_BYTES", "SignalFile"]

MOST_BYTES: Final = 6_000_000
"""The most that a page may send: in base64 it still fits into one message to the server."""

_UNITS: Final = ("V", "mV", "µV", "nV")
_MOST_BASE64: Final = 4 * MOST_BYTES // 3 + 64


class SignalFile(Panel[Signal | None]):
    """A button that opens an EMG, and fields for what the file does not say.

    Attributes
    ----------
    value : Signal or None
        The last recording that could be read. If a file cannot be read, the reason appears beside
        the button, and the previous recording stays.
    """

    _scripts = ("file_input.js", "signal_file.js")

    def __init__(self) -> None:
        self._signal: Signal | None = None
        self._files: dict[str, bytes] = {}
        self._said = {"unit": "", "sample_hz": "", "channel": ""}
        self._problem = ""
        super().__init__(
            {"most_bytes": MOST_BYTES, "formats": list(FORMATS), "units": list(_UNITS)}
        )

    @property
    def value(self) -> Signal | None:
        """The last recording that could be read."""
        return self._signal

    def load(self, files: Mapping[str, bytes], **said: str) -> None:
        """Read files as if the reader had chosen them.

        Parameters
        ----------
        files : Mapping of str to bytes
            Contents by name.
        **said : str
            ``unit``, ``sample_hz`` and ``channel``, as typed.
        """
        before = self.value
        self._files = dict(files)
        self._said |= said
        self._read()
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        for name in self._said:
            if isinstance(edit.get(name), str):
                self._said[name] = edit[name].strip()
        files = edit.get("files")
        if isinstance(files, dict):
            try:
                self._files = _decoded(files)
            except UnreadableError as error:
                self._refuse(", ".join(files), str(error))
                return
        if self._files:
            self._read()

    def _read(self) -> None:
        names = ", ".join(self._files)
        typed = self._said["sample_hz"]
        try:
            rate_hz = read_number(typed) if typed else None
        except NotAllowedError:
            why = _("{typed} is not a number of samples a second.", typed=quoted(typed))
            self._refuse(names, why)
            return
        try:
            signal = read(
                self._files,
                channel=self._said["channel"],
                unit=self._said["unit"],
                sample_hz=rate_hz,
            )
        except (UnreadableError, NotAllowedError) as error:
            self._refuse(names, str(error))
        else:
            # Once read, only the numbers are kept.
            self._signal, self._problem, self._files = signal, "", {}

    def _refuse(self, name: str, why: str) -> None:
        self._problem = _("{name} could not be opened. {why}", name=quoted(name), why=why)
        if self._signal:
            self._problem = _(
                "{problem} {name} stays open.",
                problem=self._problem,
                name=quoted(self._signal.name),
            )

    def _state(self) -> dict[str, Any]:
        shown = ""
        if self._signal and not self._problem:
            shown = _("{name} is open.", name=quoted(self._signal.name))
        return {"problem": self._problem, "opened": shown}


def _decoded(files: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files sent by a page, decoded.

    Raises
    ------
    UnreadableError
        If they are too large, or not base64.
    """
    texts = {name: data for name, data in files.items() if isinstance(data, str)}
    if sum(map(len, texts.values())) > _MOST_BASE64:
        raise UnreadableError(_("That is more than {most_mb:g} MB.", most_mb=MOST_BYTES / 1e6))
    try:
        if len(texts) == len(files):
            return {name: base64.b64decode(data, validate=True) for name, data in texts.items()}
    except (binascii.Error, ValueError):  # text that is not even ASCII raises ValueError
        pass
    raise UnreadableError(_("It did not arrive whole. Choose it again."))
