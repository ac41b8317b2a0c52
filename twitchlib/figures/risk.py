"""Figures of habits and the guide's qualitative risk factors."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from twitchlib import guide
from twitchlib.arrays import FloatArray
from twitchlib.figures.theme import figure, joined
from twitchlib.messages import beginning, inside, ngettext
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.risk import Assessment, Finding
from twitchlib.risk.rules import levels
from twitchlib.words import number_word

__all__ = ["plot_levels"]

_ROW_PX = 44


def plot_levels(
    assessment: Assessment,
    before: Assessment | None = None,
    *,
    example: tuple[str, Assessment] | None = None,
) -> go.Figure:
    """Draw how much each habit counts, according to the guide.

    A level is shown in three ways, none of them colour: by a mark (○ ◐ ●), by the length of a bar,
    and by the word above it.

    Parameters
    ----------
    assessment : Assessment
        The assessment to show.
    before : Assessment, optional
        An earlier assessment, shown as a small open diamond where a habit's level was different.
    example : tuple of str and Assessment, optional
        The name of another assessment, and the assessment, drawn faintly as long as no habit
        stands out.

    Examples
    --------
    >>> from twitchlib import risk
    >>> plot_levels(risk.assess(risk.Habits(sleep_h=5))).layout.title.text
    'One habit stands out: sleep'
    """
    findings = assessment.findings
    rows = np.arange(len(findings), dtype=float)
    ranks = np.array([finding.level.rank for finding in findings], dtype=float)
    # Only the numbers of these lines and texts ever change, which the page redraws fastest.
    shown = example if not ranks.any() and before is None else None
    traces: list[Any] = [
        *(_example(example, shown=shown is not None) if example else ()),
        _bars(ranks, _("length"), {"color": LIGHT["attention"], "width": 7}),
    ]
    traces += [
        go.Scatter(
            x=np.where(ranks == level.rank, ranks, np.nan),
            y=rows,
            mode="text",
            text=level.mark,
            textfont={"size": 25, "color": LIGHT["attention"] if level.rank else LIGHT["calm"]},
            hovertemplate=f"{level.word}<extra></extra>",
            cliponaxis=False,
            name=level.word,
        )
        for level in levels()
    ]
    gained = {} if before is None else assessment.levels_since(before)
    kept = [f.level.rank - gained[f.id] if gained.get(f.id) else np.nan for f in findings]
    traces.append(
        go.Scatter(
            x=np.array(kept, dtype=float),
            y=rows,
            mode="markers",
            marker={"symbol": "diamond-open", "size": 11, "color": LIGHT["muted"]},
            hovertemplate=_("the week you kept") + "<extra></extra>",
            name=_("the week you kept"),
        )
    )
    description = describe(assessment)
    if before is not None:
        description += " " + describe_change(before, assessment)
    if shown:
        description += " " + _("Faint, for example: {week}.", week=shown[0])
    return figure(
        traces,
        title=_title(assessment),
        description=description,
        table=_table(assessment),
        height=len(findings) * _ROW_PX + 130,
        x={
            "title": _("As the guide sees it<br>(not a probability)"),
            "tickangle": 0,
            "tickfont": {"size": 12},  # three in a row on a phone
            "tickvals": [level.rank for level in levels()],
            "ticktext": [
                f"{level.mark} {level.word.replace(' ', '<br>', 1)}" for level in levels()
            ],
            "range": [-0.16, 2.5],
            "showgrid": True,
            "showline": False,
        },
        y={
            "title": "",  # its labels say what they are, and a phone needs the room
            "tickvals": rows,
            "ticktext": [finding.label for finding in findings],
            "range": [len(findings) - 0.5, -0.5],
            "showgrid": False,
        },
    )


def _bars(ranks: FloatArray, name: str, look: dict[str, Any]) -> go.Scatter:
    """Return a bar from the axis to each rank above zero."""
    gap = np.full_like(ranks, np.nan)
    return go.Scatter(
        x=np.ravel([np.where(ranks > 0, 0, np.nan), ranks, gap], "F"),
        y=np.repeat(np.arange(ranks.size, dtype=float), 3),
        mode="lines",
        line=look,
        hoverinfo="skip",
        name=name,
    )


def _example(example: tuple[str, Assessment], *, shown: bool) -> list[go.Scatter]:
    """Return the bars of an example and its name, empty unless shown."""
    words = _("for example: {week}", week=inside(example[0]))
    ranks = np.array([finding.level.rank if shown else 0 for finding in example[1].findings], float)
    longest = int(ranks.argmax())
    name = go.Scatter(
        x=np.array([0.16 if shown else np.nan]),
        y=np.array([longest - 0.45]),
        mode="text",
        text=words,
        textposition="middle right",  # untranslated: plotly's word
        textfont={"size": 14, "color": LIGHT["muted"]},
        hoverinfo="skip",
        cliponaxis=False,
        name=words,
    )
    return [_bars(ranks, words, {"color": LIGHT["line"], "width": 3, "dash": "dot"}), name]


def _title(assessment: Assessment) -> str:
    names = [_name(finding) for finding in assessment.contributing]
    if not names:
        return _("No habit stands out")
    count = number_word(len(names), begins=True)
    if len(names) <= 3:
        return ngettext(
            "{count} habit stands out: {names}",
            "{count} habits stand out: {names}",
            len(names),
            count=count,
            names=joined(names),
        )
    return _(
        "{count} of {habits} habits stand out",
        count=count,
        habits=number_word(len(assessment.findings)),
    )


def describe(assessment: Assessment) -> str:
    """Return the assessment in one sentence.

    Examples
    --------
    >>> from twitchlib import risk
    >>> describe(risk.assess(risk.Habits(sleep_h=5)))  # doctest: +ELLIPSIS
    'May contribute: sleep; not a factor: the other ... habits.'
    """
    parts = [
        f"{level.word}: {joined(names)}"
        for level in reversed(levels()[1:])
        if (names := [_name(f) for f in assessment.findings if f.level == level])
    ]
    n_rest = len(assessment.findings) - len(assessment.contributing)
    if n_rest:
        parts.append(f"{levels()[0].word}: {_others(n_rest, only=not parts)}")
    return beginning("; ".join(parts)) + "."


def _others(number: int, *, only: bool) -> str:
    """Return the habits that play no part: all of them, or the remaining ones."""
    count = number_word(number)
    if only:
        return _("all {count} habits", count=count)
    return ngettext("the other habit", "the other {count} habits", number, count=count)


def describe_change(before: Assessment, after: Assessment) -> str:
    """Return the difference between two assessments, in one sentence.

    Examples
    --------
    >>> from twitchlib import risk
    >>> describe_change(risk.assess(), risk.assess(risk.Habits(sleep_h=6)))
    'Compared with the week you kept: sleep now: may contribute.'
    """
    gained = after.levels_since(before)
    if not gained:
        return _("The same as the week you kept.")
    parts = [
        _("{habits} now: {level}", habits=joined(names), level=level.word)
        for level in reversed(levels())
        if (names := [_name(f) for f in after.findings if gained.get(f.id) and f.level == level])
    ]
    if same := [_name(f) for f in after.findings if gained.get(f.id) == 0]:
        parts.append(_("at another value but the same level: {habits}", habits=joined(same)))
    return _("Compared with the week you kept: {changes}.", changes="; ".join(parts))


def _name(finding: Finding) -> str:
    return inside(finding.label)


def _table(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as a table in words: one row per habit."""
    words = guide.rows("verdicts")
    return {
        "columns": [
            _("Habit"),
            _("Value"),
            _("Level"),
            _("Reason"),
            _("Studies on the guide's claim"),
        ],
        "rows": [
            [f.label, f"{f.value:,.6g} {f.unit}", f.level.word, f.reason, words[f.verdict]["word"]]
            for f in assessment.findings
        ],
    }
