"""The house style of figures."""

from typing import Any

import pytest

from twitchlib.figures.theme import figure, joined

AXIS: dict[str, Any] = {"title": "Time (s)"}


def test_invalid_plotly_properties_are_found_by_these_tests() -> None:
    with pytest.raises(ValueError, match="colour"):
        figure([], title="", description="", x=AXIS, y=AXIS, height=100, colour="red")


def test_a_figure_carries_its_sentence_and_its_table() -> None:
    table = {"columns": ["a"], "rows": [[1]]}
    made = figure([], title="T", description="D.", x=AXIS, y=AXIS, height=100, table=table)
    assert made.layout.meta == {"description": "D.", "table": table}
    assert made.layout.xaxis.title.text == "Time (s)"


def test_an_empty_title_is_left_out_since_plotly_would_keep_room_for_it() -> None:
    made = figure([], title="T", description="D.", x=AXIS, y={"title": ""}, height=100)
    assert made.layout.yaxis.title.text is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert joined(words) == sentence
