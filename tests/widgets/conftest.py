"""Fixtures for the tests of widgets, which all follow the answers of one process."""

import logging
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


@pytest.fixture
def nothing_fails_silently(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on errors in callbacks, which a panel would only log."""
    yield
    assert not [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
