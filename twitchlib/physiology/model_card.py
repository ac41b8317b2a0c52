"""A model card: what a model includes, what it omits, and how far it agrees with publications.

The parameters come from the same fields as the sliders, and the check values are computed on
demand, so a card cannot be out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantity, describe

__all__ = ["Check", "ModelCard"]


@dataclass(frozen=True)
class Check:
    """One published value and the same value from the model.

    Attributes
    ----------
    what : str
        What is compared.
    unit : str
        Unit of all its numbers; empty for dimensionless ones.
    published : str
        The published value, as published.
    source : str
        Where it was published.
    low, high : float
        Range in which the model's value must lie; the tests enforce it.
    computed : callable
        Runs the model and returns its value.
    """

    what: str
    unit: str
    published: str
    source: str
    low: float
    high: float
    computed: Callable[[], float]


@dataclass(frozen=True)
class ModelCard:
    """What to know before trusting a model.

    Attributes
    ----------
    name : str
        Module under `twitchlib.physiology`.
    title : str
        Title shown to the reader.
    holds, omits : tuple of str
        What is modelled, and what is not.
    valid : str
        The range in which its results are meaningful.
    parts : tuple of type
        Its parameter classes.
    checks : tuple of Check
        Published values to compare with.
    """

    name: str
    title: str
    holds: tuple[str, ...]
    omits: tuple[str, ...]
    valid: str
    parts: tuple[type, ...]
    checks: tuple[Check, ...]

    @property
    def parameters(self) -> dict[str, tuple[Quantity, ...]]:
        """The parameters by class."""
        return {part.__name__: tuple(describe(part).values()) for part in self.parts}

    def to_markdown(self) -> str:
        """Return the card as Markdown; runs every check."""
        lines = [f"# {self.title}", "", f"## {_('What it holds')}", ""]
        lines += [f"- {line}" for line in self.holds]
        lines += ["", f"## {_('What it leaves out')}", ""]
        lines += [f"- {line}" for line in self.omits]
        lines += ["", f"## {_('Where it is valid')}", "", self.valid]
        for part, quantities in self.parameters.items():
            lines += ["", f"## {_('Parameters of `{part}`', part=part)}", ""]
            lines += _table(
                (_("Parameter"), _("Symbol"), _("Default"), _("From"), _("To"), _("Source")),
                [_parameter_row(known) for known in quantities],
            )
        lines += ["", f"## {_('Check values')}", ""]
        lines += _table(
            (_("Value"), _("Published"), _("Here"), _("Accepted"), _("Source")),
            [_check_row(check) for check in self.checks],
        )
        lines += ["", _("For teaching. Nothing here is a diagnosis."), ""]
        return "\n".join(lines)


def _parameter_row(known: Quantity) -> tuple[str, ...]:
    source = known.source
    if known.illustrative:
        source = _("Illustrative. {source}", source=source)
    return (
        known.label, known.symbol, known.text(known.default), f"{known.low:g}", f"{known.high:g}",
        source,
    )  # fmt: skip


def _check_row(check: Check) -> tuple[str, ...]:
    what = f"{check.what}, {check.unit}" if check.unit else check.what
    accepted = _("{low:g} to {high:g}", low=check.low, high=check.high)
    return what, check.published, f"{check.computed():.4g}", accepted, check.source


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    bar = tuple("---" for _ in head)
    return [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in (head, bar, *rows)
    ]
