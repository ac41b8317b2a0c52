"""How twitches are associated with each habit: a mark and an interval for each pair tested."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.diary import Association, Relations
from twitchlib.diary.days import FloatArray
from twitchlib.diary.relations import MAY_BE_CHANCE, NO_SIGN, STANDS_OUT, TOO_FEW_DAYS
from twitchlib.figures.diary._words import key as key_of
from twitchlib.figures.diary._words import titled
from twitchlib.figures.theme import figure, joined
from twitchlib.messages import gettext as _
from twitchlib.messages import inside, ngettext
from twitchlib.palette import LIGHT

__all__ = [
    "MARKS",
    "VERDICTS",
    "describe_relations",
    "pair_axis",
    "pair_height",
    "pair_rows",
    "pair_text",
    "plot_relations",
]

MARKS: Final = {STANDS_OUT: "●", MAY_BE_CHANCE: "◐", NO_SIGN: "○"}

_PAIR_PX: Final = 22
_NAME: Final = 1.2  # rows taken by the name of a habit
_MOST_NAMED: Final = 4
VERDICTS: Final = {
    STANDS_OUT: _("stands out"),
    MAY_BE_CHANCE: _("may be chance"),
    NO_SIGN: _("no sign"),
    TOO_FEW_DAYS: _("too few days"),
}


def plot_relations(
    relations: Relations,
    *,
    truth: Collection[tuple[str, int]] = (),
    synthetic: bool = False,
) -> go.Figure:
    """Draw how twitches are associated with each habit on the same day and the days after.

    Parameters
    ----------
    relations : Relations
        The associations.
    truth : collection of (str, int)
        Habits and lags built into a made-up diary, marked with a diamond.
    synthetic : bool
        Whether the title says that a computer made the diary up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = diary.relate(diary.simulate(seed=1).days())
    >>> plot_relations(found, synthetic=True).layout.title.text
    'A made-up diary: 4 pairs stand out: caffeine, sleep, stress and hard exercise'
    """
    pairs = relations.associations
    rows = pair_rows(pairs)
    low, middle, high = (
        np.array([getattr(a, name) for a in pairs], dtype=float)
        for name in ("low", "correlation", "high")
    )
    traces: list[Any] = [
        go.Scatter(
            x=np.ravel([low, high, np.full_like(low, np.nan)], "F"),
            y=np.repeat(rows, 3),
            mode="lines",
            line={"color": LIGHT["line"], "width": 3},
            hoverinfo="skip",
            name=_("95 % interval"),
        )
    ]
    for verdict, mark in MARKS.items():
        which = np.array([a.verdict == verdict for a in pairs], dtype=bool)
        strong = verdict == STANDS_OUT
        traces.append(
            go.Scatter(
                x=np.where(which, middle, np.nan),
                y=rows,
                mode="text",
                text=mark,
                textfont={"size": 16, "color": LIGHT["attention" if strong else "ink"]},
                hovertemplate=f"{VERDICTS[verdict]}: %{{x:.2f}}<extra></extra>",
                name=VERDICTS[verdict],
            )
        )
    put_in = np.array([(a.habit.id, a.lag_days) in truth for a in pairs], dtype=bool)
    traces.append(
        go.Scatter(
            x=np.where(put_in, 0.9, np.nan),
            y=rows,
            mode="markers",
            marker={"symbol": "diamond", "size": 11, "color": LIGHT["calm"]},
            hovertemplate=f"{_('put into this diary')}<extra></extra>",
            name=_("put in"),
        )
    )
    key = "    ".join(f"{mark} {VERDICTS[verdict]}" for verdict, mark in MARKS.items())
    return figure(
        traces,
        title=titled(_title(relations), synthetic=synthetic),
        description=describe_relations(relations),
        table=_table(relations),
        height=pair_height(pairs),
        x={
            "title": _("Correlation with twitches"),
            "range": [-1.05, 1.05],
            "tickvals": [-0.5, 0, 0.5],
            "ticktext": [_("−0.5<br>fewer"), "0", _("0.5<br>more")],
            "zeroline": True,
            "zerolinecolor": LIGHT["line"],
        },
        y=pair_axis(pairs),
        annotations=[key_of(f"{key}    ◆ {_('put in')}" if truth else key)],
    )


def pair_rows(pairs: Sequence[Association]) -> FloatArray:
    """Return the row of each pair: one below the other, with room for the habit's name."""
    new = [i == 0 or pair.habit != pairs[i - 1].habit for i, pair in enumerate(pairs)]
    return np.arange(len(pairs)) + _NAME * np.cumsum(new, dtype=float)


