"""The advice for every combination of answers, computed once for all tests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from twitchlib import triage
from twitchlib.triage.answers import ANSWERS as OPTIONS

QUESTIONS = list(triage.questions())
ANSWERS = tuple(OPTIONS)
CODES = {answer: code for code, answer in enumerate(ANSWERS)}
Codes = NDArray[np.integer]
Places = NDArray[np.bool_]


@dataclass(frozen=True)
class Everything:
    """The advice for every combination: arrays with one axis for each question, in their order.

    Attributes
    ----------
    answers : Mapping of str to ndarray
        Index into `ANSWERS` of each question's answer.
    urgency : ndarray
        Urgency of the row that applies, -1 if none does.
    reading : ndarray
        Rank of the most urgent row's reading, -1 if there is none.
    """

    answers: Mapping[str, Codes]
    urgency: Codes
    reading: Codes

    def any_is(self, names: Sequence[str], *answers: str) -> Places:
        """Return where at least one of the questions has one of the answers."""
        found = np.zeros(self.urgency.shape, dtype=bool)
        for name in names:
            found |= np.isin(self.answers[name], [CODES[answer] for answer in answers])
        return found

    def all_are(self, names: Sequence[str], *answers: str) -> Places:
        """Return where each of the questions has one of the answers."""
        others = [answer for answer in ANSWERS if answer not in answers]
        return ~self.any_is(names, *others)


@pytest.fixture(scope="session")
def everything() -> Everything:
    """Return the advice for each of the 4¹⁰ combinations of answers."""
    shape = (len(ANSWERS),) * len(QUESTIONS)
    codes = dict(zip(QUESTIONS, np.indices(shape, dtype=np.int8), strict=True))
    words = np.array(ANSWERS, dtype=object)
    out = triage.advise_frame(pd.DataFrame({n: words[c.ravel()] for n, c in codes.items()}))
    return Everything(
        answers=codes,
        urgency=out["action"].cat.codes.to_numpy().reshape(shape),
        reading=out["reading"].cat.codes.to_numpy().reshape(shape),
    )


def combinations_to_compare() -> Iterator[tuple[str, ...]]:
    """Yield combinations with all but two answers equal, and 20,000 random ones."""
    for base in ANSWERS:
        for places in combinations(range(len(QUESTIONS)), 2):
            for two in product(ANSWERS, repeat=2):
                answers = [base] * len(QUESTIONS)
                for place, answer in zip(places, two, strict=True):
                    answers[place] = answer
                yield tuple(answers)
    drawn = np.random.default_rng(14).integers(0, 4, (20_000, len(QUESTIONS)))
    yield from (tuple(ANSWERS[code] for code in row) for row in drawn.tolist())


@pytest.fixture(scope="session")
def advices() -> Mapping[tuple[str, ...], triage.Advice]:
    """Return `Advice` objects by their answers, for what an array cannot show."""
    return {a: triage.advise(triage.Answers(*a)) for a in set(combinations_to_compare())}
