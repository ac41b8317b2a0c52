"""The settings of event detection: how much evidence is needed, and what counts as one event."""

from dataclasses import dataclass

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, quantity

__all__ = ["Detector"]

_TRIED = _("Chosen on synthetic recordings: benchmarks/detection.py")


@dataclass(frozen=True)
class Detector(Quantities):
    """How much evidence an event needs, and what counts as one event."""

    strong: float = quantity(
        10, _("Strong activity: power relative to rest"), unit="×", low=4, high=100, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    weak: float = quantity(
        2, _("Weak activity: power relative to rest"), unit="×", low=1.2, high=16, step=0.1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    evidence: float = quantity(
        15, _("Evidence required (logarithm of the odds)"), unit="", low=5, high=50, step=1,
        source=_(
            "{source}: false alarms are at least exp(evidence) samples apart. {chosen}",
            source="Page 1954, doi:10.1093/biomet/41.1-2.100", chosen=_TRIED,
        ),
        illustrative=True,
    )  # fmt: skip
    rest_evidence: float = quantity(
        3, _("Evidence of rest required between two events"), unit="", low=0, high=20, step=0.5,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    merge_ms: float = quantity(
        20, _("Shorter pauses join events into one"), unit="ms", low=0, high=250, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
    shortest_ms: float = quantity(
        3, _("Shorter events are left out"), unit="ms", low=0, high=100, step=1,
        source=_TRIED, illustrative=True,
    )  # fmt: skip
