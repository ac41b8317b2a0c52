"""A text that the reader's own browser saves as a file; the server keeps nothing of it."""

import anywidget
import traitlets

from twitchlib.widgets._panel import STYLE, script

__all__ = ["Download"]


class Download(anywidget.AnyWidget):
    """A button that saves a text as a file.

    Parameters
    ----------
    label : str
        Text of the button.
    filename : str
        Name offered for the file.
    kind : str
        Media type of the text, such as ``"text/html"``.

    Attributes
    ----------
    text : str
        What is saved. Empty: there is nothing to save, and the button says so by being disabled.
    """

    _esm = script("panel.js", "download.js")
    _css = STYLE
    _label = traitlets.Unicode().tag(sync=True)
    _filename = traitlets.Unicode().tag(sync=True)
    _kind = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)

    def __init__(self, label: str, filename: str, kind: str = "text/plain") -> None:
        super().__init__(_label=label, _filename=filename, _kind=kind)
