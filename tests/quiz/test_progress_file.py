"""Any progress file is read or refused with our own message."""

import json
import re
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from twitchlib import quiz
from twitchlib.errors import UnreadableError
from twitchlib.quiz import Progress
from twitchlib.quiz.attempts import LARGEST_FILE

GOOD = Progress(
    {
        question.id: quiz.Attempt(question.key, right=True, tries=2)
        for question in list(quiz.questions().values())[:20]
    },
    {
        prediction.id: quiz.Expectation(prediction.key, "2026-11-29T08:00:00Z")
        for prediction in quiz.predictions().values()
    },
).to_json()
FOREIGN = re.compile(r"/(tmp|work|home)\b|\bNone\b|Error|Traceback|line \d+ column|delimiter")
MOST_MB = 60

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def outcome(text: str) -> None:
    try:
        progress = Progress.from_json(text)
    except UnreadableError as error:
        assert str(error)
        assert not FOREIGN.search(str(error))
        assert len(str(error)) < 300
    else:
        assert Progress.from_json(progress.to_json()) == progress


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(GOOD) - 1),
            st.text(min_size=1, max_size=6)
            | st.sampled_from(["null", "1e999", "NaN", "9" * 30, "[[[[", '"', "\\ud800", "-1"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(0, len(GOOD)),
)
def test_a_damaged_file_is_read_or_refused(edits: list[tuple[int, str]], end: int) -> None:
    text = GOOD
    for at, new in edits:
        text = text[:at] + new + text[at + len(new) :]
    outcome(text)
    outcome(text[:end])


@given(JSON, JSON, JSON)
def test_any_json_is_read_or_refused(answers: object, version: object, kept: object) -> None:
    base = {"format": "twitchlib-progress", "version": "1.0"}
    outcome(json.dumps(answers))
    outcome(json.dumps(base | {"answers": answers}))
    outcome(json.dumps(base | {"answers": {"x": kept}, "version": version}))
    outcome(json.dumps(base | {"answers": {"x": {"answer": kept, "right": True, "tries": 1}}}))
    outcome(json.dumps(base | {"answers": {}, "predictions": answers}))
    made = "2026-11-29T08:00:00Z"
    outcome(
        json.dumps(base | {"answers": {}, "predictions": {"x": {"answer": kept, "made": made}}})
    )


def test_the_largest_files_take_little_memory() -> None:
    tracemalloc.start()
    for text in (
        "[" * LARGEST_FILE,
        "1" * LARGEST_FILE,
        "[" + "0," * (LARGEST_FILE // 2 - 1) + "0",
        "{" + ",".join(f'"{i}":{{}}' for i in range(LARGEST_FILE // 12)) + "}",
    ):
        outcome(text[:LARGEST_FILE])
    peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert peak_mb < MOST_MB
