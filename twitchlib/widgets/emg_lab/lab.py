"""The EMG lab: choose a recording, filter it, find events, measure them, and name it."""

from functools import cached_property
from typing import TYPE_CHECKING

import ipywidgets

from twitchlib.emg import Analysis, Signal
from twitchlib.errors import NotAllowedError, UnreadableError
from twitchlib.figures import emg as figures
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.quantity import choices, describe
from twitchlib.widgets._known import first, later
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.emg_lab import result, sources
from twitchlib.widgets.emg_lab.at_rest import AtRest
from twitchlib.widgets.emg_lab.settings import HINTS, Settings, analysed
from twitchlib.widgets.emg_lab.signal_file import SignalFile
from twitchlib.widgets.emg_lab.sources import HINT, Wanted
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import facing, stack, stage
from twitchlib.widgets.page_link import Address
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose, alert, shown_code

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["EmgLab"]


class EmgLab(ipywidgets.VBox):
    """Any EMG, from raw trace to a name with its reasons.

    Attributes
    ----------
    wanted : Controls
        The choice of recording.
    file : SignalFile
        The reader's own recording; once opened, it is the one shown.
    settings : Controls
        Filter, detector, and the part to show.
    address : Address
        Holds the choice of recording and the settings.
    """

    def __init__(self) -> None:
        self.wanted: Controls[Wanted] = Controls(
            Wanted,
            groups={"": ["source", "seed"]},
            hints={
                "source": HINT,
                "seed": _("Another number gives another recording of the same kind."),
            },
        )
        self.file = SignalFile()
        self.settings: Controls[Settings] = Controls(
            Settings,
            groups={
                _("Filter and find"): ["low_hz", "high_hz", "evidence", "merge_ms"],
                _("Which part to show"): ["start_s", "shown_s"],
            },
            hints=HINTS,
        )
        self._own = False
        self._source_note, self._problem = Prose(), Prose()
        self._result, self._code = Prose(), Prose()
        self._figure = FigureView(self._plot)
        # A link may also set the needle at rest on the same page.
        self.address = Address(elsewhere={*describe(AtRest), *choices(AtRest)})
        self.wanted.on_change(lambda _wanted: self._load())
        self.file.on_change(self._open)
        self.settings.on_change(lambda _settings: self._analyse())
        self.address.add(self.wanted)
        self.address.add(self.settings)
        first(self._show_source, None)
        first(self._show, None)
        later(lambda: self.found)
        super().__init__(
            [
                self.address.problems,
                privacy(),
                facing(
                    stack(self.wanted, self._source_note, self.file, self.settings, self._problem),
                    stage([self._figure]),
                    self._result,
                    self.address.link,
                ),
                self._code,
            ],
            _dom_classes=("tw-dashboard",),
        )

    @cached_property
    def signal(self) -> Signal:
        """The recording on display, at first a synthetic one."""
        return sources.synthetic(self.wanted.value)

    @cached_property
    def found(self) -> Analysis:
        """The events found in the recording, and its classification."""
        return analysed(self.signal, self.settings.value)

    def _load(self) -> None:
        self._own = False
        problem = ""
        try:
            self.signal = sources.load(self.wanted.value, self._show_progress)
        except UnreadableError as error:
            self.signal = sources.synthetic(self.wanted.value)
            problem = _("{error} It is shown instead.", error=error)
        self._show_source(problem)
        self._analyse()

    def _open(self, signal: Signal | None) -> None:
        if signal is not None:
            self._own, self.signal = True, signal
            self._show_source()
            self._analyse()

    def _show_progress(self, words: str) -> None:
        self._source_note.html = html('<p role="status">{}</p>', words)

    def _show_source(self, problem: str = "") -> None:
        signal = self.signal
        said = _(
            "{note} {duration_s:.3g} s at {sample_hz:,.6g} samples a second.",
            note=signal.note,
            duration_s=signal.duration_s,
            sample_hz=signal.sample_hz,
        )
        self._source_note.html = alert(problem) + html("<p>{}</p>", said)

    def _analyse(self) -> None:
        try:
            self.found = analysed(self.signal, self.settings.value)
        except NotAllowedError as error:
            said = _("{error}. The last result stays.", error=error)
            self._problem.html = alert(said)
            return
        self._problem.html = ""
        self._figure.show(self._plot())
        self._show()

    def _plot(self) -> "Figure":
        settings = self.settings.value
        return figures.plot_detection(
            self.found.detection, start_s=settings.start_s, shown_s=settings.shown_s
        )

    def _show(self) -> None:
        self._result.html = result.markup(self.found.classification)
        self._code.html = shown_code("tw-emg-lab-code", self._shown_code())

    def _shown_code(self) -> str:
        settings = self.settings.value
        made = "signal = emg.read(...)" if self._own else sources.code(self.wanted.value)
        return (
            "from twitchlib import emg, figures, twitches\n\n"
            f"{made}\n"
            f"found = emg.analyse(signal, low_hz={settings.low_hz:g}, "
            f"high_hz={settings.high_hz:g}, evidence={settings.evidence:g}, "
            f"merge_ms={settings.merge_ms:g})\n"
            "print(found.classification.sentence)\n"
            f"figures.emg.plot_detection(found.detection, start_s={settings.start_s:g}, "
            f"shown_s={settings.shown_s:g})"
        )
