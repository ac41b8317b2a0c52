"""A lesson offers something to try before there is much to read."""

import re

import nbformat
import pytest

from twitchlib import guide
from twitchlib.places import folder
from twitchlib.serving.outline import ASIDE, TEXT

MOST_WORDS = 150


@pytest.mark.parametrize("lesson", [name for name in guide.rows("lessons") if name[:2] < "09"])
def test_there_is_little_to_read_before_there_is_something_to_try(lesson: str) -> None:
    words = 0
    for cell in nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            words += len(re.sub(r"<[^>]*>|[#*|_]", " ", cell.source).split())
        elif not {ASIDE, TEXT} & set(cell.metadata.get("tags", ())):
            break
    assert words <= MOST_WORDS
