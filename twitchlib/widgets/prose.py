"""Text made from a result: headings, lists, and details that stay open when the text changes."""

from collections.abc import Mapping

import anywidget
import traitlets

from twitchlib.markup import Markup, html, remade
from twitchlib.messages import gettext as _
from twitchlib.widgets._known import state_of
from twitchlib.widgets._panel import script, style

__all__ = ["Prose", "alert", "shown_code"]


class Prose(anywidget.AnyWidget):
    """A piece of HTML on the page.

    Unlike ``ipywidgets.HTML`` it brings the course's style with it, and what a reader has
    unfolded stays unfolded when the text changes under it.

    Parameters
    ----------
    html : str
        `Markup` made with `twitchlib.markup`; anything else is shown as plain text.

    Examples
    --------
    >>> Prose("a < b").html
    'a &lt; b'
    """

    _esm = script("prose.js")
    _css = style("page.css", "lab.css")

    html = traitlets.Unicode("").tag(sync=True)

    def __init__(self, html: str = "") -> None:
        super().__init__(html=html)
        if state := state_of(self):
            self.html = remade(state["html"])

    @traitlets.validate("html")
    def _safe(self, proposal: Mapping[str, object]) -> str:
        return str(html("{}", proposal["value"]))


def alert(problem: str) -> Markup:
    """Return a problem as an alert, announced at once; empty if there is none."""
    return html('<p class="tw-problem" role="alert">{}</p>', problem) if problem else Markup()


def shown_code(anchor: str, code: str) -> Markup:
    """Return "Show the code", folded, and scrollable with the keyboard.

    Parameters
    ----------
    anchor : str
        Id of the element, unique on its page.
    code : str
        Code that reproduces the output.
    """
    return html(
        '<details id="{}"><summary>{}</summary><pre tabindex="0"><code>{}</code></pre></details>',
        anchor,
        _("Show the code"),
        code,
    )
