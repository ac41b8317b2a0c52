"""Things that are looked up by name: models, kinds of twitch, foods, rows of a table."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from twitchlib.errors import UnknownNameError

__all__ = ["Named"]

T = TypeVar("T")


class Named(Mapping[str, T], Generic[T]):
    """A mapping that says, for a name that nothing has, which names there are.

    Parameters
    ----------
    what : str
        What one of them is, in a word: ``"kind"``, ``"model"``.
    things : mapping of str to T
        The things, in their order.

    Examples
    --------
    >>> Named("muscle", {"calf": 1, "biceps": 2})["bicep"]
    Traceback (most recent call last):
        ...
    twitchlib.errors.UnknownNameError: muscle = 'bicep': must be one of calf, biceps. \
Did you mean 'biceps'?
    """

    def __init__(self, what: str, things: Mapping[str, T]) -> None:
        self._what = what
        self._things = dict(things)

    def __getitem__(self, name: str) -> T:
        """Return the thing of this name."""
        try:
            return self._things[name]
        except (KeyError, TypeError):
            raise UnknownNameError(self._what, name, self._things) from None

    def __iter__(self) -> Iterator[str]:
        """Return the names, in their order."""
        return iter(self._things)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._things)

    def __repr__(self) -> str:
        """Return the names."""
        return f"<{self._what}: {', '.join(self._things)}>"
