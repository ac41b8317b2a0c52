"""Remedies against causes, and potassium and magnesium in food."""

from collections.abc import Collection
from textwrap import fill
from typing import Final

import numpy as np
import plotly.graph_objects as go

from twitchlib import care, guide
from twitchlib.care.foods import Need, needs
from twitchlib.figures.theme import figure, joined
from twitchlib.messages import gettext as _
from twitchlib.messages import inside, ngettext
from twitchlib.palette import LIGHT

__all__ = ["plot_foods", "plot_map"]

_GUIDES_EXAMPLES: Final = ("banana", "spinach-cooked", "spinach-raw")
_LABEL_PX: Final = 116
_ROW_PX: Final = 30


def plot_map(chosen: Collection[str] = ()) -> go.Figure:
    """Draw which remedy the guide offers for which cause, and what studies find about it.

    Parameters
    ----------
    chosen : collection of str
        Ids of the causes to highlight.

    Examples
    --------
    >>> plot_map(["dehydration"]).layout.title.text  # doctest: +ELLIPSIS
    'One of ... remedies is meant for your choice'
    """
    causes, remedies = list(care.causes().values()), list(care.remedies().values())
    place = {cause["id"]: i for i, cause in enumerate(causes)}
    links = [(place[c], row, c, r) for row, r in enumerate(remedies) for c in r.causes]
    plan = care.plan(chosen)
    verdicts = guide.rows("verdicts").values()
    traces = [
        go.Scatter(
            x=np.array([x if (c in chosen) == bright and r.verdict == v["word"] else np.nan
                        for x, _, c, r in links], dtype=float),
            y=np.array([y for _, y, _, _ in links], dtype=float),
            mode="text",
            text=f"<b>{v['mark']}</b>" if bright else v["mark"],
            textfont={"size": 25 if bright else 16,
                      "color": LIGHT["attention" if bright else "muted"]},
            hovertemplate=_("studies: {verdict}", verdict=v["word"]) + "<extra></extra>",
            name=_("{verdict}, chosen", verdict=v["word"]) if bright else v["word"],
        )
        for bright in (False, True)
        for v in verdicts
    ]  # fmt: skip
    return figure(
        traces,
        title=_map_title(plan, len(remedies)),
        description=_describe_map(plan),
        table={
            "columns": [
                _("Remedy"),
                _("For"),
                _("Studies on the guide's claim"),
                _("Who should ask first"),
            ],
            "rows": [
                [
                    r.name,
                    joined([care.causes()[c]["name"] for c in r.causes]),
                    r.verdict,
                    r.ask_first,
                ]
                for r in remedies
            ],
        },
        height=len(remedies) * 44 + 210,
        x={
            "title": _("Cause"),
            "tickvals": list(range(len(causes))),
            "ticktext": [cause["name"].split(" (")[0] for cause in causes],
            "tickangle": -90,
            "range": [-0.6, len(causes) - 0.4],
            "showgrid": True,
        },
        y={
            "title": _("Remedy"),
            "tickvals": list(range(len(remedies))),
            "ticktext": [fill(r.name, 14).replace("\n", "<br>") for r in remedies],
            "range": [len(remedies) - 0.4, -0.6],
            "showgrid": True,
        },
    )


def _map_title(plan: care.Plan, n_remedies: int) -> str:
    if not plan.causes:
        return _(
            "{remedies} remedies for {causes} causes",
            remedies=n_remedies,
            causes=len(care.causes()),
        )
    count = len(plan.remedies)
    if not count:
        return _("None of {remedies} remedies are meant for your choice", remedies=n_remedies)
    return ngettext(
        "One of {remedies} remedies is meant for your choice",
        "{n} of {remedies} remedies are meant for your choice",
        count,
        remedies=n_remedies,
    )


def _describe_map(plan: care.Plan) -> str:
    shown = plan.remedies if plan.causes else tuple(care.remedies().values())
    counts = [
        ngettext(
            "{mark} {verdict} once",
            "{mark} {verdict} {n} times",
            n,
            mark=row["mark"],
            verdict=row["word"],
        )
        for row in guide.rows("verdicts").values()
        if (n := sum(remedy.verdict == row["word"] for remedy in shown))
    ]
    sentences = []
    if counts:
        sentences.append(_("What studies say about the remedies: {counts}.", counts=joined(counts)))
    if plan.without:
        names = joined([cause["name"] for cause in plan.without])
        sentences.append(_("For {names} no remedy at home is known: see a doctor.", names=names))
    return " ".join(sentences)


