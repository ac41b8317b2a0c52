"""The dashboard of lesson 03: habits on the left, what the guide would say on the right."""

from typing import Any

import ipywidgets

from twitchlib import guide, risk
from twitchlib.figures import risk as figures
from twitchlib.messages import gettext as _
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.controls import Controls, Preset
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, button, buttons, stack
from twitchlib.widgets.page_link import PageLink, parse_query, problems_markup
from twitchlib.widgets.prose import Prose, shown_code, text

__all__ = ["TriggersDashboard"]


class TriggersDashboard(ipywidgets.VBox):
    """Habits, the levels the guide would give them, and what studies say of that.

    Attributes
    ----------
    controls : Controls
        The sliders; ``controls.value`` is the present week.
    assessment : risk.Assessment
        What the page shows.
    kept : risk.Assessment or None
        The week that was kept to compare with.
    """

    def __init__(self) -> None:
        factors = guide.rows("factors")
        self.controls: Controls[risk.Habits] = Controls(
            risk.Habits,
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
        )
        self.assessment = risk.assess(self.controls.value)
        self.kept: risk.Assessment | None = None
        self._summary = Prose()
        self._figure = FigureView(figures.plot_levels(self.assessment))
        self._findings = Prose()
        self._code = Prose()
        self._problems = Prose()
        self._keep = button(_("Keep this week to compare"), self._keep_week)
        self._forget = button(_("Stop comparing"), self._forget_week)
        self._link = PageLink(on_query=self._take_query)
        self.controls.on_change(lambda _habits: self._refresh())
        self._refresh()
        super().__init__(
            [
                self._problems,
                beside(
                    self.controls,
                    stack(
                        self._figure, self._summary, buttons(self._keep, self._forget, self._link)
                    ),
                ),
                self._findings,
                self._code,
            ],
            _dom_classes=("tw-dashboard",),
        )

    def _keep_week(self) -> None:
        self.kept = self.assessment
        self._refresh()

    def _forget_week(self) -> None:
        self.kept = None
        self._refresh()

    def _take_query(self, query: str) -> None:
        week, problems = parse_query(query, risk.Habits, risk.presets())
        self._problems.html = problems_markup(problems)
        self.controls.value = week

    def _refresh(self) -> None:
        habits = self.controls.value
        self.assessment = risk.assess(habits)
        self._figure.show(figures.plot_levels(self.assessment, self.kept))
        self._summary.html = _summary(self.assessment)
        self._findings.html = _findings(self.assessment)
        self._code.html = shown_code("tw-code", _shown_code(habits))
        self._forget.disabled = self.kept is None
        self._link.write(_in_a_link(habits))


def _in_a_link(habits: risk.Habits) -> dict[str, Any]:
    """Return the shortest way to say these habits in a link."""
    preset = next((name for name, week in risk.presets().items() if week == habits), None)
    return habits.changed() if preset is None else {"preset": preset}


def _summary(assessment: risk.Assessment) -> str:
    band = assessment.band
    together = _(
        "All habits together: <strong>{word}</strong>. {summary}",
        word=text(band.word),
        summary=text(band.summary),
    )
    rule = _("{rule} It is no probability and no diagnosis.", rule=text(band.rule))
    return f'<p>{together}</p><p class="tw-small">{rule}</p>'


def _findings(assessment: risk.Assessment) -> str:
    items = "".join(_finding(finding) for finding in assessment.findings)
    heading = _("Why, and how sure anyone is")
    return f'<h3>{heading}</h3><ul class="tw-findings">{items}</ul>'


def _finding(finding: risk.Finding) -> str:
    factor = risk.factors()[finding.id]
    raised = ' class="tw-raised"' if finding.level.rank else ""
    return (
        f"<li{raised}><div><h4>{text(finding.label)}</h4>"
        f'<p class="tw-level">{text(finding.level.mark)} {text(finding.level.word)}</p></div>'
        f'<div><p>{text(finding.reason)}</p><p class="tw-small">{text(factor.threshold_note)}</p>'
        f"</div><div>{claim_markup(finding.claim, finding.id)}</div></li>"
    )


def _shown_code(habits: risk.Habits) -> str:
    values = ", ".join(f"{name}={value:g}" for name, value in habits.changed().items())
    return f"from twitchlib import risk\n\nrisk.assess(risk.Habits({values})).to_frame()"
