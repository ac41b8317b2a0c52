"""Say which kind of twitch a recording looks like, by rules that can all be read.

The rules are the table ``emg_rules`` in ``data/``. A kind is named when all its rules are kept; the
rules exclude each other, so at most one is, and often none. A kind is a kind of trace: it is no
diagnosis, and different causes make the same trace.

Examples
--------
>>> from twitchlib import emg, twitches
>>> recording = twitches.simulate("myoclonus", seed=1, duration_s=20)
>>> found = emg.classify(emg.measure(emg.detect(recording.emg_mv, recording.sample_hz)))
>>> found.kind, found.version
('myoclonus', 'cortical')
>>> found.reasons[0].sentence
'Length of an event is 29.5 ms; the rule asks for 21.3 to 45 ms. Kept.'
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from twitchlib import guide
from twitchlib.emg.features import FEATURES, Features
from twitchlib.messages import beginning, inside
from twitchlib.messages import gettext as _
from twitchlib.twitches import kinds

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NOTE", "Candidate", "Classification", "Reason", "Rule", "classify", "rules"]

NOTE = _(
    "This names a kind of trace, not a cause. Different causes make the same trace, and only a "
    "person who examines another can tell what it means. The rules are made for electrodes that "
    "hear a whole muscle; a needle hears a few units, whose even firing they may call a beat."
)


@dataclass(frozen=True)
class Rule:
    """What a kind asks of one feature: to be at least `low` and below `high`.

    Attributes
    ----------
    kind, version : str
        As in `twitchlib.twitches`; the version is empty where the rule holds for all.
    feature : str
        A field of `Features`.
    low, high : float
        The limits, in the unit of the feature; infinite where there is none.
    why, source : str
        Why the rule is there, and where its limits come from.
    illustrative : bool
        Whether a limit is the course's own.
    """

    kind: str
    version: str
    feature: str
    low: float
    high: float
    why: str
    source: str
    illustrative: bool

    def keeps(self, value: float) -> bool:
        """Return whether a value keeps the rule; one that could not be measured (NaN) does not."""
        return self.low <= value < self.high

    @property
    def allowed(self) -> str:
        """What the rule asks for, in words."""
        unit = FEATURES[self.feature].unit
        if math.isinf(self.high):
            return _("{low} or more", low=f"{self.low:g} {unit}".strip())
        if math.isinf(self.low):
            return _("less than {high}", high=f"{self.high:g} {unit}".strip())
        return _("{low:g} to {high}", low=self.low, high=f"{self.high:g} {unit}".strip())


@dataclass(frozen=True)
class Reason:
    """A rule that was tried, and the value that it was tried on."""

    rule: Rule
    value: float

    @property
    def kept(self) -> bool:
        """Whether the value keeps the rule."""
        return self.rule.keeps(self.value)

    @property
    def sentence(self) -> str:
        """What was measured, what was asked for, and the outcome."""
        known = FEATURES[self.rule.feature]
        said = {"label": known.label, "allowed": self.rule.allowed}
        if math.isnan(self.value):
            return _(
                "{label} could not be measured; the rule asks for {allowed}. Not kept.", **said
            )
        said["value"] = f"{float(f'{self.value:.3g}'):g} {known.unit}".strip()
        if self.kept:
            return _("{label} is {value}; the rule asks for {allowed}. Kept.", **said)
        return _("{label} is {value}; the rule asks for {allowed}. Not kept.", **said)


@dataclass(frozen=True)
class Candidate:
    """A kind of twitch, or a version of one, with all its rules tried."""

    kind: str
    version: str
    reasons: tuple[Reason, ...]

    @property
    def kept_share(self) -> float:
        """Share of the rules that are kept."""
        return sum(reason.kept for reason in self.reasons) / len(self.reasons)

    @property
    def name(self) -> str:
        """Kind and version, as a reader sees them."""
        # The table of rules may hold more kinds than there are words for.
        known = kinds().get(self.kind)
        kind = known.word if known else self.kind
        version = known.version_words.get(self.version, self.version) if known else self.version
        return _("{kind} ({version})", kind=kind, version=version) if version else kind


@dataclass(frozen=True)
class Classification:
    """Which kind of twitch a recording looks like, if any, and why.

    Attributes
    ----------
    features : Features
        What the rules were tried on.
    candidates : tuple of Candidate
        Every kind, with every rule; the one with the largest share of kept rules first.
    """

    features: Features
    candidates: tuple[Candidate, ...]

    @property
    def nearest(self) -> Candidate:
        """The kind that keeps the largest share of its rules."""
        return self.candidates[0]

    @property
    def kind(self) -> str | None:
        """The kind that keeps all its rules; None if there is none."""
        return self.nearest.kind if self.nearest.kept_share == 1 else None

    @property
    def version(self) -> str:
        """The version of that kind; empty if there is none."""
        return self.nearest.version if self.kind else ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules of the kind that was named, or of the nearest."""
        return self.nearest.reasons

    @property
    def sentence(self) -> str:
        """The outcome, in words."""
        if self.kind:
            return _("By these rules the trace looks like {name}.", name=self.nearest.name)
        if not self.features.events:
            return _("Nothing was found in the trace, so there is nothing to name.")
        missed = [
            inside(FEATURES[reason.rule.feature].label)
            for reason in self.reasons
            if not reason.kept
        ]
        return _(
            "By these rules the trace looks like none of the kinds. {name} comes nearest, but for "
            "{features}.",
            name=beginning(self.nearest.name),
            features=_(" and ").join(missed),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per rule tried: what was asked, what was measured, and the outcome."""
        import pandas as pd

        reasons = [reason for candidate in self.candidates for reason in candidate.reasons]
        return pd.DataFrame(
            {
                "kind": [reason.rule.kind for reason in reasons],
                "version": [reason.rule.version for reason in reasons],
                "feature": [reason.rule.feature for reason in reasons],
                "value": [reason.value for reason in reasons],
                "low": [reason.rule.low for reason in reasons],
                "high": [reason.rule.high for reason in reasons],
                "unit": [FEATURES[reason.rule.feature].unit for reason in reasons],
                "kept": [reason.kept for reason in reasons],
                "why": [reason.rule.why for reason in reasons],
                "source": [reason.rule.source for reason in reasons],
                "illustrative": [reason.rule.illustrative for reason in reasons],
            }
        )


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the table ``emg_rules``, in its order.

    Examples
    --------
    >>> len(rules()) > 5
    True
    """
    return tuple(
        Rule(
            kind=row["kind"],
            version=row["version"] or "",
            feature=row["feature"],
            low=-math.inf if row["low"] is None else row["low"],
            high=math.inf if row["high"] is None else row["high"],
            why=row["why"],
            source=row["source"],
            illustrative=row["illustrative"],
        )
        for row in guide.rows("emg_rules").values()
    )


def classify(features: Features) -> Classification:
    """Say which kind of twitch a recording looks like, and why.

    Parameters
    ----------
    features : Features
        What `measure` measured.

    Returns
    -------
    Classification
        The kind, or None, and every rule with the value it was tried on.

    Examples
    --------
    >>> from twitchlib import emg, twitches
    >>> jerks = twitches.simulate("myoclonus", seed=1, duration_s=20)
    >>> classify(emg.measure(emg.detect(jerks.emg_mv, jerks.sample_hz))).kind
    'myoclonus'
    """
    candidates = [
        Candidate(
            kind,
            version,
            tuple(Reason(rule, float(getattr(features, rule.feature))) for rule in tried),
        )
        for (kind, version), tried in groupby(rules(), lambda rule: (rule.kind, rule.version))
    ]
    return Classification(features, tuple(sorted(candidates, key=lambda one: -one.kept_share)))
