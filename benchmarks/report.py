"""A row of a benchmark: what was measured, the details, and the budget."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

__all__ = ["Row", "markdown", "ratio", "spread"]


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes
    ----------
    what : str
        What is measured.
    measured : float
        The number that the budget applies to.
    detail : str
        The medians and spread behind it.
    budget : float or None
        The maximum allowed; None for a row that is informational.
    unit : str
        Unit of `measured`; empty for a ratio.
    """

    what: str
    measured: float
    detail: str
    budget: float | None = None
    unit: str = ""

    def cells(self) -> list[str]:
        unit = f" {self.unit}" if self.unit else ""
        within = "" if self.budget is None else "yes" if self.measured <= self.budget else "**no**"
        budget = "" if self.budget is None else f"≤ {self.budget:g}{unit}"
        return [self.what, f"{self.measured:.3g}{unit}", budget, within, self.detail]


def markdown(rows: Iterable[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| what | measured | budget | within | detail |", "| --- | --- | --- | --- | --- |"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join(lines)


def spread(values: list[float], unit: str, digits: int = 1) -> str:
    """Return median and range, such as "12.1 ms (11.0–14.2)"."""
    return f"{median(values):.{digits}f} {unit} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the ratio of the medians."""
    return median(ours) / median(theirs)
