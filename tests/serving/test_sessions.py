"""The ready-made sessions: their plans, their worksheets, and the keys."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from tests.asking import ask
from tests.servers import shared_course
from twitchlib import guide, quiz, triage
from twitchlib.physiology import axon, excitability
from twitchlib.places import folder
from twitchlib.serving import instructor, sessions
from twitchlib.serving.course import Course

COURSE = Course(folder("notebooks"), "/course/")
NAMES = list(guide.rows("sessions"))
SHEETS = guide.rows("sheets")


def planned(name: str) -> list[dict[str, Any]]:
    """Return the steps of a session."""
    plan = sessions.plan(COURSE, name)
    assert plan is not None
    steps: list[dict[str, Any]] = plan["steps"]
    return steps


def items(name: str) -> list[dict[str, Any]]:
    """Return the items of a worksheet."""
    sheet = sessions.sheet(COURSE, name)
    assert sheet is not None
    found: list[dict[str, Any]] = sheet["items"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_session_takes_one_period_without_a_gap(name: str) -> None:
    steps = planned(name)
    assert steps[0]["begins"] == 0
    assert [step["ends"] for step in steps[:-1]] == [step["begins"] for step in steps[1:]]
    assert steps[-1]["ends"] == 45


@pytest.mark.parametrize("name", NAMES)
def test_each_link_opens_a_step_of_the_core_for_presenting(name: str) -> None:
    for step in planned(name):
        if not step["lesson"]:
            assert (step["url"], step["step"], step["link"]) == ("", None, None)
            continue
        link = urlsplit(step["url"])
        assert link.path == f"/course/voila/render/{step['lesson']}.ipynb"
        assert {"path=core", "present"} <= set(link.query.split("&"))
        known = instructor.steps(folder("notebooks") / f"{step['lesson']}.ipynb")
        core = {one.anchor for one in known if one.core}
        assert unquote(link.fragment) in core | {""}


@pytest.mark.parametrize("name", NAMES)
def test_a_step_begins_with_a_prediction_that_its_lesson_asks_for(name: str) -> None:
    asked = [step["prediction"] for step in planned(name) if step["prediction"]]
    for step in planned(name):
        if not step["prediction"]:
            assert step["note"] is None
            continue
        notebook = folder("notebooks") / f"{step['lesson']}.ipynb"
        cells = nbformat.read(notebook, as_version=4).cells
        assert any(f'predict("{step["prediction"]}")' in cell.source for cell in cells)
        assert step["note"]["step"] == step["step"]
        assert step["note"]["predict"]
    on_paper = [row["source"] for row in SHEETS.values() if row["session"] == name]
    assert [source for source in on_paper if source in guide.rows("predictions")] == asked


def test_each_prediction_has_a_note_at_its_step() -> None:
    noted = [row for row in guide.rows("teaching").values() if row["prediction"]]
    assert [row["prediction"] for row in noted] == list(guide.rows("predictions"))
    for row in noted:
        assert guide.rows("predictions")[row["prediction"]]["lesson"] == row["lesson"]


def test_a_worksheet_takes_its_texts_and_keys_from_where_they_stand() -> None:
    first, *_ = items("axon-and-salts")
    assert first["prompt"] == guide.rows("predictions")["let-go"]["prompt"]
    assert first["key"] == "Nothing: the nerve just falls silent"
    assert first["key"] in first["options"]
    number, *_ = items("twitch-and-kinds")
    assert (number["key"], number["options"]) == ("29 pulses a second", [])
    question = items("ten-cases")[-1]
    assert question["key"] == guide.rows("answers")["no-third-group.a"]["text"]
    claim = items("ten-cases")[3]
    assert claim["said"] == guide.rows("claims")["G45"]["claim"]
    assert (claim["key"], len(claim["options"])) == ("weak evidence", 4)


def on_paper(question: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a question as the only item of a worksheet."""
    row = {"id": "one", "session": NAMES[0], "kind": "question", "source": question}
    sheets = {"one": {**row, "prompt": None, "lines": None, "key": None}}
    rows = guide.rows
    monkeypatch.setattr(guide, "rows", lambda name: sheets if name == "sheets" else rows(name))
    (item,) = items(NAMES[0])
    return item


