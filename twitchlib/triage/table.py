"""Many people's answers at once: the same rules applied to a table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

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
    import pandas as pd

__all__ = ["advise_frame"]

_CODES: Final = {word: code for code, word in enumerate(ANSWERS)}


def advise_frame(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Apply the rules to a table of answers, one person per row.

    Parameters
    ----------
    frame : DataFrame
        Columns named as the questions, holding ``"yes"``, ``"no"``, ``"unsure"`` or ``"open"``;
        other columns are ignored. A missing column or cell is an open question.

    Returns
    -------
    DataFrame
        With the index of `frame`:

        ``action``
            The row that applies (ordered categorical), missing if nothing urgent was answered and a
            question is open.
        ``reading``
            How the course reads the most urgent row, ``"today"`` or ``"now"`` (ordered
            categorical), missing for every other row.
        ``rules``
            Names of the rules that apply, joined by spaces.
        ``open``
            Names of the open questions, joined by spaces.
        ``action_is_lower_bound``
            True if a question is open, so that the row could be more urgent.

    Raises
    ------
    NotAllowedError
        If a cell holds anything else (the message names the row).

    Examples
    --------
    >>> import pandas as pd
    >>> advise_frame(pd.DataFrame({"weakness": ["yes"]}))["action_is_lower_bound"].to_list()
    [True]
    """
    import pandas as pd  # the dashboards do not need it

    answers = {name: _column(frame, name) for name in questions()}
    urgency = np.full(len(frame), -1, dtype=np.int8)
    fired = np.full(len(frame), "", dtype=object)
    for rule in rules().values():
        holds = _hold(conditions("triage_rules")[rule.id], answers, len(frame))
        urgency = np.where(holds, np.maximum(urgency, rule.action.urgency), urgency).astype(np.int8)
        fired[holds] += rule.id + " "
    reading = np.full(len(frame), -1, dtype=np.int8)
    for place, one in reversed(list(enumerate(readings()))):  # the least pressing one wins
        holds = _hold(conditions("readings")[one.id], answers, len(frame))
        reading[holds & (urgency == most_urgent().urgency)] = place
    still_open = np.full(len(frame), "", dtype=object)
    for name, codes_of in answers.items():
        still_open[codes_of == _CODES[OPEN]] += name + " "
    out: dict[str, Any] = {
        "action": pd.Categorical.from_codes(
            urgency, dtype=pd.CategoricalDtype(list(actions()), ordered=True)
        ),
        "reading": pd.Categorical.from_codes(
            reading, dtype=pd.CategoricalDtype([one.id for one in readings()], ordered=True)
        ),
        "rules": pd.Series(fired, dtype="str").str.rstrip().to_numpy(),
        "open": pd.Series(still_open, dtype="str").str.rstrip().to_numpy(),
        "action_is_lower_bound": still_open != "",
    }
    return pd.DataFrame(out, index=frame.index)


def _hold(
    when: tuple[Condition, ...], answers: Mapping[str, NDArray[np.int8]], count: int
) -> NDArray[np.bool_]:
    """Return whether all conditions hold, for each person."""
    holds = np.ones(count, dtype=bool)
    for condition in when:
        codes = [_CODES[word] for word in condition.answers]
        holds &= np.isin(answers[condition.question], codes)
    return holds


def _column(frame: "pd.DataFrame", name: str) -> NDArray[np.int8]:
    """Return the answers as indices into `ANSWERS`."""
    if name not in frame:
        return np.full(len(frame), _CODES[OPEN], dtype=np.int8)
    column = frame[name]
    words = column.astype(object).where(column.notna(), OPEN)
    for row, word in words[~words.isin(list(_CODES))].items():
        where = _("{column} in row {row!r}", column=name, row=row)
        raise NotAllowedError(where, word, _("one of {options}", options=", ".join(ANSWERS)))
    return np.asarray(words.map(_CODES), dtype=np.int8)
