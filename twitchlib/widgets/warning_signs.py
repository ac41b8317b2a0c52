"""The dashboard of lesson 04: questions on the left, the row of the guide's table on the right."""

from typing import Final

from twitchlib import guide, triage
from twitchlib.figures import triage as figures
from twitchlib.figures.theme import joined
from twitchlib.markup import Markup, each, html
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.triage.rules import readings
from twitchlib.typed import quoted
from twitchlib.widgets.claims import claim_markup, sources_markup
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import facing, stage
from twitchlib.widgets.page_link import Address
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose

__all__ = ["WarningSigns", "action_table"]

_ORIGINS: Final = {
    "guide": _("from the guide"),
    "studies": _("from studies and medical advice"),
    "course": _("from the course's own caution"),
}
_ALL_NO: Final = _("Nothing but a twitch that passes. Change one answer at a time from here.")


def WarningSigns() -> Dashboard[triage.Answers, triage.Advice]:
    """Return the questions, the way to a row of the guide's table, and the reasons.

    Examples
    --------
    >>> signs = WarningSigns()
    >>> signs.controls.set(weeks="yes")
    >>> signs.result.reading is None
    True
    """
    all_no = Preset("all-no", _("No to all"), _ALL_NO, triage.Answers.all_no())
    address = Address(written=False, cases=triage.vignettes())  # answers concern a reader's health
    return Dashboard(
        triage.Answers,
        run=triage.advise,
        figures=lambda _answers, advice, _before: [figures.plot_way(advice)],
        words=lambda _answers, advice: (
            _rows(advice.action) + _readings(advice) + each("<p>{}</p>", advice.safety_net)
        ),
        details=lambda _answers, advice: _reasons(advice) + _other_answers(advice),
        code=_shown_code,
        groups={_("The most urgent questions first"): list(triage.questions())},
        hints={
            name: [sign["sign"] for sign in question.signs] if question.listed else question.help
            for name, question in triage.questions().items()
        },
        presets=[all_no],
        address=address,
        arrange=lambda signs: [
            address.link,
            address.problems,
            privacy(),
            facing(signs.controls, stage(signs.views), signs.words),
            signs.details,
            signs.code,
            Prose(_signs()),
        ],
    )


def action_table() -> Prose:
    """Show the guide's action table with no row highlighted, and how its last row is read.

    Examples
    --------
    >>> "Severe symptoms" in action_table().html
    True
    """
    return Prose(
        html(
            "{}<p>{}</p><ul>{}</ul>",
            _rows(None),
            _("The guide’s last row has one kind of help. The course distinguishes two:"),
            each(
                "<li><p><strong>{0}.</strong> {1.action}</p><p>{1.reason}</p></li>",
                ((beginning(one.word), one) for one in reversed(readings())),
            ),
        )
    )


def _rows(lit: triage.Action | None) -> Markup:
    """Return the guide's table; the row that applies is framed, bold and labelled as such."""
    columns = (_("Condition"), _("Symptoms"), _("Action"))
    return html(
        '<table class="tw-table"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        _("The guide’s table"),
        each('<th scope="col">{}</th>', columns),
        each("{}", (_row(action, action == lit) for action in triage.actions().values())),
    )


def _row(action: triage.Action, applies: bool) -> Markup:
    here = html("<p><strong>{}</strong></p>", _("This row applies."))
    return html(
        '<tr{lit}><th scope="row">{action.mark} {action.name}{here}</th>'
        "<td>{action.symptoms}</td><td>{action.action}</td></tr>",
        lit=Markup(' class="tw-lit" aria-current="true"') if applies else "",
        action=action,
        here=here if applies else "",
    )


def _readings(advice: triage.Advice) -> Markup:
    """Return how the course reads the row that applies, if it is the most urgent one."""
    if advice.reading is None:
        return Markup()
    return html(
        '<div class="tw-reading"><p><strong>{0}.</strong> {1.action}</p>'
        '<p class="tw-small">{1.reason}</p></div>',
        _("The course reads it as: {reading}", reading=advice.reading.word),
        advice.reading,
    )


def _reasons(advice: triage.Advice) -> Markup:
    """Return every rule that applies, with its claim, then what studies add."""
    rules = each(
        "<li><p>{0.action.mark} <strong>{0.action.word}</strong>: {0.reason} "
        '<span class="tw-small">({1})</span></p>{2}</li>',
        (
            (rule, _ORIGINS[rule.origin], claim_markup(rule.claims[0], f"rule-{rule.id}"))
            for rule in advice.rules
        ),
    )
    remarks = list(advice.remarks)
    if advice.action is not None:
        remarks.append(advice.action.studies_add)
    why = html('<h3>{}</h3><ul class="tw-claims">{}</ul>', _("Why"), rules)
    if not remarks:
        return why
    added = each("<li><p>{}</p></li>", remarks)
    return why + html("<h3>{}</h3><ul>{}</ul>", _("What studies add"), added)


def _other_answers(advice: triage.Advice) -> Markup:
    """Return what a change to a single answer would change."""
    items = []
    what_if = triage.what_if(advice.answers)
    for name, question in triage.questions().items():
        others = [(answer, other) for (asked, answer), other in what_if.items() if asked == name]
        rows: dict[str, list[str]] = {}
        for answer, other in sorted(others, key=lambda one: _urgency(one[1]), reverse=True):
            if (other.action, other.reading) != (advice.action, advice.reading):
                row = figures.row_text(other.action, other.reading)
                rows.setdefault(row, []).append(quoted(figures.WORDS[answer]))
        parts = [
            _("with {answers}: {row}", answers=joined(words), row=row)
            for row, words in rows.items()
        ]
        if parts:
            items.append((question.label, "; ".join(parts)))
    found = html("<ul>{}</ul>", each("<li>{}: {}.</li>", items))
    if not items:
        found = html("<p>{}</p>", _("No single answer would change it."))
    heading = _("What if one answer were another?")
    return html('<details id="tw-what-if"><summary>{}</summary>{}</details>', heading, found)


def _urgency(other: triage.Advice) -> tuple[int, int]:
    return (
        -1 if other.action is None else other.action.urgency,
        -1 if other.reading is None else other.reading.rank,
    )


def _signs() -> Markup:
    """Return every sign that counts as a yes, with the reason and the sources, folded."""
    groups = (
        (question.label, each("{}", map(_sign, question.signs)))
        for question in triage.questions().values()
    )
    return html(
        '<details id="tw-signs"><summary>{}</summary>{}</details>',
        _("What counts as a yes, and who says so"),
        each("<h4>{}</h4><ul>{}</ul>", groups),
    )


def _sign(sign: guide.Row) -> Markup:
    return html(
        '<li><p><strong>{}.</strong> {} <span class="tw-small">{}</span></p></li>',
        beginning(sign["sign"]),
        sign["because"],
        sources_markup(sign["references"], sign["unchecked"] or ""),
    )


def _shown_code(answers: triage.Answers) -> str:
    values = ", ".join(f'{name}="{answer}"' for name, answer in answers.changed().items())
    return f"from twitchlib import triage\n\ntriage.advise(triage.Answers({values})).to_frame()"
