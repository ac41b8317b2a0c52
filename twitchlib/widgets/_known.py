"""What a page already shows when its lesson is run again to respond to the reader.

Without a server, a page is drawn from the states that its widgets had when it was built, and only
then is its lesson run in the browser. The page already shows where that run starts, so whatever is
slow to compute (a model, a figure, a text about them) waits until it is needed. The reader's first
change would need much of it, so it is computed ahead, while the reader does nothing.
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
    """Start the run of a lesson whose page shows these widget states; an empty mapping ends it."""
    _states.clear()
    _states.update(states)


def is_known() -> bool:
    """Return whether the page already shows what is being made."""
    return bool(_states)


def first(make: Callable[[], T], placeholder: T) -> T:
    """Return what a page is to show first, or `placeholder` if it shows that already."""
    return placeholder if is_known() else make()


def later(work: Callable[[], object]) -> None:
    """Leave `work` to `ahead` if a page already shows its result; otherwise do nothing."""
    if is_known():
        _waiting.append(work)


def ahead() -> bool:
    """Do the first piece of waiting work, and return whether more is waiting."""
    if _waiting:
        _waiting.popleft()()
    return bool(_waiting)


def state_of(widget: "ipywidgets.Widget") -> Mapping[str, Any]:
    """Return the state in which the page shows a widget; empty if it does not show it."""
    return _states.get(widget.model_id, {}) if is_known() and widget.comm else {}
