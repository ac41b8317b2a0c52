"""Finding what stands on a dashboard, as a reader finds it."""

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
    """Yield the parts of a kind, in the order in which they stand."""
    if isinstance(widget, kind):
        yield widget
    for part in getattr(widget, "children", ()):
        yield from every(part, kind)


def the(widget: ipywidgets.Widget, kind: type[W]) -> W:
    """Return the one part of a kind."""
    (part,) = every(widget, kind)
    return part


def button(widget: ipywidgets.Widget, label: str) -> ipywidgets.Button:
    """Return the button that says `label`."""
    (one,) = (b for b in every(widget, ipywidgets.Button) if b.description == label)
    return one


def said(view: FigureView) -> str:
    """Return the sentence below a figure."""
    sentence: str = view.get_state()["layout.meta"]["description"]
    return sentence


def address(dashboard: Dashboard[Any, Any]) -> Address:
    """Return what keeps the settings in the page's address."""
    assert dashboard.address
    return dashboard.address


def text(value: object) -> str:
    """Return what stands in markup for a text."""
    return str(escape(value))


def shown_code(dashboard: Dashboard[Any, Any]) -> str:
    """Return the code that is shown, as somebody copies it."""
    match = re.search("<code>(.*)</code>", dashboard.code.html, re.DOTALL)
    assert match
    return html.unescape(match[1])
