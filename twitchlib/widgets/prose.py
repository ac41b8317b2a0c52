"""Text made from a result: headings, lists and details that stay open while it changes."""

from html import escape
from pathlib import Path
from typing import Final

import anywidget
import traitlets

from twitchlib.messages import gettext as _
from twitchlib.palette import css

__all__ = ["Prose", "link", "shown_code", "text"]

_JS: Final = Path(__file__).parent / "js"


class Prose(anywidget.AnyWidget):
    """A piece of HTML on the page.

    Unlike ``ipywidgets.HTML`` it brings the course's style with it, and what a reader has
    unfolded stays unfolded when the text changes under it.

    Parameters
    ----------
    html : str
        Markup made by this package. Anything that came from outside must have gone through
        `text` first.
    """

    _esm = _JS / "prose.js"
    _css = css() + (_JS / "page.css").read_text(encoding="utf-8")

    html = traitlets.Unicode("").tag(sync=True)

    def __init__(self, html: str = "") -> None:
        super().__init__(html=html)


def text(value: object) -> str:
    """Return a value as text that is safe inside markup."""
    return escape(str(value), quote=True)


def link(address: str, words: str) -> str:
    """Return a link that opens beside the lesson; only the words where there is no address."""
    if not address:
        return text(words)
    return f'<a href="{text(address)}" target="_blank" rel="noopener noreferrer">{text(words)}</a>'


def shown_code(anchor: str, code: str) -> str:
    """Return "Show the code": folded, and within reach of the keyboard where it has to scroll.

    Parameters
    ----------
    anchor : str
        Identifier of this piece on its page.
    code : str
        Code that makes what is shown.
    """
    return (
        f'<details id="{text(anchor)}"><summary>{_("Show the code")}</summary>'
        f'<pre tabindex="0"><code>{text(code)}</code></pre>'
        "</details>"
    )
