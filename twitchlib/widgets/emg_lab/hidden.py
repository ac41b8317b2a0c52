"""A hidden recording: find its fasciculations by setting the detector, then be told how well."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import ipywidgets

from twitchlib import emg, twitches
from twitchlib.emg import Detection, Match
from twitchlib.emg.detector import Detector
from twitchlib.figures import emg as figures
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, button, buttons, stack
from twitchlib.widgets.prose import Prose, text

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["HiddenRecording", "Search"]

LENGTH_S = 40.0
NOISE_UV = 90.0
_CHOSEN = _("Chosen by the reader")


@dataclass(frozen=True)
class Search(Quantities):
    """How to search."""

    evidence: float = quantity(
        6, _("How sure to be"), unit="", low=5, high=50, step=1, source=_CHOSEN,
        illustrative=True,
    )  # fmt: skip
    shortest_ms: float = quantity(
        3, _("Leave out what is shorter than"), unit="ms", low=0, high=60, step=1,
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip
    merge_ms: float = quantity(
        Detector().merge_ms, _("Join events closer than"), unit="ms", low=0, high=250, step=5,
        source=_CHOSEN, illustrative=True,
    )  # fmt: skip


class HiddenRecording(ipywidgets.VBox):
    """Single potentials in much noise, whose true times only the model knows.

    Attributes
    ----------
    controls : Controls
        How to search.
    seed : int
        Which recording it is.
    revealed : bool
        Whether the truth is shown.
    """

    def __init__(self) -> None:
        self.controls: Controls[Search] = Controls(Search)
        self.seed = 1
        self.revealed = False
        self._make()
        self._figure = FigureView(self._plot())
        self._said = Prose()
        self._say()
        self.controls.on_change(lambda _search: self._refresh())
        super().__init__(
            [
                beside(
                    stack(
                        self.controls,
                        buttons(
                            button(_("How well did I do?"), self.reveal),
                            button(_("Another recording"), self.another),
                        ),
                    ),
                    stack(self._figure, self._said),
                )
            ],
            _dom_classes=("tw-dashboard",),
        )

    @property
    def detection(self) -> Detection:
        """What the present settings find."""
        return emg.detect(self._clean, **asdict(self.controls.value))

    @property
    def match(self) -> Match:
        """How that compares with what really happened."""
        return Match(self.detection.onset_s, [event.onset_s for event in self._made.events])

    def reveal(self) -> None:
        """Show what really happened."""
        self.revealed = True
        self._refresh()

    def another(self) -> None:
        """Hide another recording."""
        self.seed += 1
        self.revealed = False
        self._make()
        self._refresh()

    def _make(self) -> None:
        self._made = twitches.simulate(
            "fasciculation", seed=self.seed, duration_s=LENGTH_S, preset="disease_strong",
            noise_uv=NOISE_UV,
        )  # fmt: skip
        self._clean = emg.bandpass(self._made)

    def _refresh(self) -> None:
        self._figure.show(self._plot())
        self._say()

    def _plot(self) -> "Figure":
        if self.revealed:
            return figures.plot_match(self.detection, self.match, start_s=0, shown_s=LENGTH_S)
        return figures.plot_detection(self.detection, start_s=0, shown_s=LENGTH_S)

    def _say(self) -> None:
        said = self.match.sentence if self.revealed else _("The truth is still hidden.")
        self._said.html = (
            f'<div aria-live="polite"><p><strong>{text(said)}</strong></p></div>'
            f"<p>{text(self._made.note)}</p>"
        )
