"""The layout of a dashboard: parts stand side by side where there is room.

Their style reaches the page with `prose.Prose`.
"""

from collections.abc import Callable

import ipywidgets

__all__ = ["beside", "button", "buttons", "stack"]


def beside(*parts: ipywidgets.Widget) -> ipywidgets.Box:
    """Put parts side by side; on a narrow page they follow each other."""
    return _styled(ipywidgets.Box(list(parts)), "tw-beside")


def stack(*parts: ipywidgets.Widget) -> ipywidgets.Box:
    """Put parts one below the other."""
    return _styled(ipywidgets.VBox(list(parts)), "tw-stack")


def buttons(*parts: ipywidgets.Widget) -> ipywidgets.Box:
    """Put buttons in a row."""
    return _styled(ipywidgets.Box(list(parts)), "tw-buttons")


def button(label: str, action: Callable[[], None]) -> ipywidgets.Button:
    """Return a button that runs `action`."""
    widget = ipywidgets.Button(description=label, layout={"width": "auto"})
    widget.on_click(lambda _: action())
    widget.add_class("tw-button")
    return widget


def _styled(box: ipywidgets.Box, name: str) -> ipywidgets.Box:
    box.add_class(name)
    return box
