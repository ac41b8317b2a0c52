"""What was measured and how it is named, as text."""

import math
from collections.abc import Sequence

from twitchlib.emg.classification import NOTE, Classification, Rule
from twitchlib.emg.features import FEATURES
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import text

__all__ = ["markup"]


def markup(found: Classification) -> str:
    """Return the outcome, every rule that was tried for it, and every number that was measured."""
    reasons = "".join(
        f"<li>{text(rule.describe(found.features))} <em>{text(rule.why)}</em> "
        f"<small>{text(rule.source)}.</small></li>"
        for rule in found.rules
    )
    others = "".join(
        f"<tr><td>{text(rules[0].name)}</td><td>{text(_kept(found, rules))}</td></tr>"
        for rules in found.candidates
    )
    numbers = "".join(
        f"<tr><td>{text(known.label)}</td><td>{_number(getattr(found.features, name), known.unit)}"
        f"</td><td>{text(known.meaning)}</td></tr>"
        for name, known in FEATURES.items()
    )
    why = _("Why: the rules of “{name}”", name=found.nearest)
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


def _kept(found: Classification, rules: Sequence[Rule]) -> str:
    kept = sum(rule.keeps(found.features) for rule in rules)
    return _("{kept} of {all}", kept=kept, all=len(rules))


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return _("not measurable")
    return text(f"{value:.3g} {unit}".strip())
