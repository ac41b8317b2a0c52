"""What was measured and how it is named, as text."""

import math

from twitchlib.emg import FEATURES, NOTE, Candidate, Classification
from twitchlib.messages import gettext as _
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
        f"<tr><td>{text(one.name)}</td><td>{text(_kept(one))}</td></tr>" for one in found.candidates
    )
    numbers = "".join(
        f"<tr><td>{text(known.label)}</td><td>{_number(getattr(found.features, name), known.unit)}"
        f"</td><td>{text(known.meaning)}</td></tr>"
        for name, known in FEATURES.items()
    )
    why = _("Why: the rules of “{name}”", name=found.nearest.name)
    return (
        f'<div aria-live="polite"><p><strong>{text(found.sentence)}</strong></p></div>'
        f"<p>{text(NOTE)}</p>"
        f'<details id="tw-emg-why"><summary>{text(why)}</summary><ul>{reasons}</ul>'
        f'<table class="tw-table"><caption>{_("All kinds that were tried")}</caption>'
        f"<thead><tr><th>{_('Kind')}</th><th>{_('Rules kept')}</th></tr></thead>"
        f"<tbody>{others}</tbody></table></details>"
        f'<details id="tw-emg-numbers"><summary>{_("What was measured")}</summary>'
        f'<table class="tw-table"><thead><tr><th>{_("Feature")}</th><th>{_("Value")}</th>'
        f"<th>{_('Meaning')}</th></tr></thead><tbody>{numbers}</tbody></table></details>"
    )


def _kept(one: Candidate) -> str:
    kept = sum(reason.kept for reason in one.reasons)
    return _("{kept} of {all}", kept=kept, all=len(one.reasons))


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return _("not measurable")
    return text(f"{value:.3g} {unit}".strip())
