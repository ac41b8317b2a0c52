"""Answers to questions from the tables: how they are read, judged and backed with sources."""

from contextlib import suppress
from typing import Final

from twitchlib import guide, quiz
from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quiz import Feedback, Question
from twitchlib.typed import quoted, read_number
from twitchlib.widgets.question import Reply

__all__ = ["judged", "read", "sources"]

_NOTHING_GIVEN: Final = ("", None)


def read(question: Question, raw: object) -> tuple[object, str]:
    """Return an answer in a form that can be graded, and what is wrong with it, if anything.

    Parameters
    ----------
    question : Question
        What was asked.
    raw : object
        What the page sent, of any type.
    """
    answer = raw
    if question.kind == "number" and isinstance(raw, str):
        with suppress(NotAllowedError):
            answer = read_number(raw)
    try:
        quiz.grade(question, answer)
    except NotAllowedError as error:
        wanted = _wanted(question, error.allowed)
        if raw in _NOTHING_GIVEN or (isinstance(raw, list) and "" in raw):
            return answer, wanted
        return answer, _(
            "{given} is not a valid answer. {wanted}", given=quoted(raw), wanted=wanted
        )
    return answer, ""


def judged(answer: object, feedback: Feedback) -> Reply:
    """Return the reply to an answer that has been judged."""
    word = _("✓ Right.") if feedback.right else _("✗ Not yet.")
    return Reply(answer, [feedback.said], feedback.right, word, sources(feedback))


def _wanted(question: Question, allowed: str) -> str:
    if question.kind in ("choice", "trace", "two-tier"):
        return _("Choose {allowed}.", allowed=allowed)
    return _("Give {allowed}.", allowed=allowed)


def sources(feedback: Feedback) -> list[dict[str, str]]:
    """Return the sources of feedback: claims with their verdict, and papers with their address."""
    rows = [guide.rows("claims")[claim] for claim in feedback.claims]
    verdicts = guide.rows("verdicts")
    claims = [
        _(
            "claim {id} of the guide ({verdict})",
            id=row["id"],
            verdict=verdicts[row["verdict"]]["word"],
        )
        for row in rows
    ]
    keys = dict.fromkeys(
        [*feedback.references, *(key for row in rows for key in row["references"])]
    )
    papers = [guide.references()[key] for key in keys]
    return [
        *({"text": claim, "address": ""} for claim in claims),
        *({"text": paper.short, "address": paper.address} for paper in papers),
    ]
