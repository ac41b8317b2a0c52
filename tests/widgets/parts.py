"""Finding the parts of a dashboard as a reader would."""

import html
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import ipywidgets
from markupsafe import escape

from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.page_link import Address

W = TypeVar("W", bound=ipywidgets.Widget)


def every(widget: ipywidgets.Widget, kind: type[W]) -> Iterator[W]:
    """Yield the parts of a kind, in order."""
    if isinstance(widget, kind):
        yield widget
    for part in getattr(widget, "children", ()):
        yield from every(part, kind)


def the(widget: ipywidgets.Widget, kind: type[W]) -> W:
    """Return the only part of a kind."""
    (part,) = every(widget, kind)
    return part


def button(widget: ipywidgets.Widget, label: str) -> ipywidgets.Button:
    """Return the button labelled `label`."""
    (one,) = (b for b in every(widget, ipywidgets.Button) if b.description == label)
    return one


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
    match = re.search("<code>(.*)</code>", dashboard.code.html, re.DOTALL)
    assert match
    return html.unescape(match[1])
