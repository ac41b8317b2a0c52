"""The dashboard of lesson 04: questions on the left, the row of the guide's table on the right."""

from typing import Final

import ipywidgets

from twitchlib import triage
from twitchlib.figures import triage as figures
from twitchlib.figures.theme import joined
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.triage.rules import readings
from twitchlib.typed import quoted
from twitchlib.widgets.claims import claim_markup, sources_markup
from twitchlib.widgets.controls import Controls, Preset
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import beside, stack
from twitchlib.widgets.page_link import PageLink, parse_query, problems_markup
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose, shown_code, text

__all__ = ["WarningSigns", "action_table"]

_ORIGINS: Final = {
    "guide": _("from the guide"),
    "studies": _("from studies and medical advice"),
    "course": _("from the course's own caution"),
}
_ALL_NO: Final = _("Nothing but a twitch that passes. Change one answer at a time from here.")


class WarningSigns(ipywidgets.VBox):
    """Questions, the way to a row of the guide's table, and why.

    Answers are read from the page's address but never written there: they are about a body, and
    addresses are kept by browsers and servers.

    Attributes
    ----------
    controls : Controls
        The questions; ``controls.value`` are the present answers.
    advice : triage.Advice
        What the page shows.
    """

    def __init__(self) -> None:
        self._cases = {"all-no": triage.Answers.all_no(), **triage.vignettes()}
        self.controls: Controls[triage.Answers] = Controls(
            triage.Answers,
            groups={_("The most urgent questions first"): list(triage.questions())},
            hints={
                name: [sign["sign"] for sign in question.signs]
                if question.listed
                else question.help
                for name, question in triage.questions().items()
            },
            presets=[Preset("all-no", _("No to all"), _ALL_NO, self._cases["all-no"])],
        )
        self.advice = triage.advise(self.controls.value)
        self._problems = Prose()
        self._figure = FigureView(figures.plot_way(self.advice))
        self._rows = Prose()
        self._reasons = Prose()
        link = PageLink(on_query=self.take_query)
        link.layout.display = "none"
        self.controls.on_change(lambda _answers: self._refresh())
        self._refresh()
        super().__init__(
            [
                link,
                self._problems,
                privacy(),
                beside(self.controls, stack(self._figure, self._rows)),
                self._reasons,
                Prose(_signs()),
            ],
            _dom_classes=("tw-dashboard",),
        )

    def take_query(self, query: str) -> None:
        """Show the answers that a link asks for, and say what it could not have.

        Parameters
        ----------
        query : str
            As `page_link.parse_query` reads it; ``preset`` names a made-up case.
        """
        answers, problems = parse_query(query, triage.Answers, self._cases)
        self._problems.html = problems_markup(problems)
        self.controls.value = answers

    def _refresh(self) -> None:
        self.advice = triage.advise(self.controls.value)
        self._figure.show(figures.plot_way(self.advice))
        self._rows.html = (
            _rows(self.advice.action) + _readings(self.advice.reading) + _net(self.advice)
        )
        self._reasons.html = (
            _reasons(self.advice)
            + _other_answers(self.advice)
            + shown_code("tw-code-triage", _shown_code(self.advice))
        )


def action_table() -> Prose:
    """Show the guide's table of what to do, none of its rows lit, and how its last row is read.

    Examples
    --------
    >>> "Severe symptoms" in action_table().html
    True
    """
    listed = "".join(
        f"<li><p><strong>{text(beginning(reading.word))}.</strong> {text(reading.action)}</p>"
        f"<p>{text(reading.reason)}</p></li>"
        for reading in reversed(readings())
    )
    said = _("The guide’s last row knows one kind of help. The course tells two apart:")
    return Prose(f"{_rows(None)}<p>{said}</p><ul>{listed}</ul>")


def _rows(lit: triage.Action | None) -> str:
    """Return the guide's table; the row that applies is framed, bold and named as such."""
    items = []
    for action in triage.actions().values():
        applies = action == lit
        here = f"<p><strong>{_('This row applies.')}</strong></p>" if applies else ""
        mark = ' class="tw-lit" aria-current="true"' if applies else ""
        items.append(
            f'<tr{mark}><th scope="row">{text(action.mark)} {text(action.name)}{here}</th>'
            f"<td>{text(action.symptoms)}</td><td>{text(action.action)}</td></tr>"
        )
    columns = (_("Condition"), _("Symptoms"), _("Action"))
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return (
        f'<table class="tw-table"><caption>{_("The guide’s table")}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(items)}</tbody></table>"
    )


