"""A lesson answers to the hand before much of it has been read."""

import re

import nbformat
import pytest

from twitchlib import guide
from twitchlib.places import folder
from twitchlib.serving.outline import ASIDE, TEXT

MOST_WORDS = 150


@pytest.mark.parametrize("lesson", [name for name in guide.rows("lessons") if name[:2] < "09"])
def test_little_is_read_before_something_answers(lesson: str) -> None:
    words = 0
    for cell in nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            words += len(re.sub(r"<[^>]*>|[#*|_]", " ", cell.source).split())
        elif not {ASIDE, TEXT} & set(cell.metadata.get("tags", ())):
            break
    assert words <= MOST_WORDS
