"""The layout of a dashboard: parts side by side where there is room.

`prose.Prose` brings the style sheet to the page; for a stage, its figures do.
"""

from collections.abc import Callable, Sequence

import ipywidgets

from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.prose import Prose

__all__ = ["beside", "button", "buttons", "facing", "stack", "stage"]


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


def stage(
    figures: Sequence[FigureView],
    names: Sequence[str] = (),
    drawing: ipywidgets.Widget | None = None,
) -> ipywidgets.Box:
    """Put figures in a stage, which stays in view (see `facing`) and is no taller than the screen.

    Parameters
    ----------
    figures : sequence of FigureView
        One to three. Where there is no room for all, they become tabs.
    names : sequence of str
        A short name of each, for its tab.
    drawing : Widget, optional
        Goes above the first figure; on a narrow page it has its own tab.
    """
    names = names or [_("Graph")]
    tabs = {str(place): name for place, name in enumerate(names)}
    panes = [_styled(figure, "tw-pane", f"tw-pane-{place}") for place, figure in enumerate(figures)]
    if drawing is not None:
        tabs = {"drawing": _("Drawing")} | tabs
        panes.insert(0, _styled(drawing, "tw-pane", "tw-drawing"))
    box = _styled(ipywidgets.Box(panes), "tw-stage", f"tw-figures-{len(figures)}")
    if drawing is not None:
        box.add_class("tw-drawn")
    if len(panes) > 1:
        box.children = [_styled(Prose(_tabs(f"tw-{box.model_id}", tabs)), "tw-tabs"), *panes]
    return box


def facing(
    controls: ipywidgets.Widget, answer: ipywidgets.Box, *words: ipywidgets.Widget
) -> ipywidgets.Box:
    """Put controls beside the stage that answers them, or under it on a narrow page.

    Text about the stage's figures comes below the controls, followed by `words`. Whatever does not
    fit on the screen scrolls past, while the stage stays.
    """
    notes = _styled(ipywidgets.Box(), "tw-notes")
    said = _styled(ipywidgets.VBox([notes, *words]), "tw-said")
    # The stage stays only while something scrolls past beside it: leave it room below the last
    # control.
    asked_px = sum(part.height_px for part in answer.children if isinstance(part, FigureView))
    drawn = "tw-drawn" in answer._dom_classes
    height = "var(--tw-room)" if drawn else f"min({asked_px}px, var(--tw-room))"
    said.layout.min_height = f"calc(var(--tw-stay, 0) * {height})"
    return _styled(ipywidgets.Box([answer, _styled(controls, "tw-asked"), said]), "tw-facing")


def _tabs(name: str, labels: dict[str, str]) -> Markup:
    """Return tabs for the panes; the style sheet alone shows the chosen one, without a script."""
    first = next(value for value in labels if value != "drawing")
    return html(
        '<div role="radiogroup" aria-label="{}">{}</div>',
        _("What to look at"),
        each(
            '<label><input type="radio" name="{}" value="{}"{}><span>{}</span></label>',
            (
                (name, value, Markup(" checked") if value == first else "", label)
                for value, label in labels.items()
            ),
        ),
    )


def _styled(box: ipywidgets.DOMWidget, *names: str) -> ipywidgets.DOMWidget:
    for name in names:
        box.add_class(name)
    return box
