"""A dashboard: settings, a model that runs on them, and its result as figures, words and code.

Examples
--------
>>> from twitchlib import risk
>>> from twitchlib.figures.risk import plot_levels
>>> week = Dashboard(
...     risk.Habits,
...     run=risk.assess,
...     figures=lambda _habits, found, _before: [plot_levels(found)],
...     words=lambda _habits, found: found.band.summary,
... )
>>> week.controls.set(sleep_h=4)
>>> week.result.band.word
'a factor or two'
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import ipywidgets

from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.scenes import Scene
from twitchlib.widgets._known import first, later
from twitchlib.widgets.body_view import BodyView
from twitchlib.widgets.changes import listed, still
from twitchlib.widgets.controls import Controls, Preset
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, button, buttons, facing, stack, stage
from twitchlib.widgets.page_link import Address
from twitchlib.widgets.prose import Prose, shown_code

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Dashboard", "side_by_side"]

Q = TypeVar("Q", bound=Quantities)
R = TypeVar("R")


def side_by_side(
    dashboard: "Dashboard[Any, Any]",
    beneath: Sequence[ipywidgets.Widget] = (),
    actions: Sequence[ipywidgets.Widget] = (),
    controls: Sequence[ipywidgets.Widget] = (),
) -> list[ipywidgets.Widget]:
    """Put the controls beside the figures, or under them on a narrow page, and the words below.

    Parameters
    ----------
    dashboard : Dashboard
        The dashboard whose parts to arrange.
    beneath : sequence of Widget
        Widgets below the words.
    actions : sequence of Widget
        Buttons for a row below the controls, since they change what the figures show.
    controls : sequence of Widget
        Further controls below those.
    """
    d = dashboard
    compare = (
        [button(_("Compare with this from now on"), d.keep), d.kept_note] if d.compares else []
    )
    row = [*actions, *compare]
    left = stack(d.controls, *([buttons(*row)] if row else []), *controls)
    words = [
        *([d.unmoved_note] if d.views else []),
        *([d.words] if d.words in d.said else []),
        *beneath,
        *([d.address.link] if d.address else []),
    ]
    problems = [d.address.problems] if d.address else []
    below = [prose for prose in (d.details, d.code) if prose in d.said]
    main = (
        facing(left, stage(d.views, d.names, d.body), *words)
        if d.views
        else beside(left, stack(*words))
    )
    return [*problems, main, *below]


class Dashboard(ipywidgets.VBox, Generic[Q, R]):
    """Controls, and the output for their settings.

    A dashboard is declared by its arguments, not by subclassing. Each function gets the current
    settings and the result of `run` for them.

    Parameters
    ----------
    settings_cls : type
        A frozen dataclass whose fields are described with `quantity` and `choice`: the controls.
    run : callable
        ``run(settings) -> result``: the model.
    figures : callable, optional
        ``figures(settings, result, before) -> list of plotly figures``, always the same number.
        ``before`` is the result to compare with, or None.
    scene : callable, optional
        ``scene(settings, result) -> Scene``: a moving drawing, above the figures. Figures with a
        `clock` in their ``layout.meta`` show the same moment.
    words : callable, optional
        ``words(settings, result) -> str``: the text below the first figure. Markup is made with
        `twitchlib.markup`; any other text is one paragraph.
    names : sequence of str
        Short names of the figures, needed if there are several: they become tabs where there is
        little room.
    details : callable, optional
        As `words`, for the text below everything else, as wide as the page.
    code : callable, optional
        ``code(settings) -> str``: code that reproduces the output; its last line gives the first
        figure or the result.
    presets : sequence of Preset
        Examples to start from.
    groups, healthy, hints : Mapping, optional
        Headings, healthy ranges and remarks, as for `Controls`.
    compares : bool
        Whether the initial result serves as ``before`` until the reader keeps another.
    unmoved : callable, optional
        ``unmoved(earlier result, result) -> str``: what a change of the settings left the same; by
        default, that the first figure has kept its title.
    address : bool or Address
        Whether the settings are written to the page's address and read from it, with a button
        that copies it; pass an `Address` for anything in between.
    arrange : callable
        ``arrange(dashboard) -> list of widgets``: lays out the parts and any other widgets.

    Attributes
    ----------
    controls : Controls
        ``controls.value`` holds the current settings; ``controls.set(…)`` changes some.
    views : list of FigureView
        The figures.
    body : BodyView or None
        The drawing.
    clock : str
        Name of the clock that drawing and figures follow, for a sound that follows it too.
    names : tuple of str
        Short names of the figures.
    words, details, code : Prose
        The texts, and the code.
    unmoved_note, kept_note : Prose
        What the last change left the same, and what later results are compared with.
    said : dict of Prose to callable
        The texts in use, and the function that makes each.
    """

    def __init__(
        self,
        settings_cls: type[Q],
        *,
        run: Callable[[Q], R],
        figures: Callable[[Q, R, R | None], Sequence["Figure"]] | None = None,
        scene: Callable[[Q, R], Scene] | None = None,
        names: Sequence[str] = (),
        words: Callable[[Q, R], str] | None = None,
        details: Callable[[Q, R], str] | None = None,
        code: Callable[[Q], str] | None = None,
        presets: Sequence[Preset[Q]] = (),
        groups: Mapping[str, Sequence[str]] | None = None,
        healthy: Mapping[str, tuple[float, float]] | None = None,
        hints: Mapping[str, str | Sequence[str]] | None = None,
        compares: bool = False,
        unmoved: Callable[[R, R], str] | None = None,
        address: bool | Address = False,
        arrange: Callable[["Dashboard[Q, R]"], Sequence[ipywidgets.Widget]] = side_by_side,
    ) -> None:
        self._run, self._figures, self._scene, self._unmoved = run, figures, scene, unmoved
        self.names = tuple(names)
        self._listeners: list[Callable[[], object]] = []
        self.controls: Controls[Q] = Controls(
            settings_cls, presets=presets, groups=groups, healthy=healthy, hints=hints
        )
        self.compares = compares
        self.address = Address() if address is True else address or None
        begin = self.controls.value
        self._find: Callable[[], R] = cache(partial(run, begin))
        self._find_kept: Callable[[], R] = self._find
        self._kept_settings = self._last = begin
        self.body = BodyView(lambda: scene(begin, self.result)) if scene else None
        self.clock = self.body.clock if self.body else str(self.controls.model_id)
        self._first_drawn = cache(partial(self._drawn, begin))
        figures_shown = max(1, len(self.names)) if figures else 0
        self.views = [
            FigureView(partial(_at, place, self._first_drawn), clock=self.clock)
            for place in range(figures_shown)
        ]
        self.unmoved_note, self.kept_note = Prose(), Prose()
        self.words, self.details, self.code = Prose(), Prose(), Prose()
        made = (self.words, words), (self.details, details), (self.code, code and _folded(code))
        self.said = {prose: say for prose, say in made if say}
        first(self._describe, None)
        later(self._find)
        later(self._first_drawn)
        self.controls.on_change(lambda _settings: self.refresh())
        if self.address:
            self.address.add(self.controls)
        super().__init__(arrange(self), _dom_classes=("tw-dashboard",))

    @property
    def result(self) -> R:
        """The model's result for the current settings, computed on first access."""
        return self._find()

    @result.setter
    def result(self, result: R) -> None:
        self._find = lambda: result

    @property
    def kept(self) -> R:
        """The result that later ones are compared with."""
        return self._find_kept()

    def on_change(self, listener: Callable[[], object]) -> None:
        """Call `listener` after each change, once the page shows it."""
        self._listeners.append(listener)

    def refresh(self) -> None:
        """Run the model again, after a change to the settings or anything else it depends on."""
        self._first_drawn()  # figures that remember earlier settings need the first ones too
        was, settings, headline = self._find, self._last, self._headline
        self.result = self._run(self.controls.value)
        self.redraw()
        self.unmoved_note.html = _status(self._stayed(was, settings, headline))
        for listener in self._listeners:
            listener()

    def redraw(self) -> None:
        """Draw and describe the current result again."""
        for view, figure in zip(self.views, self._drawn(self.controls.value), strict=True):
            view.show(figure)
        if self.body and self._scene:
            self.body.show(self._scene(self.controls.value, self.result))
        self._describe()

    def keep(self) -> None:
        """Compare with the current result from now on."""
        self._find_kept, self._kept_settings = self._find, self.controls.value
        settings = listed(self._kept_settings) or _("everything as it was at first")
        self.kept_note.html = _status(
            _(
                "Kept. The faint line, named “before”, is now this setting: {settings}.",
                settings=settings,
            )
        )
        self.unmoved_note.html = ""
        self.redraw()

    def _drawn(self, settings: Q) -> Sequence["Figure"]:
        differs = self.compares and settings != self._kept_settings
        before = self.kept if differs else None
        self._last = settings
        return self._figures(settings, self.result, before) if self._figures else ()

    @property
    def _headline(self) -> str:
        return self.views[0].title if self.views else ""

    def _stayed(self, was: Callable[[], R], settings: Q, headline: str) -> str:
        """Return what the last change left the same; empty if it changed what matters."""
        if settings == self.controls.value:
            return ""
        if self._unmoved:
            return self._unmoved(was(), self.result)
        if not headline or headline != self._headline:
            return ""
        return still(settings, self.controls.value, headline)

    def _describe(self) -> None:
        for prose, say in self.said.items():
            text = say(self.controls.value, self.result)
            prose.html = text if isinstance(text, Markup) else html("<p>{}</p>", text)


def _at(place: int, draw: Callable[[], Sequence["Figure"]]) -> "Figure":
    return draw()[place]


def _status(words: str) -> Markup:
    return html('<p class="tw-small" role="status">{}</p>', words) if words else Markup()


def _folded(code: Callable[[Q], str]) -> Callable[[Q, object], Markup]:
    return lambda settings, _result: shown_code(
        f"tw-code-{type(settings).__name__}", code(settings)
    )
