"""The tables of questions, signs, rules, rows, readings and remarks, ready for use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from twitchlib import guide

__all__ = [
    "Action",
    "Condition",
    "Question",
    "Reading",
    "Remark",
    "Rule",
    "Sign",
    "actions",
    "fires",
    "questions",
    "reading_of",
    "readings",
    "remarks",
    "rules",
]


@dataclass(frozen=True)
class Sign:
    """One thing that counts as a yes, why it does, and who says so.

    Attributes
    ----------
    id : str
        Its name in the table ``warning_signs``.
    sign, because : str
        What to look for, and why it counts.
    references : tuple of str
        Keys of the bibliography.
    unchecked : str
        What was not checked at its source; empty if nothing.
    """

    id: str
    sign: str
    because: str
    references: tuple[str, ...]
    unchecked: str


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    id : str
        Its name in `Answers`.
    label, question, help : str
        The sign in short, the question, and what counts beside its signs or does not.
    signs : tuple of Sign
        What counts as a yes.
    listed : bool
        Whether the signs are the question, so that a reader has to see them to answer.
    """

    id: str
    label: str
    question: str
    help: str
    signs: tuple[Sign, ...]
    listed: bool


@dataclass(frozen=True)
class Action:
    """One row of the guide's table: how urgent, for what signs, and what to do."""

    id: str
    urgency: int
    mark: str
    word: str
    name: str
    symptoms: str
    action: str
    studies_add: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """A question, and the answers that meet the condition."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """One of the course's two readings of the guide's most urgent row.

    Attributes
    ----------
    id : str
        ``"now"`` or ``"today"``.
    rank : int
        The higher, the more pressing.
    word, action, reason : str
        In a few words, what to do, and why the course reads the row like this.
    when : tuple of Condition
        What has to hold. Of several readings that hold the least pressing counts, so it has to ask
        for a no where minutes could count.
    """

    id: str
    rank: int
    word: str
    action: str
    reason: str
    when: tuple[Condition, ...]


@dataclass(frozen=True)
class Rule:
    """When all its conditions hold, its row applies.

    Attributes
    ----------
    id : str
        Its name in the table ``triage_rules``.
    when : tuple of Condition
        What has to hold.
    action : Action
        The row.
    origin : str
        ``"guide"``, ``"studies"``, or ``"course"`` where the course adds caution of its own.
    reason : str
        Why, in a sentence.
    claims : tuple of str
        The guide's claims on which it rests, the main one first.
    """

    id: str
    when: tuple[Condition, ...]
    action: Action
    origin: str
    reason: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """What studies add when all its conditions hold, and whether that calms."""

    id: str
    when: tuple[Condition, ...]
    text: str
    calms: bool
    claims: tuple[str, ...]


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by id, the most urgent first.

    Examples
    --------
    >>> "weakness" in questions()
    True
    """
    signs: dict[str, list[Sign]] = {name: [] for name in guide.rows("triage_questions")}
    for row in guide.rows("warning_signs").values():
        signs[row["question"]].append(
            Sign(row["id"], row["sign"], row["because"], row["references"], row["unchecked"] or "")
        )
    rows = sorted(guide.rows("triage_questions").values(), key=lambda row: row["step"])
    return {
        row["id"]: Question(
            id=row["id"],
            label=row["label"],
            question=row["question"],
            help=row["help"] or "",
            signs=tuple(signs[row["id"]]),
            listed=row["listed"],
        )
        for row in rows
    }


@cache
def actions() -> tuple[Action, ...]:
    """Return the rows of the action table, from the calmest upwards.

    Examples
    --------
    >>> [action.name for action in actions()]
    ['Normal twitching', 'Persistent twitching', 'Severe symptoms']
    """
    rows = sorted(guide.rows("actions").values(), key=lambda row: row["urgency"])
    return tuple(
        Action(**{name: row[name] for name in Action.__dataclass_fields__}) for row in rows
    )


@cache
def readings() -> tuple[Reading, ...]:
    """Return the course's readings of the most urgent row, the least pressing first.

    Examples
    --------
    >>> [reading.id for reading in readings()]
    ['today', 'now']
    """
    rows = sorted(guide.rows("readings").values(), key=lambda row: row["rank"])
    return tuple(
        Reading(
            id=row["id"],
            rank=row["rank"],
            word=row["word"],
            action=row["action"],
            reason=row["reason"],
            when=_conditions(row["when"]),
        )
        for row in rows
    )


def reading_of(answer: Callable[[str], str]) -> Reading:
    """Return how the most urgent row reads where `answer` gives the answer to each question."""
    return next(reading for reading in readings() if fires(reading.when, answer))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, in the order of the table.

    Examples
    --------
    >>> len(rules()) > 5
    True
    """
    by_id = {action.id: action for action in actions()}
    return tuple(
        Rule(
            id=row["id"],
            when=_conditions(row["when"]),
            action=by_id[row["action"]],
            origin=row["origin"],
            reason=row["reason"],
            claims=row["claims"],
        )
        for row in guide.rows("triage_rules").values()
    )


@cache
def remarks() -> tuple[Remark, ...]:
    """Return what studies add, in the order of the table."""
    return tuple(
        Remark(row["id"], _conditions(row["when"]), row["text"], row["calms"], row["claims"])
        for row in guide.rows("nuances").values()
    )


def fires(when: tuple[Condition, ...], answer: Callable[[str], str]) -> bool:
    """Return whether all conditions hold of what `answer` gives for each question."""
    return all(answer(condition.question) in condition.answers for condition in when)


def _conditions(texts: tuple[str, ...]) -> tuple[Condition, ...]:
    split = (text.split("=") for text in texts)
    return tuple(Condition(question, frozenset(words.split("|"))) for question, words in split)
