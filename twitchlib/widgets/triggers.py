"""The dashboard of lesson 03: habits on the left, what the guide would say on the right."""

from typing import Final

import ipywidgets

from twitchlib import guide, risk
from twitchlib.figures import risk as figures
from twitchlib.markup import Markup, each, escaped, html, marked
from twitchlib.messages import gettext as _
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard, side_by_side
from twitchlib.widgets.layout import button

__all__ = ["TriggersDashboard"]

_EXAMPLE: Final = "exam-week"
_MOST: Final = 2


def TriggersDashboard() -> Dashboard[risk.Habits, risk.Assessment]:
    """Return habits, the levels the guide would give them, and what studies say about that.

    Examples
    --------
    >>> dashboard = TriggersDashboard()
    >>> dashboard.controls.apply_preset("exam-week")
    >>> dashboard.result.band.id
    'many'
    """
    kept: list[risk.Assessment] = []
    factors = guide.rows("factors")
    example = str(guide.rows("presets")[_EXAMPLE]["label"]), risk.assess(risk.presets()[_EXAMPLE])

    def arranged(dashboard: Dashboard[risk.Habits, risk.Assessment]) -> list[ipywidgets.Widget]:
        def compare(*weeks: risk.Assessment) -> None:
            kept[:] = weeks
            forget.disabled = not weeks
            dashboard.redraw()

        keep = button(_("Keep this week to compare"), lambda: compare(dashboard.result))
        forget = button(_("Stop comparing"), compare)
        forget.disabled = True
        return side_by_side(dashboard, actions=[keep, forget])

    return Dashboard(
        risk.Habits,
        run=risk.assess,
        figures=lambda _habits, found, _before: [
            figures.plot_levels(found, *kept, example=example)
        ],
        unmoved=_unmoved,
        words=_summary,
        details=_findings,
        code=_shown_code,
        groups={
            group: [name for name, row in factors.items() if row["group"] == group]
            for group in dict.fromkeys(row["group"] for row in factors.values())
        },
        healthy={name: factor.healthy for name, factor in risk.factors().items()},
        hints={
            name: _("The limits are the course's own.")
            for name, row in factors.items()
            if row["illustrative"] == "both"
        },
        presets=[
            Preset(name, row["label"], row["story"], risk.presets()[name])
            for name, row in guide.rows("presets").items()
        ],
        address=True,
        arrange=arranged,
    )


def _summary(_habits: risk.Habits, assessment: risk.Assessment) -> Markup:
    band = assessment.band
    together = marked(
        _(
            "All habits together: <strong>{word}</strong>. {summary}",
            **escaped(word=band.word, summary=band.summary),
        )
    )
    rule = _("{rule} It is neither a probability nor a diagnosis.", rule=band.rule)
    return html('<p>{}</p><p class="tw-small">{}</p>', together, rule)


def _unmoved(was: risk.Assessment, now: risk.Assessment) -> str:
    """Return which changed habits still count the same, and why; empty if many changed."""
    gained = now.levels_since(was)
    same = [finding for finding in now.findings if gained.get(finding.id) == 0]
    if len(gained) > _MOST:
        return ""
    return " ".join(
        _(
            "{habit} still counts the same, “{level}”: {reason}",
            habit=finding.label,
            level=finding.level.word,
            reason=finding.reason,
        )
        for finding in same
    )


def _findings(_habits: risk.Habits, assessment: risk.Assessment) -> Markup:
    return html(
        '<h3>{}</h3><ul class="tw-findings">{}</ul>',
        _("Why, and how sure anyone is"),
        each("{}", map(_finding, assessment.findings)),
    )


def _finding(finding: risk.Finding) -> Markup:
    return html(
        "<li{raised}><div><h4>{label}</h4>"
        '<p class="tw-level">{level.mark} {level.word}</p></div>'
        '<div><p>{reason}</p><p class="tw-small">{note}</p></div><div>{claim}</div></li>',
        raised=Markup(' class="tw-raised"') if finding.level.rank else "",
        label=finding.label,
        level=finding.level,
        reason=finding.reason,
        note=risk.factors()[finding.id].threshold_note,
        claim=claim_markup(finding.claim, finding.id),
    )


def _shown_code(habits: risk.Habits) -> str:
    values = ", ".join(f"{name}={value:g}" for name, value in habits.changed().items())
    return f"from twitchlib import risk\n\nrisk.assess(risk.Habits({values})).to_frame()"
