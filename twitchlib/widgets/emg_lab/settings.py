"""The settings for analysing an EMG, and the analysis."""

from dataclasses import dataclass
from typing import Final

from twitchlib import emg
from twitchlib.emg.detector import Detector
from twitchlib.emg.filtering import HIGH_HZ, LOW_HZ
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.widgets.controls import setting

__all__ = ["HINTS", "NEEDLE", "Settings", "analysed"]

_DETECTOR: Final = describe(Detector)
_CORNER: Final = "20 Hz: De Luca 2010, doi:10.1016/j.jbiomech.2010.01.027"


@dataclass(frozen=True)
class Settings(Quantities):
    """How to analyse a recording: which frequencies pass, how sure to be, which part to show."""

    low_hz: float = quantity(
        LOW_HZ, _("Nothing slower than"), unit="Hz", low=1, high=200, step=1, source=_CORNER
    )
    high_hz: float = quantity(
        HIGH_HZ, _("Nothing faster than"), unit="Hz", low=50, high=1900, step=10,
        source=_("Chosen for teaching"), illustrative=True,
    )  # fmt: skip
    evidence: float = quantity(
        _DETECTOR["evidence"].default, _("How sure to be"), unit="", low=_DETECTOR["evidence"].low,
        high=_DETECTOR["evidence"].high, step=1, source=_DETECTOR["evidence"].source,
        illustrative=True,
    )  # fmt: skip
    merge_ms: float = quantity(
        _DETECTOR["merge_ms"].default, _("Join events closer than"), unit="ms", low=0, high=250,
        step=5, source=_DETECTOR["merge_ms"].source, illustrative=True,
    )  # fmt: skip
    start_s: float = setting(0, _("Show from"), unit="s", low=0, high=600, step=0.5)
    shown_s: float = setting(4, _("Length shown"), unit="s", low=0.2, high=60, step=0.2)


NEEDLE: Final = Settings(high_hz=1900)
"""For a needle, which picks up faster waves than electrodes on the skin."""

HINTS: Final = {
    "low_hz": _("Slower waves come from movement of the skin and the wires."),
    "high_hz": _("At most half the sampling rate can be seen at all."),
    "evidence": _("Low: noise is taken for events. High: weak events are missed."),
}


def analysed(signal: emg.Signal, settings: Settings) -> emg.Analysis:
    """Return the analysis of a recording with these settings.

    Raises
    ------
    NotAllowedError
        If the filter's corner frequencies do not fit each other or the sampling rate.
    """
    return emg.analyse(
        signal,
        low_hz=settings.low_hz,
        high_hz=settings.high_hz,
        evidence=settings.evidence,
        merge_ms=settings.merge_ms,
    )
