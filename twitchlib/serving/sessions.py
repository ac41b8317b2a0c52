"""Ready-made sessions: a plan for the instructor, a worksheet for the class, and its key."""

from typing import Any

from twitchlib import guide
from twitchlib.guide import Row
from twitchlib.messages import gettext as _
from twitchlib.serving.course import Course
from twitchlib.serving.instructor import address, anchor

__all__ = ["plan", "sessions", "sheet"]


def sessions(course: Course) -> list[dict[str, Any]]:
    """Return the sessions whose lessons are all in the course, each with its two addresses.

    Parameters
    ----------
    course : Course
        The lessons and their addresses.
    """
    return [
        {**row, "url": course.session_url(row["id"]), "sheet_url": course.sheet_url(row["id"])}
        for row in guide.rows("sessions").values()
        if all(
            course.has_lesson(f"{step['lesson']}.ipynb")
            for step in _of("session_steps", row["id"])
            if step["lesson"]
        )
    ]


def _of(table: str, session: str) -> list[Row]:
    return [row for row in guide.rows(table).values() if row["session"] == session]


def _session(course: Course, name: str) -> dict[str, Any] | None:
    return next((one for one in sessions(course) if one["id"] == name), None)


def plan(course: Course, name: str) -> dict[str, Any] | None:
    """Return a session with its steps, or None if there is no such session.

    Parameters
    ----------
    course : Course
        The lessons and their addresses.
    name : str
        Id of the session.
    """
    session = _session(course, name)
    if session is None:
        return None
    urls = course.lesson_urls()
    titles = {lesson.file: lesson.title for lesson in course.lessons}
    noted = {row["prediction"]: row for row in guide.rows("teaching").values()}
    steps, begins = [], 0
    for row in _of("session_steps", name):
        file = f"{row['lesson']}.ipynb"
        steps.append(
            {
                **row,
                "begins": begins,
                "ends": begins + row["minutes"],
                "title": row["step"] or titles.get(file, _("To close")),
                "url": _opens(urls[file], row) if row["lesson"] else "",
                "note": noted.get(row["prediction"]) if row["prediction"] else None,
            }
        )
        begins += row["minutes"]
    return {**session, "steps": steps, "minutes": begins}


def _opens(lesson_url: str, row: Row) -> str:
    query = "&".join(filter(None, ["path=core", row["link"]]))
    return address(lesson_url, query, True, anchor(row["step"] or ""))


def sheet(course: Course, name: str) -> dict[str, Any] | None:
    """Return a session with the items of its worksheet, or None if there is no such session.

    Parameters
    ----------
    course : Course
        The lessons.
    name : str
        Id of the session.
    """
    session = _session(course, name)
    return session and {**session, "items": [_item(row) for row in _of("sheets", name)]}


def _item(row: Row) -> dict[str, Any]:
    """Return what is asked, what is to be ticked, and the key with its reason."""
    item = {"prompt": row["prompt"], "options": [], "reasons": [], "cases": [], "unit": None}
    item |= {"lines": row["lines"] or 0, "key": "", "why": row["key"], "kind": row["kind"]}
    item |= {"number": False, "ordered": False}
    if row["kind"] == "prediction":
        return item | _asked(
            guide.rows("predictions")[row["source"]], "prediction_answers", "prediction"
        )
    if row["kind"] == "question":
        return item | _asked(guide.rows("questions")[row["source"]], "answers", "question")
    if row["kind"] == "cases":
        rows = [action["word"] for action in guide.rows("actions").values()]
        names = [case["name"] for case in guide.rows("vignettes").values()]
        return item | {"cases": names, "options": [*rows, _("cannot be said yet")]}
    if row["kind"] == "claim":
        claim, verdicts = guide.rows("claims")[row["source"]], guide.rows("verdicts")
        return item | {
            "said": claim["claim"],
            "options": [verdict["word"] for verdict in verdicts.values()],
            "key": verdicts[claim["verdict"]]["word"],
            "why": claim["comment"],
        }
    return item


def _asked(row: Row, table: str, of: str) -> dict[str, Any]:
    """Return what a question or a prediction of any kind adds to an item."""
    asked = {"prompt": row["prompt"], "why": row["explanation"]}
    if row["kind"] == "number":
        unit = row["unit"] or ""
        return asked | {"unit": unit, "number": True, "key": f"{row['value']:g} {unit}".strip()}
    answers = [answer for answer in guide.rows(table).values() if answer[of] == row["id"]]
    texts = [answer["text"] for answer in answers]
    if row["kind"] == "order":
        in_turn = sorted(answers, key=lambda answer: answer["place"])
        key = "; ".join(f"{n}. {answer['text']}" for n, answer in enumerate(in_turn, start=1))
        return asked | {"options": texts, "ordered": True, "key": key}
    right = [answer["text"] for answer in answers if answer["right"]]
    reasons = [answer["text"] for answer in answers if answer.get("tier") == 2]
    options = [text for text in texts if text not in reasons]
    return asked | {"options": options, "reasons": reasons, "key": " ".join(right)}
