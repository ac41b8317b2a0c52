"""Say which kind of twitch a recording looks like, by rules that are all open.

The rules are the tables ``emg_rules``, for electrodes that hear a whole muscle, and
``needle_rules``, for a needle in a muscle at rest. A kind is named when all its rules are met; the
rules are mutually exclusive, so at most one kind is named, and often none. A kind is a kind of
trace: it is not a diagnosis, and different causes make the same trace.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from twitchlib import guide, needle
from twitchlib.emg.features import FEATURES, Features
from twitchlib.emg.needle_features import NEEDLE_FEATURES, NeedleFeatures
from twitchlib.messages import beginning, inside
from twitchlib.messages import gettext as _
from twitchlib.named import Named
from twitchlib.twitches import kinds

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "NEEDLE_NOTE", "NOTE", "Classification", "Rule", "classify", "needle_rules", "rules",
]  # fmt: skip

NOTE = _(
    "This names a kind of trace, not a cause. Different causes make the same trace, and only a "
    "person who examines another can tell what it means. The rules are made for electrodes that "
    "hear a whole muscle; a needle hears a few units, whose even firing the rules may call a beat."
)

NEEDLE_NOTE = _(
    "This names a kind of trace, not a cause. The rules are made for a needle in a muscle at rest, "
    "on the course's own synthetic recordings. They may miss or misname a unit that fires on "
    "purpose, or two discharges at once."
)

_KNOWN = FEATURES | NEEDLE_FEATURES


@dataclass(frozen=True)
class Rule:
    """What a kind requires of one feature: at least `low` and below `high`.

    Attributes
    ----------
    kind, version : str
        As in `twitchlib.twitches` or `twitchlib.needle`; the version is empty if the rule applies
        to all.
    feature : str
        A field of `Features`, or of `NeedleFeatures`.
    low, high : float
        The limits, in the unit of the feature; infinite if there is none.
    why, source : str
        Why the rule exists, and where its limits come from.
    illustrative : bool
        Whether a limit is the course's own.
    at_needle : bool
        Whether the rule is for a needle in a muscle at rest.
    """

    kind: str
    version: str
    feature: str
    low: float
    high: float
    why: str
    source: str
    illustrative: bool
    at_needle: bool = False

    def keeps(self, features: Features | NeedleFeatures) -> bool:
        """Return whether the measured value meets the rule; a missing one (NaN) does not."""
        return bool(self.low <= getattr(features, self.feature) < self.high)

    @property
    def name(self) -> str:
        """Kind and version, as shown to a reader."""
        if self.at_needle:
            return needle.discharges()[self.kind].word
        # The table of rules may hold kinds that have no name here.
        known = kinds().get(self.kind)
        kind = known.word if known else self.kind
        version = known.version_words.get(self.version, self.version) if known else self.version
        return _("{kind} ({version})", kind=kind, version=version) if version else kind

    @property
    def allowed(self) -> str:
        """What the rule requires, in words."""
        unit = _KNOWN[self.feature].unit
        if math.isinf(self.high):
            return _("{low} or more", low=f"{self.low:g} {unit}".strip())
        if math.isinf(self.low):
            return _("less than {high}", high=f"{self.high:g} {unit}".strip())
        return _("{low:g} to {high}", low=self.low, high=f"{self.high:g} {unit}".strip())

    def describe(self, features: Features | NeedleFeatures) -> str:
        """Return the measured value, the requirement and the outcome, in words."""
        known = _KNOWN[self.feature]
        value = float(getattr(features, self.feature))
        values = {"label": known.label, "allowed": self.allowed}
        if math.isnan(value):
            return _(
                "{label} could not be measured; the rule requires {allowed}. Not kept.", **values
            )
        values["value"] = f"{float(f'{value:.3g}'):g} {known.unit}".strip()
        if self.keeps(features):
            return _("{label} is {value}; the rule requires {allowed}. Kept.", **values)
        return _("{label} is {value}; the rule requires {allowed}. Not kept.", **values)


@dataclass(frozen=True)
class Classification:
    """Which kind of twitch a recording looks like, if any, and why.

    Attributes
    ----------
    features : Features or NeedleFeatures
        The features to which the rules were applied.
    candidates : tuple of tuple of Rule
        The rules of every kind, or of every version of a kind; the one with the largest share of
        rules met comes first.
    """

    features: Features | NeedleFeatures
    candidates: tuple[tuple[Rule, ...], ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the named kind, or of the nearest one."""
        return self.candidates[0]

    @property
    def nearest(self) -> str:
        """Name of that kind, as shown to a reader."""
        return self.rules[0].name

    @property
    def kind(self) -> str | None:
        """The kind whose rules are all met; None if there is none."""
        return None if self._missed else self.rules[0].kind

    @property
    def version(self) -> str:
        """The version of that kind; empty if there is none."""
        return "" if self._missed else self.rules[0].version

    @property
    def _missed(self) -> list[Rule]:
        return [rule for rule in self.rules if not rule.keeps(self.features)]

    @property
    def sentence(self) -> str:
        """The outcome, in words."""
        if not self._missed:
            return _("By these rules the trace looks like {name}.", name=self.nearest)
        if not self.features.events:
            return _("Nothing was found in the trace, so there is nothing to name.")
        missed = [inside(_KNOWN[rule.feature].label) for rule in self._missed]
        return _(
            "By these rules the trace looks like none of the kinds. {name} comes nearest, but for "
            "{features}.",
            name=beginning(self.nearest),
            features=_(" and ").join(missed),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per rule applied: requirement, measured value and outcome."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "kind": rule.kind,
                    "version": rule.version,
                    "feature": rule.feature,
                    "value": float(getattr(self.features, rule.feature)),
                    "low": rule.low,
                    "high": rule.high,
                    "unit": _KNOWN[rule.feature].unit,
                    "kept": rule.keeps(self.features),
                    "why": rule.why,
                    "source": rule.source,
                    "illustrative": rule.illustrative,
                }
                for tried in self.candidates
                for rule in tried
            ]
        )


