"""Measurements and classification as text."""

import math
from collections.abc import Sequence

from twitchlib.emg.classification import NEEDLE_NOTE, NOTE, Classification, Rule
from twitchlib.emg.features import FEATURES
from twitchlib.emg.needle_features import NEEDLE_FEATURES, NeedleFeatures
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _

__all__ = ["markup"]


def markup(found: Classification) -> Markup:
    """Return the outcome, every rule that was tried, and every number that was measured."""
    needle = isinstance(found.features, NeedleFeatures)
    return html(
        '<div aria-live="polite"><p><strong>{sentence}</strong></p></div><p>{note}</p>'
        '<details id="tw-{place}-why"><summary>{why}</summary><ul>{reasons}</ul>'
        '<table class="tw-table"><caption>{tried}</caption>'
        "<thead><tr>{kept}</tr></thead><tbody>{others}</tbody></table></details>"
        '<details id="tw-{place}-numbers"><summary>{measured}</summary><table class="tw-table">'
        "<thead><tr>{columns}</tr></thead><tbody>{numbers}</tbody></table></details>",
        place="needle" if needle else "emg",  # untranslated: an id
        sentence=found.sentence,
        note=NEEDLE_NOTE if needle else NOTE,
        why=_("Why: the rules of “{name}”", name=found.nearest),
        reasons=each(
            "<li>{} <em>{}</em> <small>{}.</small></li>",
            ((rule.describe(found.features), rule.why, rule.source) for rule in found.rules),
        ),
        tried=_("All kinds that were tried"),
        kept=each("<th>{}</th>", (_("Kind"), _("Rules kept"))),
        others=each(
            "<tr><td>{}</td><td>{}</td></tr>",
            ((rules[0].name, _kept(found, rules)) for rules in found.candidates),
        ),
        measured=_("What was measured"),
        columns=each("<th>{}</th>", (_("Feature"), _("Value"), _("Meaning"))),
        numbers=each(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                (known.label, _number(getattr(found.features, name), known.unit), known.meaning)
                for name, known in (NEEDLE_FEATURES if needle else FEATURES).items()
            ),
        ),
    )


def _kept(found: Classification, rules: Sequence[Rule]) -> str:
    kept = sum(rule.keeps(found.features) for rule in rules)
    return _("{kept} of {all}", kept=kept, all=len(rules))


def _number(value: float, unit: str) -> str:
    if math.isnan(value):
        return _("not measurable")
    return f"{value:.3g} {unit}".strip()
