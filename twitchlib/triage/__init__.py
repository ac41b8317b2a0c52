"""From answers about warning signs to the row of the guide's action table that applies.

The rules are the table ``triage_rules`` in ``data/``. It teaches; it diagnoses nothing. Safe by
construction: a question that stays open meets no rule, so the calm row is reached only by
answering every question with no; of all rules that apply, the most urgent row counts; what studies
add is shown beside the guide's advice and never weakens it. The most urgent row has two readings,
which are the course's own: call the emergency number now, or be seen today. The second requires a
no to every question in which minutes count.

Examples
--------
>>> from twitchlib import triage
>>> triage.advise(triage.Answers.all_no(weeks="yes")).action.name
'Persistent twitching'
>>> print(triage.advise().action)  # nothing answered is not "normal"
None
"""

from twitchlib.triage.advice import Advice, advise, what_if
from twitchlib.triage.answers import Answers
from twitchlib.triage.rules import Action, Question, Reading, Rule, actions, questions
from twitchlib.triage.table import advise_frame
from twitchlib.triage.vignettes import vignettes

__all__ = [
    "Action",
    "Advice",
    "Answers",
    "Question",
    "Reading",
    "Rule",
    "actions",
    "advise",
    "advise_frame",
    "questions",
    "vignettes",
    "what_if",
]
