"""What the tests of widgets share: the answers of a process, which all its widgets follow."""

from collections.abc import Iterator

import pytest

from twitchlib.quiz import Progress
from twitchlib.widgets.progress import ANSWERS


@pytest.fixture(autouse=True)
def _nothing_answered() -> Iterator[None]:
    ANSWERS.progress = Progress()
    yield
    ANSWERS.progress = Progress()
    ANSWERS.given_away = False
