"""A button that has the browser save a file, so that nothing is written on the server."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from twitchlib.widgets._panel import Scripted

__all__ = ["Download"]

_log = logging.getLogger(__name__)


class Download(Scripted):
    """A button that requests a file when pressed; the browser saves it as usual.

    Parameters
    ----------
    label : str
        Label of the button.
    filename : str
        Suggested name of the file.
    kind : str
        Media type of the file, such as ``"text/html"``.
    make : callable
        Returns the contents of the file. If it fails, the error is logged and the reader is told.

    Attributes
    ----------
    ready : bool
        Whether there is something to save; until then the button is disabled.
    """

    _scripts = ("download.js",)
    _label = traitlets.Unicode().tag(sync=True)
    _filename = traitlets.Unicode().tag(sync=True)
    _kind = traitlets.Unicode().tag(sync=True)
    ready = traitlets.Bool(True).tag(sync=True)

    def __init__(
        self, label: str, filename: str, kind: str, make: Callable[[], bytes], *, ready: bool = True
    ) -> None:
        self._make = make
        super().__init__(_label=label, _filename=filename, _kind=kind, ready=ready)

    def _hear(self, request: Mapping[str, Any]) -> None:
        if request["file"] != "wanted":
            return
        try:
            data = self._make()
        except Exception:  # noqa: BLE001 - a page's own code may raise anything
            _log.exception("a file for downloading could not be made")
            self.send({"file": "failed"})
        else:
            self.send({"file": "here"}, buffers=[data])
