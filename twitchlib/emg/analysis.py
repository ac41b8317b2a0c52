"""The whole analysis in one call: filter an EMG, detect events, measure them, name the trace."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from twitchlib.emg.classification import Classification, classify
from twitchlib.emg.cleaning import clean
from twitchlib.emg.detection import Detection, detect
from twitchlib.emg.features import Features, measure
from twitchlib.emg.filtering import HIGH_HZ, LOW_HZ, bandpass
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
        What was measured in them.
    classification : Classification
        What it looks like, and why.
    """

    signal: Signal
    detection: Detection
    features: Features
    classification: Classification

    def to_frame(self) -> pd.DataFrame:
        """Return one row: the recording's name, its kind, and all that was measured.

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
    # Hum, a heart and steps are easier to tell before a filter has changed them.
    passed = bandpass(clean(given), low_hz=low_hz, high_hz=high_hz)
    detection = detect(passed, rest_mv=rest_mv, **settings)
    features = measure(detection)
    return Analysis(given, detection, features, classify(features))
