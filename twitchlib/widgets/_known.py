"""What a page shows already, where a lesson is run again under a page that was made before.

Without a server a page is drawn from the states that its widgets had when it was made, and only
then is its lesson run in the browser, to answer. What such a run begins with is known, so whatever
takes long to work out waits until somebody asks for more: a model, a figure, a text made of them.
A reader's first change would ask for much of it, so it is worked out while the reader is still.
"""

from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["ahead", "first", "is_known", "know", "later", "state_of"]

T = TypeVar("T")

_states: dict[str, Mapping[str, Any]] = {}
_waiting: deque[Callable[[], object]] = deque()


def know(states: Mapping[str, Mapping[str, Any]]) -> None:
    """Begin to run a lesson whose widgets' states a page shows; an empty mapping ends it."""
    _states.clear()
    _states.update(states)


def is_known() -> bool:
    """Return whether what is made now is known to the page."""
    return bool(_states)


def first(make: Callable[[], T], meanwhile: T) -> T:
    """Return what a page is to show first; `meanwhile` if it shows that already."""
    return meanwhile if is_known() else make()


def later(work: Callable[[], object]) -> None:
    """Have `ahead` do what was not done since a page shows it; nothing if none does."""
    if is_known():
        _waiting.append(work)


def ahead() -> bool:
    """Do the first thing that waits, and return whether another does."""
    if _waiting:
        _waiting.popleft()()
    return bool(_waiting)


def state_of(widget: "ipywidgets.Widget") -> Mapping[str, Any]:
    """Return the state in which the page shows a widget; empty if it does not."""
    return _states.get(widget.model_id, {}) if is_known() and widget.comm else {}