@cache
def rules() -> Named[Rule]:
    """Return the rules of the table ``emg_rules`` by their ids, in its order.

    Examples
    --------
    >>> rules()["fasciculation-burst-ms"].high
    21.3
    """
    return _read("emg_rules", at_needle=False)


@cache
def needle_rules() -> Named[Rule]:
    """Return the rules of the table ``needle_rules`` by their ids, in its order.

    Examples
    --------
    >>> needle_rules()["insertion-stretch"].allowed
    'less than 0.5 s'
    """
    return _read("needle_rules", at_needle=True)


def _read(table: str, *, at_needle: bool) -> Named[Rule]:
    def rule(row: Mapping[str, Any]) -> Rule:
        low = -math.inf if row["low"] is None else row["low"]
        high = math.inf if row["high"] is None else row["high"]
        read = {"version": row.get("version") or "", "low": low, "high": high}
        named = {field.name: row[field.name] for field in fields(Rule) if field.name in row}
        return Rule(**(named | read), at_needle=at_needle)

    return Named("rule", {name: rule(row) for name, row in guide.rows(table).items()})


def classify(features: Features | NeedleFeatures) -> Classification:
    """Say which kind of twitch a recording looks like, and why.

    Parameters
    ----------
    features : Features or NeedleFeatures
        The result of `measure`, or of `measure_needle`, which has its own rules.

    Returns
    -------
    Classification
        The kind, or None, and every rule that was applied.

    Examples
    --------
    >>> from twitchlib import emg, twitches
    >>> jerks = twitches.simulate("myoclonus", seed=1, duration_s=20)
    >>> found = classify(emg.measure(emg.detect(jerks)))
    >>> found.kind, found.version
    ('myoclonus', 'cortical')
    >>> found.rules[0].describe(found.features)
    'Length of an event is 29 ms; the rule requires 21.3 to 45 ms. Kept.'
    """

    def missed_share(tried: tuple[Rule, ...]) -> float:
        return sum(not rule.keeps(features) for rule in tried) / len(tried)

    known = needle_rules() if isinstance(features, NeedleFeatures) else rules()
    by_kind = groupby(known.values(), lambda rule: (rule.kind, rule.version))
    candidates = [tuple(tried) for _kind, tried in by_kind]
    return Classification(features, tuple(sorted(candidates, key=missed_share)))
