"""The pairs of several diaries side by side: what chance alone makes of them, or what repeats."""

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.diary import Association, Relations
from twitchlib.diary.relations import MAY_BE_CHANCE, NO_SIGN, STANDS_OUT
from twitchlib.figures.diary._words import key
from twitchlib.figures.diary.relations import (
    MARKS,
    VERDICTS,
    pair_axis,
    pair_height,
    pair_rows,
    pair_text,
)
from twitchlib.figures.theme import figure
from twitchlib.messages import beginning, ngettext
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["plot_diaries"]

_SIZES_PX: Final = {STANDS_OUT: 18, MAY_BE_CHANCE: 18, NO_SIGN: 11}


def plot_diaries(found: Sequence[Relations], *, synthetic: bool = False) -> go.Figure:
    """Draw the verdict on each pair of several diaries, one column for each diary.

    Parameters
    ----------
    found : sequence of Relations
        The associations of each diary, all of the same habits and lags.
    synthetic : bool
        Whether the title says that a computer made the diaries up.

    Examples
    --------
    >>> from twitchlib import diary
    >>> made_up = [diary.simulate(seed=n, effects=()) for n in (1, 2, 3)]
    >>> found = [diary.relate(one.days()) for one in made_up]
    >>> plot_diaries(found, synthetic=True).layout.title.text
    'Made-up diaries: something shows in 2 of 3'
    """
    pairs = found[0].associations if found else ()
    rows = pair_rows(pairs)
    traces: list[Any] = []
    for verdict, mark in MARKS.items():
        marked = [
            (number, rows[i])
            for number, relations in enumerate(found, 1)
            for i, pair in enumerate(relations.associations)
            if pair.verdict == verdict
        ]
        colour = LIGHT["line" if verdict == NO_SIGN else "attention"]
        traces.append(
            go.Scatter(
                x=[number for number, _row in marked],
                y=[row for _number, row in marked],
                mode="text",
                text=mark,
                textfont={"size": _SIZES_PX[verdict], "color": colour},
                hovertemplate=f"{VERDICTS[verdict]}<extra></extra>",
                name=VERDICTS[verdict],
            )
        )
    title = _title(found)
    return figure(
        traces,
        title=_("Made-up diaries: {found}", found=title) if synthetic else beginning(title),
        description=_describe(found),
        table=_table(found),
        height=pair_height(pairs),
        x={
            "title": _("Number of the diary"),
            "range": [0.4, len(found) + 0.6],
            "tickvals": list(range(1, len(found) + 1)),
            "showgrid": False,
        },
        y=pair_axis(pairs),
        annotations=[key("    ".join(f"{mark} {VERDICTS[name]}" for name, mark in MARKS.items()))],
    )


def _with(relations: Relations, *verdicts: str) -> list[Association]:
    return [pair for pair in relations.known if pair.verdict in verdicts]


def _title(found: Sequence[Relations]) -> str:
    showing = sum(bool(_with(one, STANDS_OUT, MAY_BE_CHANCE)) for one in found)
    return _("something shows in {showing} of {total}", showing=showing, total=len(found))


def _describe(found: Sequence[Relations]) -> str:
    looks = sum(len(one.known) for one in found)
    chance, strong = (
        sum(len(_with(one, verdict)) for one in found) for verdict in (MAY_BE_CHANCE, STANDS_OUT)
    )
    return _(
        "{title}. {looks} in all: {chance} may be chance, {strong} stand out.",
        title=beginning(_title(found)),
        looks=ngettext("{n} look", "{n} looks", looks),
        chance=chance,
        strong=strong,
    )


def _table(found: Sequence[Relations]) -> dict[str, Any]:
    """Return what shows in each diary, in words."""
    return {
        "columns": [
            _("Diary"),
            beginning(VERDICTS[MAY_BE_CHANCE]),
            beginning(VERDICTS[STANDS_OUT]),
        ],
        "rows": [
            [
                number,
                *(
                    "; ".join(map(pair_text, _with(relations, verdict)))
                    for verdict in (MAY_BE_CHANCE, STANDS_OUT)
                ),
            ]
            for number, relations in enumerate(found, 1)
        ],
    }
