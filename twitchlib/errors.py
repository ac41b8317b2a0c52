"""Errors: a value that is not allowed, an unknown name, a file that cannot be read."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from twitchlib.messages import gettext as _

__all__ = ["NotAllowedError", "UnknownNameError", "UnreadableError"]


class NotAllowedError(ValueError):
    """A value that is not allowed where it was given.

    Parameters
    ----------
    field : str
        Name of the offending field.
    value : object
        What was given.
    allowed : str
        What would have been accepted, in words.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(
            _("{field} = {value!r}: must be {allowed}", field=field, value=value, allowed=allowed)
        )
        self.field = field
        self.value = value
        self.allowed = allowed

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling: the error may come from another process."""
        return type(self), (self.field, self.value, self.allowed)


class UnknownNameError(NotAllowedError, KeyError):
    """An unknown name, where things are looked up by name.

    Parameters
    ----------
    field : str
        What kind of name it is: ``"kind"``, ``"model"``.
    value : object
        The name that was given.
    known : iterable of str
        The known names.

    Examples
    --------
    >>> raise UnknownNameError("kind", "spazm", ["clonus", "spasm"])
    Traceback (most recent call last):
        ...
    twitchlib.errors.UnknownNameError: kind = 'spazm': must be one of clonus, spasm. \
Did you mean 'spasm'?
    """

    def __init__(self, field: str, value: object, known: Iterable[str]) -> None:
        names = list(known)
        near = get_close_matches(str(value), names, n=1)
        allowed = _("one of {names}", names=", ".join(names))
        if near:
            allowed = _("{allowed}. Did you mean {name!r}?", allowed=allowed, name=near[0])
        super().__init__(field, value, allowed)
        self.known = names

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling."""
        return type(self), (self.field, self.value, self.known)

    # As for any other error; a KeyError would show its message in quotes.
    __str__ = Exception.__str__


class UnreadableError(ValueError):
    """A file that cannot be read as what it should be, or that cannot be fetched.

    Parameters
    ----------
    message : str
        A sentence that says why, and what would help.
    argument : str
        The argument of the reading function that would settle it; empty if none would.

    Examples
    --------
    >>> raise UnreadableError("The file is empty.")
    Traceback (most recent call last):
        ...
    twitchlib.errors.UnreadableError: The file is empty.
    """

    def __init__(self, message: str, argument: str = "") -> None:
        super().__init__(message)
        self.argument = argument

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling."""
        return type(self), (str(self), self.argument)
