"""What was measured and how it is named, as text."""

import math

from twitchlib.emg import FEATURES, NOTE, Classification
from twitchlib.widgets.prose import text

__all__ = ["told"]


def told(found: Classification) -> str:
    """Return the outcome, every rule that was tried for it, and every number that was measured."""
    reasons = "".join(
        f"<li>{text(reason.sentence)} <em>{text(reason.rule.why)}</em> "
        f"<small>{text(reason.rule.source)}.</small></li>"
        for reason in found.reasons
    )
    others = "".join(
        f"<tr><td>{text(one.name)}</td><td>{sum(r.kept for r in one.reasons)} of "
        f"{len(one.reasons)}</td></tr>"
        for one in found.candidates
    )
    numbers = "".join(
        f"<tr><td>{text(known.label)}</td><td>{_number(getattr(found.features, name), known.unit)}"
        f"</td><td>{text(known.meaning)}</td></tr>"
        for name, known in FEATURES.items()
    )
    return (
        f'<div aria-live="polite"><p><strong>{text(found.sentence)}</strong></p></div>'
        f"<p>{text(NOTE)}</p>"
        f'<details id="tw-emg-why"><summary>Why: the rules of “{text(found.nearest.name)}”'
        f"</summary><ul>{reasons}</ul>"
        '<table class="tw-table"><caption>All kinds that were tried</caption><thead><tr>'
        f"<th>Kind</th><th>Rules kept</th></tr></thead><tbody>{others}</tbody></table></details>"
        '<details id="tw-emg-numbers"><summary>What was measured</summary>'
        '<table class="tw-table"><thead><tr><th>Feature</th><th>Value</th><th>Meaning</th></tr>'
        f"</thead><tbody>{numbers}</tbody></table></details>"
    )


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return "not measurable"
    return text(f"{value:.3g} {unit}".strip())
