"""Every prediction is asked in its lesson, and the answer is covered until then."""

import re
from functools import cache

import nbformat
import pytest

from twitchlib import quiz
from twitchlib.errors import NotAllowedError
from twitchlib.places import folder
from twitchlib.quiz import Prediction, Progress

EVERY = list(quiz.predictions().values())
every = pytest.mark.parametrize("prediction", EVERY, ids=lambda one: one.id)
LESSONS = sorted({prediction.lesson for prediction in EVERY})


@cache
def cells(lesson: str) -> tuple[str, ...]:
    path = folder("notebooks") / f"{lesson}.ipynb"
    return tuple(cell.source for cell in nbformat.read(path, as_version=4).cells)


def places(prediction: Prediction, call: str) -> list[int]:
    """Return the cells of a prediction's lesson that call `call` with it."""
    wanted = re.compile(rf'\b{call}\("{prediction.id}"')
    return [n for n, source in enumerate(cells(prediction.lesson)) if wanted.search(source)]


@every
def test_it_is_asked_once_and_then_seen(prediction: Prediction) -> None:
    (asked,) = places(prediction, "predict")
    seen = places(prediction, "observe")
    assert len(seen) == bool(prediction.look)
    assert all(asked < place <= asked + 2 for place in seen)


@every
def test_its_check_follows_it(prediction: Prediction) -> None:
    """What there was to see is said in a folded text right below."""
    for place in places(prediction, "observe"):
        following = cells(prediction.lesson)[place + 1 : place + 3]
        assert any(source.startswith("<details") for source in following)


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_else_is_predicted_in_words(lesson: str) -> None:
    assert not any("**Predict" in source for source in cells(lesson))


@every
def test_the_first_answer_stands(prediction: Prediction) -> None:
    wrong = -1e6 if prediction.kind == "number" else prediction.options[-1].id
    first = Progress().expecting(prediction, wrong)
    assert first.expecting(prediction, prediction.key) == first
    with pytest.raises(NotAllowedError):
        first.expecting(prediction, "cake")
