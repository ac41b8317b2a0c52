"""Each exercise has an answer, each mistake a reason, and none is taken for another."""

import re
from itertools import combinations

import nbformat
import numpy as np
import pandas as pd
import pytest

from twitchlib import exercises, guide
from twitchlib.errors import UnknownNameError
from twitchlib.exercises._keys import KEYS
from twitchlib.places import folder

NAMES = list(exercises.exercises())
MISTAKES = [f"{name}.{mistake}" for name, key in KEYS.items() for mistake in key.mistakes]
LESSON = nbformat.read(folder("notebooks") / "08_reuse_twitchlib.ipynb", as_version=4)
TEXT = "\n".join(cell.source for cell in LESSON.cells)
# What a student may write in place of the dots; a worked exercise is complete in the lesson.
SOLUTIONS = {
    "rested-weeks": "(after < before).sum()",
    "cup-at-three": "time_h[(left_mg < 50) & (time_h > 16)][0]",
    "less-calcium": """
nodes = (axon.MotorNode().bathed(salts) for salts in (ions.Plasma(), plasma))
before, after = map(excitability.threshold, nodes)
answer = 100 * (before - after) / before""",
    "beats": "found.features.rhythm_hz",
    "small-and-large": """
push = twitches.simulate("voluntary", seed=3, duration_s=10)
pauses_s = push.spikes_frame().groupby("unit")["time_s"].agg(lambda times: times.diff().median())
answer = 1 / pauses_s[1] - 1 / pauses_s[85]""",
}


def test_tables_and_keys_have_the_same_names() -> None:
    assert list(KEYS) == NAMES
    assert list(guide.rows("exercise_mistakes")) == MISTAKES
    rows = guide.rows("exercise_mistakes").values()
    assert all(row["id"].startswith(f"{row['exercise']}.") for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_the_key_is_right_and_a_little_beyond_its_slack_is_not(name: str) -> None:
    key = KEYS[name]
    for near in (-key.slack, 0, key.slack):
        checked = exercises.check(name, key.right() + near)
        assert checked.right
        assert checked.said == f"Right. {exercises.exercises()[name].right}"
    for step, word in ((0.001, "too high"), (-0.001, "too low")):
        checked = exercises.check(name, key.right() + step + np.copysign(key.slack, step))
        assert not checked.right
        assert word in checked.said
        assert checked.said.endswith(exercises.exercises()[name].hint)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_explained(mistake: str) -> None:
    name, _, which = mistake.partition(".")
    checked = exercises.check(name, KEYS[name].mistakes[which]())
    assert not checked.right
    assert checked.said == f"Not yet. {guide.rows('exercise_mistakes')[mistake]['feedback']}"


@pytest.mark.parametrize("name", NAMES)
def test_answer_and_mistakes_can_be_told_apart(name: str) -> None:
    key = KEYS[name]
    numbers = [key.right(), *(leads_to() for leads_to in key.mistakes.values())]
    assert all(abs(a - b) > 2 * key.slack for a, b in combinations(numbers, 2))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (..., "No answer yet"),
        (None, "No answer yet"),
        ("five", "is a str"),
        (True, "is a bool"),
        (pd.Series([1, 2]), "is a Series"),
        (float("nan"), "a value is missing"),
        (float("-inf"), "divided by zero"),
    ],
)
def test_an_answer_that_is_not_a_number_is_named(answer: object, said: str) -> None:
    checked = exercises.check("beats", answer)
    assert not checked.right
    assert said in checked.said


@pytest.mark.parametrize("answer", [np.int64(4), np.float32(4), 4, 4.0])
def test_numbers_of_any_library_are_numbers(answer: object) -> None:
    assert exercises.check("most-urgent", answer).right


def test_an_unknown_exercise_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="most-urgent"):
        exercises.check("most-urgnt", 1)


def test_what_was_found_is_shown_in_words() -> None:
    right, wrong = exercises.check("most-urgent", 4), exercises.check("most-urgent", 10)
    assert repr(wrong) == wrong.said
    assert right._repr_html_() == f"<p>✓ {right.said}</p>".replace("'", "&#39;")
    assert wrong._repr_html_().startswith("<p>○ Not yet.")


def test_the_numbers_in_the_words_are_those_of_the_keys() -> None:
    said = {name: exercise.right for name, exercise in exercises.exercises().items()}
    assert said["most-urgent"].startswith("Four ")
    assert KEYS["most-urgent"].right() == 4
    assert "Only two, although tiredness counts in five" in said["rested-weeks"]
    assert (KEYS["rested-weeks"].right(), KEYS["rested-weeks"].mistakes["level"]()) == (2, 5)
    assert said["cup-at-three"].startswith("Two half-lives make ten hours")
    assert 25 < KEYS["cup-at-three"].right() < 25.5
    assert "less than half as strong" in said["less-calcium"]
    assert KEYS["less-calcium"].right() > 50
    assert said["beats"].startswith("Five and a quarter")
    assert KEYS["beats"].right() == pytest.approx(5.25)


def test_the_lesson_has_each_exercise_once_in_order_with_fading_help() -> None:
    assert re.findall(r'exercises\.check\("([\w-]+)"', TEXT) == NAMES
    asked = " ".join(TEXT.split())
    for exercise in exercises.exercises().values():
        assert " ".join(exercise.question.split()) in asked.replace("`", "").replace("*", "")
    kinds = [exercise.kind for exercise in exercises.exercises().values()]
    assert kinds == ["worked", "half-worked", "half-worked", "open", "half-worked", "open"]


@pytest.mark.parametrize("name", NAMES)
def test_the_cell_of_the_lesson_leads_to_the_answer(name: str) -> None:
    code = [cell.source for cell in LESSON.cells if cell.cell_type == "code"]
    (cell,) = (source for source in code if f'exercises.check("{name}"' in source)
    names: dict[str, object] = {}
    (imports,) = (source for source in code if source.startswith("import numpy"))
    exec(imports, names)  # noqa: S102 - the lesson's own lines
    *before, last = cell.splitlines()
    if name in SOLUTIONS:
        (dots,) = (line for line in before if line.startswith("answer = ..."))
        solution = SOLUTIONS[name]
        given = solution if "\n" in solution else f"answer = {solution}"
        before[before.index(dots)] = given
        unanswered = eval(last, names | {"answer": ...})  # noqa: S307
        assert "No answer yet" in unanswered.said
    exec("\n".join(before), names)  # noqa: S102
    assert eval(last, names).right  # noqa: S307
