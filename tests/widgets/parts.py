"""What the tests do with a dashboard: find its parts, send it changes and run its code."""

import html
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import ipywidgets
from markupsafe import escape

from twitchlib.widgets._panel import Panel
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.figure_view import FigureView, flatten
from twitchlib.widgets.page_link import Address
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.tour import Tour

W = TypeVar("W", bound=ipywidgets.Widget)


def every(widget: ipywidgets.Widget, kind: type[W]) -> Iterator[W]:
    """Yield the parts of one kind, in order."""
    if isinstance(widget, kind):
        yield widget
    for part in getattr(widget, "children", ()):
        yield from every(part, kind)


def the(widget: ipywidgets.Widget, kind: type[W]) -> W:
    """Return the only part of one kind."""
    (part,) = every(widget, kind)
    return part


def button(widget: ipywidgets.Widget, label: str) -> ipywidgets.Button:
    """Return the button labelled `label`."""
    (one,) = (b for b in every(widget, ipywidgets.Button) if b.description == label)
    return one


def send(panel: Panel[Any], edit: object, turn: str = "t1") -> dict[str, Any]:
    """Send a change as the browser does; return the state that answers it."""
    panel._receive(panel, {"turn": turn, "edit": edit}, [])
    shown: dict[str, Any] = panel._shown
    assert shown["answers"] == turn
    return shown


def whole(tour: Tour) -> Tour:
    """Return a tour as on a page, with every stop made."""
    for name in tour.stops:
        getattr(tour, name)
    return tour


def said(view: FigureView) -> str:
    """Return the sentence below a figure."""
    sentence: str = view.get_state()["layout.meta"]["description"]
    return sentence


def address(dashboard: Dashboard[Any, Any]) -> Address:
    """Return the `Address` that holds a dashboard's settings."""
    assert dashboard.address
    return dashboard.address


def text(value: object) -> str:
    """Return a text as it appears in markup."""
    return str(escape(value))


def shown_code(dashboard: Dashboard[Any, Any]) -> str:
    """Return the shown code, as copied."""
    return copied(dashboard.code)


def copied(prose: Prose) -> str:
    """Return the code in a text, as copied."""
    match = re.search("<code>(.*)</code>", prose.html, re.DOTALL)
    assert match
    return html.unescape(match[1])


def reproduced(code: str) -> dict[str, Any]:
    """Run shown code as a notebook cell; return the figure of its last line as leaves."""
    *before, last = code.splitlines()
    space: dict[str, Any] = {}
    exec("\n".join(before), space)  # noqa: S102 - it is the page's own code
    return flatten(eval(last, space))  # noqa: S307
