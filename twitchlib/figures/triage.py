"""The way from answers about warning signs to a row of the guide's action table."""

from textwrap import fill
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.figures.theme import figure, joined
from twitchlib.messages import beginning, inside, ngettext
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.triage import Action, Advice, Reading, actions, questions
from twitchlib.triage.answers import ANSWERS

__all__ = ["plot_way"]

WORDS: Final = {answer: inside(word) for answer, word in ANSWERS.items()}
"""What the reader sees for each answer."""

_ROW_PX: Final = 42
_NOTHING: Final = _("nothing urgent")
# Left of the guide's rows. A no does not lead to the calm row: only a no to every question does.
_NO_ROW: Final = -0.5


def plot_way(advice: Advice) -> go.Figure:
    """Draw the way to the advice: each answer pushes it right or leaves it, never back to the left.

    It starts left of all rows and reaches the calm row only at the end, after a no to every
    question.

    Urgency is shown by position, by a mark (○ ◐ ●) and by a word, not by colour.

    Parameters
    ----------
    advice : Advice
        The advice to show.

    Examples
    --------
    >>> from twitchlib import triage
    >>> plot_way(triage.advise(triage.Answers.all_no(pain="yes"))).layout.title.text
    'See a doctor'
    """
    way, asked = advice.way, questions().values()
    rows = np.arange(len(asked), dtype=float)
    places = np.array([_NO_ROW if action is None else action.urgency for action in way.values()])
    reached = np.maximum.accumulate(places)
    final = np.nan if advice.action is None else float(advice.action.urgency)
    # Down to each question, then as far to the right as its answer pushes; finally to the row.
    way_x = np.ravel(
        [[before, now] for before, now in zip([_NO_ROW, *reached], reached, strict=False)]
    )
    traces: list[Any] = [
        go.Scatter(
            x=np.array([*way_x, reached[-1], final]),
            y=np.array([*np.repeat(rows, 2), len(asked), len(asked)], dtype=float),
            mode="lines",
            line={"color": LIGHT["attention"], "width": 5},
            hoverinfo="skip",
            name=_("the way"),
        ),
        *(
            go.Scatter(
                x=np.where([getattr(advice.answers, q) == answer for q in way], places, np.nan),
                y=rows,
                mode="markers+text",
                marker={
                    "symbol": "circle-open" if answer in ("no", "open") else "circle",
                    "size": 11,
                    "color": LIGHT["line"] if answer in ("no", "open") else LIGHT["ink"],
                },
                text=f"\N{NO-BREAK SPACE}{word}",
                textfont={"size": 14, "color": LIGHT["ink"]},
                textposition="middle right",  # untranslated: plotly's word
                hoverinfo="skip",
                cliponaxis=False,
                name=word,
            )
            for answer, word in WORDS.items()
        ),
        *(
            go.Scatter(
                x=np.array([final if final == action.urgency else np.nan]),
                y=np.array([float(len(asked))]),
                mode="text",
                text=action.mark,
                textfont={"size": 31, "color": LIGHT["attention" if action.urgency else "calm"]},
                hoverinfo="skip",
                cliponaxis=False,
                name=action.word,
            )
            for action in actions().values()
        ),
    ]
    return figure(
        traces,
        title=_title(advice),
        description=describe(advice),
        table=_table(advice),
        height=(len(asked) + 1) * _ROW_PX + 150,
        x={
            "title": _("Row of the guide's table"),
            "tickvals": [action.urgency for action in actions().values()],
            "ticktext": [
                f"{action.mark}<br>{fill(action.word, 9).replace(chr(10), '<br>')}"
                for action in actions().values()
            ],
            "tickfont": {"size": 12},  # three in a row on a phone
            "tickangle": 0,
            "range": [_NO_ROW - 0.2, 2.6],
            "showgrid": True,
            "showline": False,
        },
        y={
            "title": "",  # the questions need the room
            "tickvals": np.append(rows, len(asked)),
            "ticktext": [
                *(fill(question.label, 20).replace("\n", "<br>") for question in asked),
                f"<b>{_('together')}</b>",
            ],
            "range": [len(asked) + 0.6, -0.6],
            "showgrid": False,
        },
        annotations=[
            {
                "x": _NO_ROW, "xanchor": "left", "xshift": -8, "y": 1, "yref": "paper",
                "yanchor": "bottom", "text": _("no row yet"), "font": {"color": LIGHT["muted"]},
                "showarrow": False,
            }
        ],
    )  # fmt: skip


def _title(advice: Advice) -> str:
    if advice.action is None:
        return ngettext(
            "No row applies yet: {n} question open",
            "No row applies yet: {n} questions open",
            len(advice.open),
        )
    return beginning(_words(advice.action, advice.reading))


def _words(action: Action, reading: Reading | None) -> str:
    if reading is None:
        return action.word
    return _("{row}: {reading}", row=action.word, reading=reading.word)


def row_text(action: Action | None, reading: Reading | None) -> str:
    """Return a row with its mark, and its reading if it has one, in a few words.

    Examples
    --------
    >>> row_text(None, None)
    'no row yet'
    """
    if action is None:
        return _("no row yet")
    return f"{action.mark} {_words(action, reading)}"


def describe(advice: Advice) -> str:
    """Return the advice in one sentence.

    Examples
    --------
    >>> from twitchlib import triage
    >>> describe(triage.advise(triage.Answers.all_no(weeks="yes", pain="unsure")))
    'See a doctor, because of pain (not sure) and weeks, or several places (yes).'
    """
    if advice.action is None:
        return _("{title}; an open question is never taken for a no.", title=_title(advice))
    if not advice.action.urgency:
        return _("{advice}: no warning sign, and it passes.", advice=_title(advice))
    why = [
        f"{inside(questions()[name].label)} ({_answer(advice, name)})"
        for name, action in advice.way.items()
        if action == advice.action
    ]
    sentence = _("{advice}, because of {signs}.", advice=_title(advice), signs=joined(why))
    if advice.open:
        sentence += " " + _("{n} still open.", n=len(advice.open))
    return sentence


def _table(advice: Advice) -> dict[str, Any]:
    """Return the way as a table in words: one row per question."""

    def word(action: Action | None) -> str:
        return _NOTHING if action is None else action.word

    rows = []
    so_far: Action | None = None
    for name, action in advice.way.items():
        so_far = max((so_far, action), key=lambda one: -1 if one is None else one.urgency)
        calls_for = _("not known") if name in advice.open else word(action)
        rows.append([questions()[name].question, _answer(advice, name), calls_for, word(so_far)])
    return {
        "columns": [_("Question"), _("Answer"), _("Calls for"), _("Row so far")],
        "rows": rows,
    }


def _answer(advice: Advice, question: str) -> str:
    return WORDS[getattr(advice.answers, question)]
