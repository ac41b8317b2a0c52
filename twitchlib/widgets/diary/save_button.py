"""A button that has the browser save a file, so that nothing is written where a kernel runs."""

import logging
from collections.abc import Callable

import anywidget
import traitlets

from twitchlib.widgets._panel import STYLE, script

__all__ = ["SaveButton"]

_log = logging.getLogger(__name__)


class SaveButton(anywidget.AnyWidget):
    """A button that asks for a file when it is pressed, and saves it where the browser does.

    Unlike `twitchlib.widgets.download.Download`, whose text lies in the state of the page, this
    makes the file when it is asked for: a diary and its report are large, and nobody else's.

    Parameters
    ----------
    label : str
        What the button says.
    name : str
        Name of the file.
    make : callable
        Returns what is in the file. Where it fails that is logged, and the reader is told.
    """

    _esm = script("panel.js", "save_button.js")
    _css = STYLE
    _label = traitlets.Unicode().tag(sync=True)
    _name = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, name: str, make: Callable[[], bytes]) -> None:
        self._make = make
        super().__init__(_label=label, _name=name)
        self.on_msg(self._answer)

    def _answer(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("file") != "wanted":
            return
        try:
            data = self._make()
        except Exception:  # noqa: BLE001 - whatever the page's own code raises
            _log.exception("a file for downloading could not be made")
            self.send({"file": "failed"})
        else:
            self.send({"file": "here"}, buffers=[data])
