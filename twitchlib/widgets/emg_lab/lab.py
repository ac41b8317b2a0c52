"""The bench: choose a recording, filter it, find events, measure them, and see how it is named."""

from typing import TYPE_CHECKING

import ipywidgets

from twitchlib import emg
from twitchlib.emg import Classification, Detection, Signal, SignalError
from twitchlib.errors import NotAllowedError
from twitchlib.figures import emg as figures
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.emg_lab import sources
from twitchlib.widgets.emg_lab.analysis import HINTS, Analysis, analysed
from twitchlib.widgets.emg_lab.signal_file import SignalFile
from twitchlib.widgets.emg_lab.sources import HINT, Wanted
from twitchlib.widgets.emg_lab.told import told
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, stack
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
        Which recording to look at.
    file : SignalFile
        A recording of the reader's own; once opened it is the one that is shown.
    analysis : Controls
        Filter, detector, and the part that is shown.
    signal : Signal
        The recording that is shown.
    detection : Detection
        What was found in it.
    address : Address
        Brings back recording and settings.
    """

    def __init__(self) -> None:
        self.wanted: Controls[Wanted] = Controls(
            Wanted,
            groups={"": ["source", "seed"]},
            hints={
                "source": HINT,
                "seed": _("Another number makes another recording of its kind."),
            },
        )
        self.file = SignalFile()
        self.analysis: Controls[Analysis] = Controls(
            Analysis,
            groups={
                _("Filter and find"): ["low_hz", "high_hz", "evidence", "merge_ms"],
                _("Which part to show"): ["start_s", "shown_s"],
            },
            hints=HINTS,
        )
        self._own = False
        self.signal: Signal = sources.instead(self.wanted.value)
        self.detection: Detection = analysed(self.signal, self.analysis.value)
        self._source_note, self._problem = Prose(), Prose()
        self._result, self._code = Prose(), Prose()
        self._figure = FigureView(self._plot())
        self.address = Address()
        self.wanted.on_change(lambda _wanted: self._load())
        self.file.on_change(self._open)
        self.analysis.on_change(lambda _settings: self._analyse())
        self.address.add(self.wanted)
        self.address.add(self.analysis)
        self._tell_source()
        self._show()
        super().__init__(
            [
                self.address.problems,
                stack(self.wanted, self._source_note, self.file, privacy()),
                beside(
                    stack(self.analysis, self._problem),
                    stack(self._figure, self._result, self.address.link, self._code),
                ),
            ],
            _dom_classes=("tw-dashboard",),
        )

    def _load(self) -> None:
        self._own = False
        problem = ""
        try:
            self.signal = sources.load(self.wanted.value, self._tell)
        except SignalError as error:
            self.signal = sources.instead(self.wanted.value)
            problem = _("{error} It is shown instead.", error=error)
        self._tell_source(problem)
        self._analyse()

    def _open(self, signal: Signal | None) -> None:
        if signal is not None:
            self._own, self.signal = True, signal
            self._tell_source()
            self._analyse()

    def _tell(self, words: str) -> None:
        self._source_note.html = html('<p role="status">{}</p>', words)

    def _tell_source(self, problem: str = "") -> None:
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
            self.detection = analysed(self.signal, self.analysis.value)
        except NotAllowedError as error:
            said = _("{error}. The last result stays.", error=error)
            self._problem.html = alert(said)
            return
        self._problem.html = ""
        self._figure.show(self._plot())
        self._show()

    def _plot(self) -> "Figure":
        settings = self.analysis.value
        return figures.plot_detection(
            self.detection, start_s=settings.start_s, shown_s=settings.shown_s
        )

    def _classified(self) -> Classification:
        return emg.classify(emg.measure(self.detection))

    def _show(self) -> None:
        self._result.html = told(self._classified())
        self._code.html = shown_code("tw-emg-lab-code", self._shown_code())

    def _shown_code(self) -> str:
        settings = self.analysis.value
        made = "signal = emg.read(...)" if self._own else sources.code(self.wanted.value)
        return (
            "from twitchlib import emg, figures, twitches\n\n"
            f"{made}\n"
            f"clean = emg.bandpass(signal.emg_mv, signal.sample_hz, low_hz={settings.low_hz:g}, "
            f"high_hz={settings.high_hz:g})\n"
            f"detector = emg.Detector(evidence={settings.evidence:g}, "
            f"merge_ms={settings.merge_ms:g})\n"
            "found = emg.detect(clean, signal.sample_hz, detector)\n"
            "print(emg.classify(emg.measure(found)).sentence)\n"
            f"figures.emg.plot_detection(found, start_s={settings.start_s:g}, "
            f"shown_s={settings.shown_s:g})"
        )
