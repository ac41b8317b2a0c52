"""The way drawn, the sentence and the table give the same advice."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import triage
from twitchlib.figures import triage as figures
from twitchlib.figures.triage import _NO_ROW
from twitchlib.palette import LIGHT

COUNT = len(triage.questions())
ANSWERS = st.builds(
    triage.Answers,
    **{name: st.sampled_from(list(triage.answers.ANSWERS)) for name in triage.questions()},
)


def parts(answers: triage.Answers) -> tuple[triage.Advice, list[float], dict[str, list[float]]]:
    """Return the advice, the columns of the way, and the position of each answer's mark."""
    advice = triage.advise(answers)
    way, *marks = figures.plot_way(advice).data
    return advice, list(way.x), {mark.name: list(mark.x) for mark in marks}


@given(ANSWERS)
def test_the_way_never_turns_back_and_ends_at_the_row(answers: triage.Answers) -> None:
    advice, way, marks = parts(answers)
    *steps, end = way
    assert steps == sorted(steps)
    assert all(step != 0 for step in steps)  # the calm row is reached at the end or not at all
    assert (np.isnan(end)) if advice.action is None else end == advice.action.urgency
    shown = [row.word for row in triage.actions().values() if not np.isnan(marks[row.word][0])]
    assert shown == ([] if advice.action is None else [advice.action.word])


@given(ANSWERS)
def test_each_answer_is_named_where_it_pushes(answers: triage.Answers) -> None:
    advice, _, marks = parts(answers)
    for row, (question, action) in enumerate(advice.way.items()):
        named = [word for word in figures.WORDS.values() if not np.isnan(marks[word][row])]
        assert named == [figures.WORDS[getattr(answers, question)]]
        assert marks[named[0]][row] == (_NO_ROW if action is None else action.urgency)


@pytest.mark.parametrize(
    ("answers", "title", "sentence"),
    [
        (
            triage.Answers(),
            f"No row applies yet: {COUNT} questions open",
            f"No row applies yet: {COUNT} questions open; "
            "an open question is never taken for a no.",
        ),
        (
            triage.Answers.all_no(),
            "Keep an eye on it",
            "Keep an eye on it: no warning sign, and it passes.",
        ),
        (
            triage.Answers.all_no(weakness="yes", pain="yes", weeks="open"),
            "Get help at once: be seen today",
            "Get help at once: be seen today, because of weakness (yes). 1 still open.",
        ),
        (
            triage.Answers(weakness="yes"),
            "Get help at once: call the emergency number now",
            "Get help at once: call the emergency number now, because of weakness (yes). "
            f"{COUNT - 1} still open.",
        ),
    ],
)
def test_title_and_sentence(answers: triage.Answers, title: str, sentence: str) -> None:
    figure = figures.plot_way(triage.advise(answers))
    assert figure.layout.title.text == title
    assert figure.layout.meta["description"] == sentence


@given(ANSWERS)
def test_the_table_has_every_question_and_the_last_row_is_the_advice(
    answers: triage.Answers,
) -> None:
    advice = triage.advise(answers)
    table = figures.plot_way(advice).layout.meta["table"]
    assert [row[0] for row in table["rows"]] == [q.question for q in triage.questions().values()]
    last = table["rows"][-1][-1]
    if advice.action is not None and advice.action.urgency:
        assert last == advice.action.word
    else:
        assert last == "nothing urgent"


def test_ranges_stay_put_and_only_palette_colours_are_drawn() -> None:
    one, other = (
        figures.plot_way(triage.advise(answers))
        for answers in (triage.Answers(), triage.Answers("yes"))
    )
    assert one.layout.xaxis == other.layout.xaxis
    assert one.layout.yaxis == other.layout.yaxis
    assert one.layout.height == other.layout.height
    drawn = set(re.findall(r"#[0-9A-Fa-f]{6}", other.to_json(engine="json")))
    assert drawn <= set(LIGHT.values())
