"""Every combination of answers there is, advised on once for all tests."""

from collections.abc import Mapping
from itertools import product

import pytest

from twitchlib import triage

Everything = Mapping[tuple[str, ...], triage.Advice]


@pytest.fixture(scope="session")
def everything() -> Everything:
    """Return the advice for each combination, by the answers in the order of the questions."""
    combinations = product(triage.ANSWERS, repeat=len(triage.questions()))
    return {answers: triage.advise(triage.Answers(*answers)) for answers in combinations}
