"""How twitches go with each habit: a mark and an interval for each pair that was looked at."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.diary import Association, Relations
from twitchlib.diary.days import FloatArray
from twitchlib.figures.diary._words import key as key_of
from twitchlib.figures.diary._words import made_up
from twitchlib.figures.theme import figure, joined
from twitchlib.palette import LIGHT

__all__ = ["MARKS", "describe_relations", "pair_text", "plot_relations", "relations_table"]

MARKS: Final = {"stands out": "●", "may be chance": "◐", "no sign": "○"}

_PAIR_PX: Final = 22
_NAME: Final = 1.2  # rows that the name of a habit takes
_MOST_TOLD: Final = 4
_COUNTS: Final = ("Nothing", "One pair", "Two pairs", "Three pairs")


def plot_relations(
    relations: Relations,
    *,
    truth: Collection[tuple[str, int]] = (),
    synthetic: bool = False,
) -> go.Figure:
    """Draw how twitches go with each habit on the same day and the days after.

    Parameters
    ----------
    relations : Relations
        What was found.
    truth : collection of (str, int)
        Habits and lags that were put into a made-up diary, to be marked with a diamond.
    synthetic : bool
        Whether the title says that a computer made the diary up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = diary.relate(diary.daily(diary.simulate(seed=1)))
    >>> plot_relations(found, synthetic=True).layout.title.text
    'A made-up diary: 4 pairs stand out: caffeine, sleep, stress and hard exercise'
    """
    pairs = relations.associations
    rows = _rows(pairs)
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
            name="95 % interval",
        )
    ]
    for verdict, mark in MARKS.items():
        which = np.array([a.verdict == verdict for a in pairs], dtype=bool)
        strong = verdict == "stands out"
        traces.append(
            go.Scatter(
                x=np.where(which, middle, np.nan),
                y=rows,
                mode="text",
                text=mark,
                textfont={"size": 16, "color": LIGHT["attention" if strong else "ink"]},
                hovertemplate=f"{verdict}: %{{x:.2f}}<extra></extra>",
                name=verdict,
            )
        )
    names = [i for i, a in enumerate(pairs) if i == 0 or a.habit != pairs[i - 1].habit]
    bottom = max(float(rows.max(initial=0)), 3) + 0.7
    put_in = np.array([(a.habit.id, a.lag_days) in truth for a in pairs], dtype=bool)
    traces.append(
        go.Scatter(
            x=np.where(put_in, 0.9, np.nan),
            y=rows,
            mode="markers",
            marker={"symbol": "diamond", "size": 11, "color": LIGHT["calm"]},
            hovertemplate="put into this diary<extra></extra>",
            name="put in",
        )
    )
    key = "    ".join(f"{mark} {verdict}" for verdict, mark in MARKS.items())
    title = _title(relations)
    return figure(
        traces,
        title=made_up(title, synthetic=synthetic),
        description=describe_relations(relations),
        table=relations_table(relations),
        height=int(bottom * _PAIR_PX) + 150,
        x={
            "title": "Correlation with twitches",
            "range": [-1.05, 1.05],
            "tickvals": [-0.5, 0, 0.5],
            "ticktext": ["−0.5<br>fewer", "0", "0.5<br>more"],
            "zeroline": True,
            "zerolinecolor": LIGHT["line"],
        },
        y={
            "title": "",
            "tickvals": [*rows, *(rows[names] - 1)],
            "ticktext": [
                *(_when(a) for a in pairs),
                *(f"<b>{pairs[i].habit.label}</b>" for i in names),
            ],
            "range": [bottom, -0.5],
            "showgrid": False,
        },
        annotations=[key_of(f"{key}    ◆ put in" if truth else key)],
    )


def _rows(pairs: Sequence[Association]) -> FloatArray:
    """Return where each pair stands: one below the other, with room for the habit's name."""
    new = [i == 0 or pair.habit != pairs[i - 1].habit for i, pair in enumerate(pairs)]
    return np.arange(len(pairs)) + _NAME * np.cumsum(new, dtype=float)


def _when(pair: Association) -> str:
    if pair.lag_days == 0:
        return "same day"
    return f"{pair.lag_days} day{'' if pair.lag_days == 1 else 's'} before"


def _title(relations: Relations) -> str:
    if not relations.known:
        return "Too few days to compare"
    found = relations.standing_out
    count = _COUNTS[len(found)] if len(found) < len(_COUNTS) else f"{len(found)} pairs"
    if not found:
        return "Nothing stands out"
    verb = "stands" if len(found) == 1 else "stand"
    names = dict.fromkeys(a.habit.label.lower() for a in found)
    return f"{count} {verb} out: {joined(list(names))}"


def pair_text(pair: Association) -> str:
    """Return what goes with what, without a cause.

    Examples
    --------
    >>> from twitchlib import diary
    >>> pair_text(diary.relate(diary.daily(diary.simulate(seed=1))).associations[0])
    'more twitches on days with more caffeine'
    """
    when = {0: "on days with", 1: "the day after"}.get(pair.lag_days, f"{pair.lag_days} days after")
    amount = "more" if pair.correlation > 0 else "fewer"
    return f"{amount} twitches {when} more {pair.habit.label.lower()}"


def describe_relations(relations: Relations) -> str:
    """Return what stands out, how much was looked at, and how far the diary can see.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = diary.relate(diary.daily(diary.simulate(seed=1)))
    >>> describe_relations(found)[:40]
    '20 pairs were looked at: more twitches t'
    """
    if not relations.known:
        return (
            "There are too few days to compare: 28 with a count and a habit are the least, and"
            " several months say more."
        )
    n = len(relations.known)
    held = ", the other habits held equal" if relations.others_equal else ""
    strongest = sorted(relations.standing_out, key=lambda a: -abs(a.correlation))
    found = [pair_text(a) for a in strongest[:_MOST_TOLD]]
    if len(strongest) > _MOST_TOLD:
        found.append(f"{len(strongest) - _MOST_TOLD} more (see the table)")
    chance = sum(a.verdict == "may be chance" for a in relations.known)
    said = [f"{n} pairs were looked at{held}: {joined(found) if found else 'nothing stands out'}."]
    if chance:
        said.append(
            f"{chance} of the others may be chance; if nothing went with anything, about one look"
            " in twenty would still come out like that."
        )
    said.append(
        f"A correlation below about {relations.least_visible:.2f} cannot be told from chance here."
        " What goes together need not be cause and effect."
    )
    return " ".join(said)


def relations_table(relations: Relations) -> dict[str, Any]:
    """Return all pairs as a table in words and numbers.

    Examples
    --------
    >>> from twitchlib import diary
    >>> found = diary.relate(diary.daily(diary.simulate(seed=1)))
    >>> relations_table(found)["columns"][:2]
    ['Habit', 'Days before']
    """
    return {
        "columns": [
            "Habit",
            "Days before",
            "Correlation",
            "95 % from",
            "to",
            "Verdict",
            "Twitches a day, least of it",
            "Twitches a day, most of it",
            "Days",
            "Count like",
        ],
        "rows": [
            [
                a.habit.label,
                a.lag_days,
                *(_rounded(value, 2) for value in (a.correlation, a.low, a.high)),
                a.verdict,
                *(_rounded(value, 1) for value in (a.mean_low, a.mean_high)),
                a.n,
                _rounded(a.n_effective, 0),
            ]
            for a in relations.associations
        ],
    }


def _rounded(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else round(value, digits)