def plot_foods(nutrient: str, *, per_100_g: bool = False) -> go.Figure:
    """Draw how much of a nutrient each food contains, the richest on top.

    Parameters
    ----------
    nutrient : str
        ``"potassium_mg"`` or ``"magnesium_mg"``.
    per_100_g : bool
        Compare 100 g of each instead of usual portions.

    Raises
    ------
    UnknownNameError
        If `nutrient` is neither of the two.

    Examples
    --------
    >>> plot_foods("potassium_mg").layout.title.text  # doctest: +ELLIPSIS
    'Potassium in a usual portion: banana is number ... of ...'
    """
    need = needs()[nutrient]
    amounts = {
        food: getattr(food, nutrient) * (100 / food.portion_g if per_100_g else 1)
        for food in care.foods().values()
    }
    ranked = sorted(amounts, key=lambda food: -amounts[food])
    values = np.array([amounts[food] for food in ranked])
    rows = np.arange(len(ranked), dtype=float)
    examples = np.array([food.id in _GUIDES_EXAMPLES for food in ranked])
    portion = _("in 100 g") if per_100_g else _("in a usual portion")
    banana = next(i for i, food in enumerate(ranked, 1) if food.id == "banana")
    traces = [
        go.Bar(
            x=np.where(picked, values, np.nan),
            y=rows,
            orientation="h",
            width=0.6,
            marker={"color": LIGHT["attention" if named else "line"]},
            hoverinfo="skip",
            name=_("named by the guide") if named else _("other foods"),
        )
        for picked, named in ((examples, True), (~examples, False))
    ]
    # Not the bars' own text, which plotly omits on a narrow page.
    labels = go.Scatter(
        x=values,
        y=rows,
        mode="text",
        text=[
            f" {'◆ ' if named else ''}{value:.0f} mg · {value / need.daily_mg:.0%}"
            for value, named in zip(values, examples, strict=True)
        ],
        textposition="middle right",  # untranslated: plotly's word
        textfont={"size": 14, "color": LIGHT["ink"]},
        cliponaxis=False,
        hoverinfo="skip",
        name=_("amount"),
    )
    return figure(
        [*traces, labels],
        title=_("{nutrient} {portion}: banana is number {place} of {foods}",
                nutrient=need.label, portion=portion, place=banana, foods=len(ranked)),
        description=_describe_foods(ranked[0], amounts, need, portion),
        table={
            "columns": [_("Food"), _("Portion"), _("Potassium (mg)"), _("Magnesium (mg)"),
                        _("Portions for {daily_mg:,.0f} mg of {nutrient}",
                          daily_mg=need.daily_mg, nutrient=inside(need.label)), "NDB"],
            "rows": [
                [food.name, f"{food.portion}, {food.portion_g:.0f} g", round(food.potassium_mg),
                 round(food.magnesium_mg), round(need.daily_mg / getattr(food, nutrient), 1),
                 food.ndb]
                for food in ranked
            ],
        },
        height=len(ranked) * _ROW_PX + 130,
        barmode="overlay",
        margin={"r": _LABEL_PX},
        x={"title": _("{nutrient} {portion} (mg)<br>and its share of {daily_mg:,.0f} mg a day",
                    nutrient=need.label, portion=portion, daily_mg=need.daily_mg),
           "range": [0, 1.05 * float(values[0])]},
        y={
            "title": "",
            "tickvals": rows,
            "ticktext": [food.name for food in ranked],
            "range": [len(ranked) - 0.4, -0.6],
            "showgrid": False,
        },
    )  # fmt: skip


def _describe_foods(
    richest: care.Food, amounts: dict[care.Food, float], need: Need, portion: str
) -> str:
    banana = care.foods()["banana"]
    return _(
        "Highest: {food} ({most_mg:.0f} mg {portion}). Banana: {banana_mg:.0f} mg, which is "
        "{share:.0%} of the {daily_mg:,.0f} mg a day advised for {for_whom}. "
        "◆ marks the foods that the guide names.",
        food=inside(richest.name),
        most_mg=amounts[richest],
        portion=portion,
        banana_mg=amounts[banana],
        share=amounts[banana] / need.daily_mg,
        daily_mg=need.daily_mg,
        for_whom=need.for_whom,
    )
