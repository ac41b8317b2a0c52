"""What every panel of controls shares: one change at a time, each one answered.

The browser sends a change, waits for its answer, then sends the newest of what happened
meanwhile. The answer goes out after the callbacks have run, so however slow they are, no backlog
grows and the last value wins. Whether a change is valid is decided here, never in the browser.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import anywidget
import traitlets

from twitchlib import messages, palette

__all__ = ["QUIZ_STYLE", "STYLE", "Panel", "script", "style"]

V = TypeVar("V")

_log = logging.getLogger(__name__)
_JS: Final = Path(__file__).parent / "js"
_LONGEST_TURN: Final = 64


def script(*names: str) -> str:
    """Return scripts of ``js/`` as one, the later using what the earlier define."""
    return "\n".join([messages.script(), style(*names)])


def style(*names: str) -> str:
    """Return style sheets of ``js/`` as one."""
    return "\n".join((_JS / name).read_text(encoding="utf-8") for name in names)


STYLE: Final = palette.css() + "\n" + style("controls.css")
QUIZ_STYLE: Final = STYLE + "\n" + style("choice.css", "quiz.css")


class Panel(anywidget.AnyWidget, Generic[V]):
    """A widget that holds one value, always valid, and tells who asked when it changes.

    A subclass gives `value`, `_apply` and `_state`; it calls `_changed` when its value was set
    from Python.

    Parameters
    ----------
    spec : Mapping
        What the browser needs once, to build the panel.
    """

    _css = STYLE
    _spec = traitlets.Dict().tag(sync=True)
    _shown = traitlets.Dict().tag(sync=True)

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._callbacks: list[Callable[[V], object]] = []
        super().__init__(_spec=dict(spec), _shown=self._state())
        self.on_msg(self._receive)

    @property
    def value(self) -> V:
        """The present value."""
        raise NotImplementedError

    def _apply(self, edit: Mapping[str, Any]) -> None:
        """Take over what is valid of a change made in the browser, note what is not."""
        raise NotImplementedError

    def _state(self) -> dict[str, Any]:
        """Return what the browser shows now."""
        raise NotImplementedError

    def on_change(self, callback: Callable[[V], object]) -> None:
        """Have `callback` called with the new value after each accepted change.

        A callback that fails is logged, and the panel says calmly that the change could not be
        shown; the other callbacks still run.
        """
        self._callbacks.append(callback)

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        match content:
            case {"turn": str(turn), "edit": dict(edit)}:
                before = self.value
                self._apply(edit)
                self._changed(before, answers=turn[:_LONGEST_TURN])

    def _changed(self, before: V, answers: str = "") -> None:
        """Run the callbacks if the value is not what it was, then show the new state."""
        failed = False
        if self.value != before:
            for callback in self._callbacks:
                try:
                    callback(self.value)
                except Exception:  # noqa: BLE001 - whatever the page's own code raises
                    _log.exception("a callback of %s failed", type(self).__name__)
                    failed = True
        self._shown = {**self._state(), "answers": answers, "failed": failed}
