"""A diary opened from a reader's own file.

The browser passes the file to the kernel in a message, not in the widget's state, so a diary is
never saved with a notebook. Both sides refuse a file that is too large, the browser before sending.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final

from twitchlib.diary import Diary, parse
from twitchlib.diary.files import MOST_BYTES
from twitchlib.diary.problems import DAY_FIRST
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.typed import quoted
from twitchlib.widgets._panel import Panel

__all__ = ["DiaryFile"]

_MOST_BASE64: Final = 4 * (MOST_BYTES + 2) // 3 + 4


class DiaryFile(Panel[Diary | None]):
    """A button that opens a CSV file as a diary.

    Parameters
    ----------
    has_own : callable, optional
        Returns whether the page holds days that the reader added by hand: if so, a refusal says
        that they stay.

    Attributes
    ----------
    value : Diary or None
        The last diary that could be read. If a file cannot be read, the reason appears beside the
        button, and the previous diary stays.
    name : str
        Name of the file it came from.
    """

    _scripts = ("file_input.js", "diary_file.js")

    def __init__(self, has_own: Callable[[], bool] = lambda: False) -> None:
        self._has_own = has_own
        self._diary: Diary | None = None
        self._pending = b""
        self._pending_name = ""
        self._problem = ""
        self._ask_order = False
        self.name = ""
        super().__init__({"most_bytes": MOST_BYTES})

    @property
    def value(self) -> Diary | None:
        """The last diary that could be read."""
        return self._diary

    def load(self, name: str, data: bytes, *, day_first: bool | None = None) -> None:
        """Read a file as if the reader had chosen it.

        Parameters
        ----------
        name : str
            Name of the file.
        data : bytes
            Its contents.
        day_first : bool, optional
            As in `twitchlib.diary.parse`.
        """
        before = self.value
        self._read(name, data, day_first)
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        match edit:
            case {"name": str(name), "data": str(text)}:
                if len(text) > _MOST_BASE64:
                    self._refuse(name, _("It has more than {most:,} bytes.", most=MOST_BYTES))
                    return
                try:
                    data = base64.b64decode(text, validate=True)
                except (binascii.Error, ValueError):
                    self._refuse(name, _("It did not arrive whole. Choose it again."))
                else:
                    self._read(name, data, None)
            case {"day_first": bool(day_first)} if self._ask_order:
                self._read(self._pending_name, self._pending, day_first)

    def _read(self, name: str, data: bytes, day_first: bool | None) -> None:
        self._pending, self._pending_name, self._ask_order = b"", name, False
        try:
            self._diary = parse(data, day_first=day_first)
        except UnreadableError as error:
            self._refuse(name, str(error))
            if error.argument == DAY_FIRST:
                self._pending, self._ask_order = data, True
        else:
            self.name, self._problem = name, ""

    def _refuse(self, name: str, why: str) -> None:
        self._problem = _("{name} could not be opened. {why}", name=quoted(name), why=why)
        if self._diary:
            self._problem = _(
                "{problem} {name} stays open.", problem=self._problem, name=quoted(self.name)
            )
        elif self._has_own():
            self._problem = _("{problem} The days that you added stay.", problem=self._problem)

    def _state(self) -> dict[str, Any]:
        shown = ""
        if self._diary and not self._problem:
            shown = _("{name} is open.", name=quoted(self.name))
        return {"problem": self._problem, "ask_order": self._ask_order, "opened": shown}
