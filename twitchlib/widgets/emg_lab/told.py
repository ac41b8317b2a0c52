"""What was measured and how it is named, as text."""

import math

from twitchlib.emg import FEATURES, NOTE, Candidate, Classification
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _

__all__ = ["told"]


def told(found: Classification) -> Markup:
    """Return the outcome, every rule that was tried for it, and every number that was measured."""
    return html(
        '<div aria-live="polite"><p><strong>{sentence}</strong></p></div><p>{note}</p>'
        '<details id="tw-emg-why"><summary>{why}</summary><ul>{reasons}</ul>'
        '<table class="tw-table"><caption>{tried}</caption>'
        "<thead><tr>{kept}</tr></thead><tbody>{others}</tbody></table></details>"
        '<details id="tw-emg-numbers"><summary>{measured}</summary><table class="tw-table">'
        "<thead><tr>{columns}</tr></thead><tbody>{numbers}</tbody></table></details>",
        sentence=found.sentence,
        note=NOTE,
        why=_("Why: the rules of “{name}”", name=found.nearest.name),
        reasons=each(
            "<li>{0.sentence} <em>{0.rule.why}</em> <small>{0.rule.source}.</small></li>",
            found.reasons,
        ),
        tried=_("All kinds that were tried"),
        kept=each("<th>{}</th>", (_("Kind"), _("Rules kept"))),
        others=each(
            "<tr><td>{}</td><td>{}</td></tr>", ((one.name, _kept(one)) for one in found.candidates)
        ),
        measured=_("What was measured"),
        columns=each("<th>{}</th>", (_("Feature"), _("Value"), _("Meaning"))),
        numbers=each(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                (known.label, _number(getattr(found.features, name), known.unit), known.meaning)
                for name, known in FEATURES.items()
            ),
        ),
    )


def _kept(one: Candidate) -> str:
    kept = sum(reason.kept for reason in one.reasons)
    return _("{kept} of {all}", kept=kept, all=len(one.reasons))


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return _("not measurable")
    return f"{value:.3g} {unit}".strip()