def _readings(reading: triage.Reading | None) -> str:
    """Return how the course reads the row that applies, where it is the most urgent one."""
    if reading is None:
        return ""
    head = _("The course reads it as: {reading}", reading=reading.word)
    return (
        f'<div class="tw-reading"><p><strong>{text(head)}.</strong> {text(reading.action)}</p>'
        f'<p class="tw-small">{text(reading.reason)}</p></div>'
    )


def _net(advice: triage.Advice) -> str:
    return "".join(f"<p>{text(sentence)}</p>" for sentence in advice.safety_net)


def _reasons(advice: triage.Advice) -> str:
    """Return every rule that applies with its claim, then what studies add."""
    rules = "".join(
        f"<li><p>{text(rule.action.mark)} <strong>{text(rule.action.word)}</strong>: "
        f'{text(rule.reason)} <span class="tw-small">({_ORIGINS[rule.origin]})</span></p>'
        f"{claim_markup(rule.claims[0], f'rule-{rule.id}')}</li>"
        for rule in advice.rules
    )
    remarks = "".join(f"<li><p>{text(remark)}</p></li>" for remark in advice.remarks)
    if advice.action is not None:
        remarks += f"<li><p>{text(advice.action.studies_add)}</p></li>"
    rules = rules or f"<li>{_('Nothing is answered yet.')}</li>"
    return f'<h3>{_("Why")}</h3><ul class="tw-claims">{rules}</ul>' + (
        f"<h3>{_('What studies add')}</h3><ul>{remarks}</ul>" if remarks else ""
    )


def _other_answers(advice: triage.Advice) -> str:
    """Return what a single other answer would change."""
    items = []
    what_if = triage.what_if(advice.answers)
    for name, question in triage.questions().items():
        others = [(answer, other) for (asked, answer), other in what_if.items() if asked == name]
        changed: dict[str, list[str]] = {}
        for answer, other in sorted(others, key=lambda one: _urgency(one[1]), reverse=True):
            if (other.action, other.reading) != (advice.action, advice.reading):
                row = figures.row_text(other.action, other.reading)
                changed.setdefault(row, []).append(quoted(figures.WORDS[answer]))
        parts = [
            _("with {answers}: {row}", answers=joined(words), row=row)
            for row, words in changed.items()
        ]
        if parts:
            items.append(f"<li>{text(question.label)}: {text('; '.join(parts))}.</li>")
    found = f"<ul>{''.join(items)}</ul>"
    if not items:
        found = f"<p>{_('No single answer would change it.')}</p>"
    heading = _("What if one answer were another?")
    return f'<details id="tw-what-if"><summary>{heading}</summary>{found}</details>'


def _urgency(other: triage.Advice) -> tuple[int, int]:
    return (
        -1 if other.action is None else other.action.urgency,
        -1 if other.reading is None else other.reading.rank,
    )


def _signs() -> str:
    """Return every sign that counts as a yes, with the reason and the sources, folded."""
    items = []
    for question in triage.questions().values():
        signs = "".join(
            f"<li><p><strong>{text(beginning(sign['sign']))}.</strong> {text(sign['because'])} "
            '<span class="tw-small">'
            f"{sources_markup(sign['references'], sign['unchecked'] or '')}</span></p>"
            "</li>"
            for sign in question.signs
        )
        items.append(f"<h4>{text(question.label)}</h4><ul>{signs}</ul>")
    heading = _("What counts as a yes, and who says so")
    return f'<details id="tw-signs"><summary>{heading}</summary>{"".join(items)}</details>'


def _shown_code(advice: triage.Advice) -> str:
    values = ", ".join(f'{name}="{answer}"' for name, answer in advice.answers.changed().items())
    return f"from twitchlib import triage\n\ntriage.advise(triage.Answers({values})).to_frame()"
