"""Three needle recordings: a healthy muscle, a muscle disease and a nerve disease."""

from functools import cache, cached_property
from typing import TYPE_CHECKING

import ipywidgets

from twitchlib import emg
from twitchlib.emg import Signal
from twitchlib.errors import UnreadableError
from twitchlib.figures import emg as figures
from twitchlib.markup import each, html
from twitchlib.messages import gettext as _
from twitchlib.widgets._known import first
from twitchlib.widgets.emg_lab.settings import NEEDLE, analysed
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import button, buttons, facing, stack, stage
from twitchlib.widgets.prose import Prose, alert

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["CompareRecordings"]


class CompareRecordings(ipywidgets.VBox):
    """Show stand-ins at first, and the real recordings on request if they can be fetched."""

    def __init__(self) -> None:
        self._note = Prose()
        plots = cache(self._plots)
        self._views = [FigureView(lambda: plots()[0]), FigureView(lambda: plots()[1])]
        first(self._show_source, None)
        super().__init__(
            [
                facing(
                    stack(
                        buttons(
                            button(_("Fetch the real recordings"), self.fetch),
                            button(_("Show the stand-ins"), self.stand_in),
                        ),
                        self._note,
                    ),
                    stage(self._views, [_("One scale"), _("Each its own scale")]),
                )
            ],
            _dom_classes=("tw-dashboard",),
        )

    @cached_property
    def signals(self) -> list[Signal]:
        """The recordings on display."""
        return _stand_ins()

    def fetch(self) -> None:
        """Fetch the three from PhysioNet; if that fails, say so and change nothing else."""
        try:
            self._take([example.fetch(self._show_progress) for example in emg.examples().values()])
        except UnreadableError as error:
            self._show_source(str(error))

    def stand_in(self) -> None:
        """Return to the synthetic stand-ins."""
        self._take(_stand_ins())

    def _take(self, signals: list[Signal]) -> None:
        self.signals = signals
        for view, figure in zip(self._views, self._plots(), strict=True):
            view.show(figure)
        self._show_source()

    def _plots(self) -> "list[Figure]":
        analyses = [analysed(signal, NEEDLE) for signal in self.signals]
        return [figures.plot_signals(analyses, one_scale=one_scale) for one_scale in (True, False)]

    def _show_progress(self, words: str) -> None:
        self._note.html = html('<p role="status">{}</p>', words)

    def _show_source(self, problem: str = "") -> None:
        notes = each("<li>{}</li>", (signal.note for signal in self.signals))
        self._note.html = alert(problem) + html("<ul>{}</ul>", notes)


def _stand_ins() -> list[Signal]:
    return [example.simulate(seed=1) for example in emg.examples().values()]
