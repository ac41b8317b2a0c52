"""The whole analysis in one call: filter an EMG, detect events, measure them, name the trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from twitchlib.emg.classification import Classification, classify
from twitchlib.emg.cleaning import clean
from twitchlib.emg.detection import Detection, detect
from twitchlib.emg.features import Features, measure
from twitchlib.emg.filtering import HIGH_HZ, LOW_HZ, bandpass
from twitchlib.emg.report import of_analysis
from twitchlib.emg.signal import Signal, SignalLike

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Analysis", "analyse"]


@dataclass(frozen=True, eq=False)
class Analysis:
    """An EMG and the results of each step.

    Attributes
    ----------
    signal : Signal
        The original EMG.
    detection : Detection
        The events found after filtering.
    features : Features
        The measurements of the events.
    classification : Classification
        What the trace looks like, and why.
    settings : Mapping of str to float
        The settings of `analyse`.
    """

    signal: Signal
    detection: Detection
    features: Features
    classification: Classification
    settings: Mapping[str, float]

    def to_html(self, note: str = "") -> str:
        """Return a report as a self-contained HTML page, to keep, to send or to print.

        The report has the trace with its events, discharges a minute with their interval, what was
        wrong with the recording, and all settings.

        Parameters
        ----------
        note : str
            Your own words for the top of the page; always shown as plain text, at most 500
            characters.

        Examples
        --------
        >>> from twitchlib import twitches
        >>> found = analyse(twitches.simulate("fasciculation", seed=1, duration_s=60))
        >>> found.to_html().startswith("<!DOCTYPE html>")
        True
        """
        return of_analysis(self, note)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: the recording's name, its kind, and all measurements.

        Combine several recordings with `pandas.concat`.

        Returns
        -------
        pandas.DataFrame
            ``name``, ``duration_s``, ``kind`` (missing if none fits), ``version``, and
            the fields of `Features`.
        """
        import pandas as pd

        row = {
            "name": self.signal.name,
            "duration_s": self.signal.duration_s,
            "kind": self.classification.kind,
            "version": self.classification.version,
        }
        return pd.DataFrame([row | asdict(self.features)])


def analyse(
    signal: SignalLike,
    *,
    low_hz: float = LOW_HZ,
    high_hz: float = HIGH_HZ,
    rest_mv: float | None = None,
    **settings: float,
) -> Analysis:
    """Filter an EMG, detect events, measure them, and say what the trace looks like.

    Parameters
    ----------
    signal : Signal or twitches.Recording
        The EMG.
    low_hz, high_hz : float
        The pass band, as in `bandpass`: by default 20 to 450 Hz.
    rest_mv, **settings : float
        Settings of `detect`.

    Raises
    ------
    NotAllowedError
        If `signal` is not an EMG with a sampling rate, or a number is out of range.
    UnknownNameError
        If there is no such setting.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> found = analyse(twitches.simulate("clonus", seed=1, duration_s=10))
    >>> found.classification.sentence
    'By these rules the trace looks like clonus.'
    >>> found.to_frame()[["name", "kind", "events"]]
         name    kind  events
    0  clonus  clonus      41
    """
    given = Signal.of(signal)
    # Hum, a heart and steps are easier to recognise before a filter has changed them.
    passed = bandpass(clean(given), low_hz=low_hz, high_hz=high_hz)
    detection = detect(passed, rest_mv=rest_mv, **settings)
    features = measure(detection)
    band = {"low_hz": low_hz, "high_hz": high_hz}
    rest = {} if rest_mv is None else {"rest_mv": rest_mv}
    used = band | rest | dict(detection.settings)
    return Analysis(given, detection, features, classify(features), used)
