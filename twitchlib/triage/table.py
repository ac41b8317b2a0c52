"""Many people's answers at once: the same rules applied to a table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from twitchlib.dataframes import (
    Coded,
    blocks,
    codes,
    known_columns,
    opened,
    sets,
    where,
    written,
)
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.triage.answers import ANSWERS, OPEN
from twitchlib.triage.rules import (
    Condition,
    actions,
    conditions,
    most_urgent,
    questions,
    readings,
    rules,
)

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import IntoDataFrameT

__all__ = ["advise_frame"]


_CODES: Final = {word: code for code, word in enumerate(ANSWERS)}


def advise_frame(frame: "IntoDataFrameT") -> "IntoDataFrameT":
    """Apply the rules to a table of answers, one person per row.

    Parameters
    ----------
    frame : DataFrame of pandas or polars, or Table of pyarrow
        Columns named as the questions, holding ``"yes"``, ``"no"``, ``"unsure"`` or ``"open"``;
        other columns are ignored. A missing column or cell is an open question.

    Returns
    -------
    DataFrame or Table
        Of the same kind as `frame`, with its index if it has one:

        ``action``
            The row that applies (ordered categorical), missing if no answer is urgent and a
            question is open.
        ``reading``
            How the course reads the most urgent row, ``"today"`` or ``"now"`` (ordered
            categorical), missing for every other row.
        ``rules``
            Names of the rules that apply, joined by spaces (categorical).
        ``open``
            Names of the open questions, joined by spaces (categorical).
        ``action_is_lower_bound``
            True if a question is open, so that the row could be more urgent.

    Raises
    ------
    NotAllowedError
        If a cell holds anything else (the message names the row), a column looks like a misspelt
        question, such as ``weaknes``, or `frame` is not such a table.

    Examples
    --------
    >>> import pandas as pd
    >>> advise_frame(pd.DataFrame({"weakness": ["yes"]}))["action_is_lower_bound"].to_list()
    [True]
    """
    table = opened(frame)
    known_columns(table, questions())
    n = len(table)
    answers = {name: _column(table, name) for name in questions()}
    urgency, reading = np.full(n, -1, dtype=np.int8), np.full(n, -1, dtype=np.int8)
    # One bit per rule, and one per question.
    fired, still_open = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int16)
    for rows in blocks(n):
        given = {name: column[rows] for name, column in answers.items()}
        for bit, rule in enumerate(rules().values()):
            holds = _hold(conditions("triage_rules")[rule.id], given)
            np.maximum(urgency[rows], rule.action.urgency, out=urgency[rows], where=holds)
            fired[rows] |= holds.astype(np.int32) << bit
        for place, candidate in reversed(list(enumerate(readings()))):  # the least pressing wins
            holds = _hold(conditions("readings")[candidate.id], given)
            reading[rows][holds & (urgency[rows] == most_urgent().urgency)] = place
        for bit, column in enumerate(given.values()):
            still_open[rows] |= (column == _CODES[OPEN]).astype(np.int16) << bit
    out: dict[str, Coded | NDArray[np.bool_]] = {
        "action": Coded(urgency, tuple(actions()), ordered=True),
        "reading": Coded(reading, tuple(candidate.id for candidate in readings()), ordered=True),
        "rules": sets(fired, rules()),
        "open": sets(still_open, answers),
        "action_is_lower_bound": still_open > 0,
    }
    return written(table, out)


def _hold(
    when: tuple[Condition, ...], answers: Mapping[str, NDArray[np.int8]]
) -> NDArray[np.bool_]:
    """Return whether all conditions hold, for each person."""
    met = []
    for condition in when:
        accepted = np.array([word in condition.answers for word in ANSWERS])
        met.append(accepted[answers[condition.question]])
    every: NDArray[np.bool_] = np.logical_and.reduce(met)
    return every


def _column(table: "nw.DataFrame[Any]", name: str) -> NDArray[np.int8]:
    """Return the answers as indices into `ANSWERS`."""
    if name not in table.columns:
        return np.full(len(table), _CODES[OPEN], dtype=np.int8)
    column = codes(table[name])
    # The last is for missing cells, code −1.
    known = np.full(len(column.words) + 1, _CODES[OPEN], dtype=np.int8)
    for place, word in enumerate(column.words):
        if not isinstance(word, str) or word not in _CODES:
            cell = where(table, name, int(np.argmax(column.codes == place)))
            raise NotAllowedError(cell, word, _("one of {options}", options=", ".join(ANSWERS)))
        known[place] = _CODES[word]
    found: NDArray[np.int8] = known[column.codes]
    return found