@pytest.mark.parametrize("question", quiz.questions().values(), ids=lambda question: question.id)
def test_a_question_of_any_kind_can_stand_on_a_worksheet(
    question: quiz.Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = on_paper(question.id, monkeypatch)
    assert item["prompt"] == question.prompt
    assert len(item["reasons"]) == len(question.tier(2))
    assert item["ordered"] is (question.kind == "order")
    if question.kind == "number":
        said = f"{question.value:g} {question.unit}".strip()
        assert (item["key"], item["number"], item["options"]) == (said, True, [])
        return
    assert item["options"] == [option.text for option in question.tier(1)]
    names = question.key if isinstance(question.key, tuple) else (question.key,)
    places = [item["key"].index(o.text) for name in names for o in question.options if o.id == name]
    assert places == sorted(places)


def test_no_worksheet_asks_for_a_trace_that_paper_does_not_show() -> None:
    asked = [row["source"] for row in SHEETS.values() if row["kind"] == "question"]
    assert not [name for name in asked if quiz.questions()[name].trace is not None]


@pytest.mark.parametrize("row", SHEETS.values(), ids=lambda row: row["id"])
def test_an_item_has_a_source_or_its_own_words(row: guide.Row) -> None:
    tables = {"prediction": "predictions", "question": "questions", "claim": "claims"}
    if row["kind"] in tables:
        assert row["source"] in guide.rows(tables[row["kind"]])
        assert row["key"] is None
    else:
        assert row["source"] is None
        assert row["key"]
    assert bool(row["prompt"]) is (row["kind"] not in {"prediction", "question"})


def test_the_key_to_the_cases_is_what_the_rules_say() -> None:
    found: dict[str, list[str]] = {}
    for name, answers in triage.vignettes().items():
        action = triage.advise(answers).action
        word = action.word.capitalize() if action else "Cannot be said yet"
        found.setdefault(word, []).append(guide.rows("vignettes")[name]["name"])
    key = " ".join(f"{word}: {', '.join(names)}." for word, names in found.items())
    assert SHEETS["cases-2"]["key"] == key
    assert items("ten-cases")[1]["cases"] == [n["name"] for n in guide.rows("vignettes").values()]


def test_the_key_to_the_threshold_is_the_models() -> None:
    long, short = (excitability.threshold(axon.SquidAxon(), width) for width in (1.0, 0.5))
    assert 6.9 < long < 7.0
    assert 13.2 < short < 13.3
    assert "between 6.9 and 7.0 µA/cm²; for 0.5 ms between 13.2 and 13.3" in SHEETS["axon-3"]["key"]
    assert "nearly twice" in SHEETS["axon-3"]["key"]
    assert 1.8 < short / long < 2


def test_a_course_without_the_lessons_has_no_sessions(course: Path) -> None:
    assert sessions.sessions(Course(course, "/")) == []
    assert sessions.plan(COURSE, "none") is sessions.sheet(COURSE, "none") is None


def test_plan_and_worksheet_are_served(pytestconfig: pytest.Config) -> None:
    url = shared_course(pytestconfig) + "instructor"
    assert "sessions/axon-and-salts" in ask(url).text
    plan, sheet = (ask(f"{url}/{what}/axon-and-salts") for what in ("sessions", "sheets"))
    assert "9 to 23 min" in plan.text
    assert "The idea behind it: “A stronger signal is a taller spike.”" in plan.text
    assert sheet.text.count("<article") == 2
    assert ask(f"{url}/sessions/none").status == ask(f"{url}/sheets/none").status == 404
    notes = ask(f"{url}/notes/02_twitch_types").text
    assert "Many people jerk as they fall asleep. What is it?" in notes
