"""Grade an answer, and give feedback."""

from dataclasses import dataclass

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quiz._numbers import finite
from twitchlib.quiz.bank import Answer, Option, Question

__all__ = ["Feedback", "grade", "readable"]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Feedback:
    """The feedback on an answer.

    Attributes
    ----------
    right : bool
        Whether the answer is right.
    said : str
        Why it is right, or the mistake behind it.
    claims, references : tuple of str
        Its evidence: ids in the table ``claims``, keys of the bibliography.
    """

    right: bool
    said: str
    claims: tuple[str, ...]
    references: tuple[str, ...]


def readable(question: Question, answer: object) -> Answer:
    """Return `answer` in a form that can be graded.

    Raises
    ------
    NotAllowedError
        If it is not an answer to the question.
    """
    ids = [option.id for option in question.options]
    if question.kind == "number":
        if (number := finite(answer)) is not None:
            return number
        unit = question.unit
        allowed = _("a number in {unit}", unit=unit) if unit else _("a number")
        raise NotAllowedError(question.id, answer, allowed)
    if question.kind == "order":
        if isinstance(answer, list | tuple) and sorted(map(str, answer)) == sorted(ids):
            return tuple(map(str, answer))
        raise NotAllowedError(question.id, answer, _("every line once, in an order"))
    if question.kind == "two-tier":
        tiers = [{option.id for option in question.tier(tier)} for tier in (1, 2)]
        if isinstance(answer, list | tuple) and len(answer) == 2:
            chosen = tuple(map(str, answer))
            if all(id_ in tier for id_, tier in zip(chosen, tiers, strict=True)):
                return chosen
        raise NotAllowedError(question.id, answer, _("an answer and a reason"))
    if isinstance(answer, str) and answer in ids:
        return answer
    raise NotAllowedError(question.id, answer, _("one of the answers"))


def grade(question: Question, answer: object) -> Feedback:
    """Grade an answer, with the reason or the mistake behind it.

    Parameters
    ----------
    question : Question
        The question.
    answer : str, float or sequence of str
        The id of an option (choice, trace), a number in the question's unit, the ids of all
        options in the chosen order, or those of an answer and a reason (two-tier).

    Raises
    ------
    NotAllowedError
        If `answer` is none of these; nothing is graded.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> asked = quiz.lessons()["01_nervous_system"][0]
    >>> wrong = next(option for option in asked.options if not option.right)
    >>> grade(asked, wrong.id).said == wrong.feedback
    True
    """
    given = readable(question, answer)
    if given == question.key or (
        isinstance(given, float)
        and abs(given - question.value) <= question.tolerance * (1 + _ROUNDING)
    ):
        return Feedback(True, question.explanation, question.claims, question.references)
    mistake, text = _mistake(question, given)
    if mistake.claims:
        return Feedback(False, text, mistake.claims, ())
    return Feedback(False, text, question.claims, question.references)


def _mistake(question: Question, given: Answer) -> tuple[Option, str]:
    """Return the option behind a wrong answer, and the feedback."""
    if isinstance(given, float):
        mistake = next(o for o in question.options if o.low <= given <= o.high)
        return mistake, mistake.feedback
    known = {option.id: option for option in question.options}
    if isinstance(given, str):
        return known[given], known[given].feedback
    if question.kind == "two-tier":
        return _wrong_tier(*(known[id_] for id_ in given))
    place, mistake = next(
        (place, known[id_]) for place, id_ in enumerate(given, start=1) if known[id_].place != place
    )
    text = _(
        "“{line}” does not belong in place {place}. {why}",
        line=mistake.text.rstrip("."),
        place=place,
        why=mistake.feedback,
    )
    return mistake, text


def _wrong_tier(answer: Option, reason: Option) -> tuple[Option, str]:
    """Return which of an answer and its reason is wrong, and the feedback."""
    if answer.right:
        return reason, _("The answer is right, but not the reason. {why}", why=reason.feedback)
    if reason.right:
        return answer, _(
            "The reason holds, but it leads to another answer. {why}", why=answer.feedback
        )
    return answer, _(
        "Neither the answer nor the reason is right. {why} {why_not_so}",
        why=answer.feedback,
        why_not_so=reason.feedback,
    )