def pair_axis(pairs: Sequence[Association]) -> dict[str, Any]:
    """Return the axis that names each pair in its row, under the name of its habit."""
    rows = pair_rows(pairs)
    names = [i for i, a in enumerate(pairs) if i == 0 or a.habit != pairs[i - 1].habit]
    return {
        "title": "",
        "tickvals": [*rows, *(rows[names] - 1)],
        "ticktext": [
            *(_when(a) for a in pairs),
            *(f"<b>{pairs[i].habit.label}</b>" for i in names),
        ],
        "range": [_bottom(pairs), -0.5],
        "showgrid": False,
    }


def pair_height(pairs: Sequence[Association]) -> int:
    """Return the height of a figure with a row for each pair, in pixels."""
    return int(_bottom(pairs) * _PAIR_PX) + 150


def _bottom(pairs: Sequence[Association]) -> float:
    return max(float(pair_rows(pairs).max(initial=0)), 3) + 0.7


def _when(pair: Association) -> str:
    if pair.lag_days == 0:
        return _("same day")
    return ngettext("{n} day before", "{n} days before", pair.lag_days)


def _title(relations: Relations) -> str:
    if not relations.known:
        return _("too few days to compare")
    found = relations.standing_out
    habits = joined(list(dict.fromkeys(inside(a.habit.label) for a in found)))
    match len(found):
        case 0:
            return _("nothing stands out")
        case 1:
            return _("one pair stands out: {habits}", habits=habits)
        case 2:
            return _("two pairs stand out: {habits}", habits=habits)
        case 3:
            return _("three pairs stand out: {habits}", habits=habits)
        case n:
            return ngettext(
                "{n} pair stands out: {habits}", "{n} pairs stand out: {habits}", n, habits=habits
            )


def pair_text(pair: Association) -> str:
    """Return an association in words that imply no cause."""
    habit, more = inside(pair.habit.label), pair.correlation > 0
    if pair.lag_days == 0:
        if more:
            return _("more twitches on days with more {habit}", habit=habit)
        return _("fewer twitches on days with more {habit}", habit=habit)
    if more:
        return ngettext(
            "more twitches the day after more {habit}",
            "more twitches {n} days after more {habit}",
            pair.lag_days,
            habit=habit,
        )
    return ngettext(
        "fewer twitches the day after more {habit}",
        "fewer twitches {n} days after more {habit}",
        pair.lag_days,
        habit=habit,
    )


def describe_relations(relations: Relations) -> str:
    """Return what stands out, how many pairs were tested, and the weakest visible association.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = diary.relate(diary.simulate(seed=1).days())
    >>> describe_relations(found)[:40]
    '20 pairs were looked at: more twitches t'
    """
    if not relations.known:
        return _(
            "There are too few days to compare: at least 28 with a count and a habit are needed,"
            " and several months say more."
        )
    strongest = sorted(relations.standing_out, key=lambda a: -abs(a.correlation))
    found = [pair_text(a) for a in strongest[:_MOST_NAMED]]
    if len(strongest) > _MOST_NAMED:
        found.append(_("{n} more (see the table)", n=len(strongest) - _MOST_NAMED))
    sentences = [_tested(relations, joined(found) if found else _("nothing stands out"))]
    chance = sum(a.verdict == MAY_BE_CHANCE for a in relations.known)
    if chance:
        sentences.append(
            _(
                "{chance} of the others may be chance; if nothing went with anything, about one"
                " look in twenty would still come out like that.",
                chance=chance,
            )
        )
    sentences.append(
        _(
            "A correlation below about {least:.2f} cannot be told from chance here."
            " What goes together need not be cause and effect.",
            least=relations.least_visible,
        )
    )
    return " ".join(sentences)


def _tested(relations: Relations, found: str) -> str:
    n = len(relations.known)
    if relations.others_equal:
        return _(
            "{n} pairs were looked at, the other habits held equal: {found}.", n=n, found=found
        )
    return _("{n} pairs were looked at: {found}.", n=n, found=found)


def _table(relations: Relations) -> dict[str, Any]:
    """Return all pairs as a table in words and numbers."""
    return {
        "columns": [
            _("Habit"),
            _("Days before"),
            _("Correlation"),
            _("95 % from"),
            _("to"),
            _("Verdict"),
            _("Twitches a day, least of it"),
            _("Twitches a day, most of it"),
            _("Days"),
            _("Count as"),
        ],
        "rows": [
            [
                a.habit.label,
                a.lag_days,
                *(_rounded(value, 2) for value in (a.correlation, a.low, a.high)),
                VERDICTS[a.verdict],
                *(_rounded(value, 1) for value in (a.mean_low, a.mean_high)),
                a.n,
                _rounded(a.n_effective, 0),
            ]
            for a in relations.associations
        ],
    }


def _rounded(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else round(value, digits)
