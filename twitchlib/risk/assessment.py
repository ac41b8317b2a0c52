"""One week: which habits count, how much, why, and what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twitchlib import guide
from twitchlib.risk.habits import Habits
from twitchlib.risk.rules import Band, Factor, Level, band_rank, bands, factors, levels

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Assessment", "Finding", "assess"]


@dataclass(frozen=True)
class Finding:
    """The assessment of one habit.

    Attributes
    ----------
    id, label : str
        The habit's field in `Habits`, and its name for the reader.
    value, unit : float, str
        The value given, and its unit.
    level : Level
        How much it counts, according to the guide.
    reason : str
        Why, in a sentence.
    claim, guide_says : str
        Id of the guide's claim, and the claim in our words.
    verdict, studies_find : str
        What the literature says about that claim: a fixed word, and a comment.
    sources : tuple of str
        Keys of the sources of the comment (`guide.references`).
    """

    id: str
    label: str
    value: float
    unit: str
    level: Level
    reason: str
    claim: str
    guide_says: str
    verdict: str
    studies_find: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """Every habit's finding, in the order of `Habits`, and the overall band."""

    habits: Habits
    findings: tuple[Finding, ...]
    band: Band

    @property
    def contributing(self) -> tuple[Finding, ...]:
        """The findings at "may contribute" or above, the strongest first."""
        found = [finding for finding in self.findings if finding.level.rank > 0]
        return tuple(sorted(found, key=lambda finding: -finding.level.rank))

    def levels_since(self, before: "Assessment") -> dict[str, int]:
        """Return how many levels each habit gained since another assessment.

        Parameters
        ----------
        before : Assessment
            The earlier assessment: for instance last week, if this is a planned week.

        Returns
        -------
        dict of str to int
            By habit, only where the value differs; negative if the habit counts less than before.

        Examples
        --------
        >>> assess({"sleep_h": 8}).levels_since(assess({"sleep_h": 5}))
        {'sleep_h': -1}
        """
        return {
            now.id: now.level.rank - then.level.rank
            for then, now in zip(before.findings, self.findings, strict=True)
            if then.value != now.value
        }

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per habit, indexed by the field name."""
        import pandas as pd  # the dashboards do not need it

        return pd.DataFrame(
            {
                "label": [f.label for f in self.findings],
                "value": [f.value for f in self.findings],
                "unit": [f.unit for f in self.findings],
                "level": [f.level.id for f in self.findings],
                "reason": [f.reason for f in self.findings],
                "claim": [f.claim for f in self.findings],
                "guide_says": [f.guide_says for f in self.findings],
                "verdict": [f.verdict for f in self.findings],
                "studies_find": [f.studies_find for f in self.findings],
            },
            index=pd.Index([f.id for f in self.findings], name="factor"),
        )


def assess(habits: Habits | Mapping[str, Any] | None = None) -> Assessment:
    """Return which habits the guide would count as reasons for twitching, and why.

    Parameters
    ----------
    habits : Habits or Mapping, optional
        A usual week; habits not given take their default.

    Returns
    -------
    Assessment
        A finding for each habit, and a band for all. Qualitative: no probability, no diagnosis.

    Raises
    ------
    NotAllowedError
        If a habit is unknown or its value lies outside its range.

    Examples
    --------
    >>> assess({"sleep_h": 5}).contributing[0].level.word
    'may contribute'
    """
    if not isinstance(habits, Habits):
        habits = Habits(**habits or {})
    findings = tuple(_finding(factor, getattr(habits, name)) for name, factor in factors().items())
    contributing = sum(finding.level.rank > 0 for finding in findings)
    likely = sum(finding.level.rank > 1 for finding in findings)
    band = bands()[int(band_rank(contributing, likely))]
    return Assessment(habits, findings, band)


def _finding(factor: Factor, value: float) -> Finding:
    level = levels()[int(factor.rank(value))]
    claim = guide.rows("claims")[factor.claim]
    return Finding(
        id=factor.quantity.name,
        label=factor.quantity.label,
        value=value,
        unit=factor.quantity.unit,
        level=level,
        reason=factor.reasons[level.rank].replace("{value}", factor.quantity.text(value)),
        claim=factor.claim,
        guide_says=claim["claim"],
        verdict=claim["verdict"],
        studies_find=claim["comment"],
        sources=claim["references"],
    )
