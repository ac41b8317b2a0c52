"""Judgements for the reader to make: cases against the table, claims against the ledger."""

from typing import Final

import ipywidgets

from twitchlib import guide, triage
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.question import Choice, Choices, Option

__all__ = ["Judging", "judge_cases", "judge_claims"]

_CANNOT_SAY: Final = _("cannot be said yet")


class Judging(ipywidgets.VBox):
    """A few questions, one at a time, and how often the reader agreed with the course.

    Parameters
    ----------
    *questions : Choice
        In the order shown.

    Attributes
    ----------
    asked : Choices
        The questions, and the options chosen.
    """

    def __init__(self, *questions: Choice) -> None:
        self.asked = Choices(*questions)
        self._score = Prose()
        self.asked.on_change(lambda _chosen: self._show_score())
        self._show_score()
        shown = [self.asked, self._score] if len(questions) > 1 else [self.asked]
        super().__init__(shown, _dom_classes=("tw-dashboard",))

    def _show_score(self) -> None:
        chosen = self.asked.value
        said = _(
            "Judged: {judged} of {total}. In agreement with the course: {right}.",
            judged=sum(place is not None for place in chosen),
            total=len(chosen),
            right=self.asked.right,
        )
        self._score.html = html('<p role="status">{}</p>', said)


def judge_cases(*cases: str) -> Judging:
    """Let the reader judge made-up cases; the rules of the course give the right row.

    Parameters
    ----------
    *cases : str
        Ids in the table ``vignettes``; by default all of them.

    Raises
    ------
    KeyError
        If there is no such case.

    Examples
    --------
    >>> type(judge_cases()).__name__
    'Judging'
    """
    return Judging(*(_case(name) for name in cases or triage.vignettes()))


def _case(name: str) -> Choice:
    case = guide.rows("vignettes")[name]
    right = triage.advise(triage.vignettes()[name]).action
    options = [
        Option(
            action.word,
            _why(action, right, case["why"]),
            action == right,
        )
        for action in triage.actions().values()
    ]
    options.append(Option(_CANNOT_SAY, case["why"], right is None))
    return Choice(case["story"], options, case["name"])


def _why(action: triage.Action, right: triage.Action | None, why: str) -> str:
    """Return the reason for the right row, preceded by that row if another was chosen."""
    if right is None or action == right:
        return why
    if action.urgency > right.urgency:
        return _(
            "The table says: {row}. More caution than that is never held against you. {why}",
            row=right.word,
            why=why,
        )
    return _("The table says: {row}. {why}", row=right.word, why=why)


def judge_claims(*claims: str) -> Judging:
    """Let the reader guess what studies find about claims of the guide.

    Parameters
    ----------
    *claims : str
        Ids in the table ``claims``, such as ``"G44"``.

    Raises
    ------
    KeyError
        If a claim is not in the ledger.

    Examples
    --------
    >>> type(judge_claims("G19")).__name__
    'Judging'
    """
    return Judging(*(_claim(guide.rows("claims")[name]) for name in claims))


def _claim(row: guide.Row) -> Choice:
    verdicts, why = guide.rows("verdicts"), row["comment"]
    word = verdicts[row["verdict"]]["word"]
    correction = _("The verdict is: {verdict}. {why}", verdict=word, why=why)
    options = []
    for name, verdict in verdicts.items():
        right = name == row["verdict"]
        feedback = why if right else correction
        options.append(Option(f"{verdict['mark']} {verdict['word']}", feedback, right))
    return Choice(_("The guide says: {claim}", claim=row["claim"]), options)
