"""The rounds of a game: recordings to name, drawn with the game's number as the seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import TypeAlias, TypeVar

import numpy as np

from twitchlib.arrays import checked_number

__all__ = ["Attempt", "confusion", "deal"]

R = TypeVar("R")
D = TypeVar("D")

Attempt: TypeAlias = Callable[[str, int, np.random.Generator], tuple[R, D] | None]
"""Makes a round and its recording from a kind, a place in the game and a random generator; returns
None if the recording does not show its kind."""


def deal(
    game: int, hands: Iterable[Sequence[str]], each: int, attempt: Attempt[R, D]
) -> Iterator[tuple[R, D]]:
    """Yield the rounds of a game and their recordings, each made only when it is needed.

    A round has to be recorded to see whether it shows its kind, so its recording comes with it.

    Parameters
    ----------
    game : int
        Number of the game, 0 to 9999; the same number makes the same rounds.
    hands : iterable of sequences of str
        The kinds that are dealt together; none comes more than twice.
    each : int
        Rounds per hand.
    attempt : Attempt
        Makes a round; it is called again until the recording shows its kind.

    Raises
    ------
    NotAllowedError
        When the first round is drawn, if there is no game with that number.

    Examples
    --------
    >>> game = deal(7, ["ab"], 4, lambda kind, place, chance: (place, kind))
    >>> sorted(kind for _, kind in game)
    ['a', 'a', 'b', 'b']
    """
    number = int(checked_number("game", game, low=0, high=9999, integer=True))
    chance = np.random.default_rng([number, each])
    places = count()
    for kinds in hands:
        for kind in chance.permutation([*kinds, *kinds])[:each]:
            place = next(places)
            while (drawn := attempt(str(kind), place, chance)) is None:
                pass
            yield drawn


def confusion(
    answers: Iterable[tuple[str, str]], names: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Return how often each kind was given each name.

    Parameters
    ----------
    answers : iterable of (str, str)
        The true kind and the answer.
    names : iterable of str
        All names, in order.

    Returns
    -------
    dict
        By true kind, then by answer; only kinds that were shown or given as an answer.

    Examples
    --------
    >>> confusion([("clonus", "clonus"), ("clonus", "spasm")], ["spasm", "clonus", "tremor"])
    {'spasm': {'spasm': 0, 'clonus': 0}, 'clonus': {'spasm': 1, 'clonus': 1}}
    """
    pairs = list(answers)
    seen = [kind for kind in names if any(kind in pair for pair in pairs)]
    return {was: {said: pairs.count((was, said)) for said in seen} for was in seen}
