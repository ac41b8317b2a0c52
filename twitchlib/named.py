"""Things that are looked up by name: models, kinds of twitch, foods, rows of a table."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from twitchlib.errors import UnknownNameError

__all__ = ["Named"]

T = TypeVar("T")


class Named(Mapping[str, T], Generic[T]):
    """A mapping whose error for an unknown name lists the known ones.

    Parameters
    ----------
    what : str
        One word for an item: ``"kind"``, ``"model"``.
    things : mapping of str to T
        The items, in order.

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
        """Return the item with this name."""
        try:
            return self._things[name]
        except (KeyError, TypeError):
            raise UnknownNameError(self._what, name, self._things) from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in order."""
        return iter(self._things)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._things)

    def __repr__(self) -> str:
        """Return the names."""
        return f"<{self._what}: {', '.join(self._things)}>"
