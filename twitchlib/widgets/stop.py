"""What every stop of a tour shares: controls, figures, a state to compare with, and the code."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

import ipywidgets

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.widgets.controls import Controls, Preset
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, button, buttons, stack
from twitchlib.widgets.prose import Prose, shown_code

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Stop"]

Q = TypeVar("Q", bound=Quantities)
R = TypeVar("R")


class Stop(ipywidgets.VBox, Generic[Q, R]):
    """A dashboard with a model behind it.

    A subclass gives `_run`, `_figures` and `_shown_code`. The first figure stands beside the
    controls; below it follows what `_beneath` gives, then other figures.

    Parameters
    ----------
    settings_cls : type
        The dataclass whose fields are the controls.
    presets : sequence of Preset
        Examples to start from.
    healthy : Mapping of str to (float, float), optional
        Range marked as ordinary on the track, by field.
    hints : Mapping of str to str, optional
        A short remark under a control, by field.

    Attributes
    ----------
    controls : Controls
        The sliders; ``controls.value`` are the present settings.
    presets : dict of str to Quantities
        The examples, by the name that a link gives them.
    result
        What the model made of the present settings.
    kept
        An earlier result, drawn as a faint line: what the lesson starts from, until the reader
        keeps another.
    """

    _compares: ClassVar[bool] = True
    """Whether it makes sense to keep a state and compare others with it."""

    def __init__(
        self,
        settings_cls: type[Q],
        *,
        presets: Sequence[Preset[Q]] = (),
        healthy: Mapping[str, tuple[float, float]] | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        self.controls: Controls[Q] = Controls(
            settings_cls, presets=presets, healthy=healthy, hints=hints
        )
        self.presets = {preset.id: preset.value for preset in presets}
        self.result = self._run(self.controls.value)
        self.kept, self._kept_settings = self.result, self.controls.value
        self._views = [FigureView(figure) for figure in self._drawn()]
        first, *others = self._views
        shown = stack(first, *self._beneath(), *others, *self._comparison())
        self._code = Prose()
        self._listeners: list[Callable[[], object]] = []
        self._show_code()
        self.controls.on_change(lambda _settings: self._refresh())
        super().__init__(
            [
                beside(*self._columns(shown)),
                self._code,
            ],
            _dom_classes=("tw-dashboard",),
        )

    def _run(self, settings: Q) -> R:
        """Run the model."""
        raise NotImplementedError

    def _figures(self, result: R, before: R | None) -> Sequence["Figure"]:
        """Draw a result, and an earlier one faintly."""
        raise NotImplementedError

    def _shown_code(self, settings: Q) -> str:
        """Return code that makes what is shown, the last line being the first figure."""
        raise NotImplementedError

    def _columns(self, shown: ipywidgets.Widget) -> Sequence[ipywidgets.Widget]:
        """Return what stands side by side, and on a phone one below the other."""
        return (self.controls, shown)

    def _beneath(self) -> Sequence[ipywidgets.Widget]:
        """Return what stands below the first figure."""
        return ()

    def _comparison(self) -> Sequence[ipywidgets.Widget]:
        if not self._compares:
            return ()
        return (buttons(button(_("Compare with this from now on"), self._keep)),)

    def on_change(self, listener: Callable[[], object]) -> None:
        """Have `listener` called after each change, when the page shows it."""
        self._listeners.append(listener)

    def _drawn(self) -> Sequence["Figure"]:
        differs = self._compares and self.controls.value != self._kept_settings
        return self._figures(self.result, self.kept if differs else None)

    def _refresh(self) -> None:
        self.result = self._run(self.controls.value)
        self._redraw()
        self._show_code()
        for listener in self._listeners:
            listener()

    def _keep(self) -> None:
        self.kept, self._kept_settings = self.result, self.controls.value
        self._redraw()

    def _redraw(self) -> None:
        for view, figure in zip(self._views, self._drawn(), strict=True):
            view.show(figure)

    def _show_code(self) -> None:
        code = self._shown_code(self.controls.value)
        self._code.html = shown_code(f"tw-code-{type(self).__name__}", code)
