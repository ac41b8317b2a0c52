"""The base classes of widgets with scripts, and of panels, which answer one change at a time.

The browser sends a change, waits for the answer, then sends the latest of any further changes. The
answer goes out after the callbacks have run, so however slow they are, no backlog builds up and the
last value wins. Whether a change is valid is decided here, never in the browser.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, TypeVar

import anywidget
import traitlets

from twitchlib import messages, palette
from twitchlib.widgets._protocol import PROTOCOL, Shape, fits, require

__all__ = ["QUIZ_STYLE", "STYLE", "Panel", "Scripted", "script", "style"]

V = TypeVar("V")

_log = logging.getLogger(__name__)
_JS: Final = Path(__file__).parent / "js"
_LONGEST_TURN: Final = 64


# A blank line separates files: pages share these texts by the paragraph (`snapshot.common`).
def script(*names: str) -> str:
    """Join scripts from ``js/``; later ones use what earlier ones define."""
    return "\n\n".join([messages.script().strip(), *map(_read, names)])


def style(*names: str) -> str:
    """Join the palette and style sheets from ``js/``."""
    return "\n\n".join([palette.css(), *map(_read, names)])


def _read(name: str) -> str:
    return (_JS / name).read_text(encoding="utf-8").strip()


STYLE: Final = style("controls.css", "lab.css")
QUIZ_STYLE: Final = style("controls.css", "lab.css", "question.css")


class Scripted(anywidget.AnyWidget):
    """A widget with scripts from ``js/``, whose messages are checked in both directions.

    A subclass lists its `_scripts`, the last of which names its entry in the protocol, and defines
    `_hear` if the page may send it requests.
    """

    _css = STYLE
    _shared: ClassVar[tuple[str, ...]] = ("shared.js",)
    _scripts: ClassVar[tuple[str, ...]] = ()
    _protocol: ClassVar[Mapping[str, Shape]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Join the scripts, and look up their entry in the protocol."""
        if "_scripts" in cls.__dict__:
            cls._esm = script(*cls._shared, *cls._scripts)
            cls._protocol = PROTOCOL[cls._scripts[-1]]
        super().__init_subclass__(**kwargs)

    def __init__(self, **state: object) -> None:
        super().__init__(**state)
        self.on_msg(self._receive)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for the page, after checking it.

        Raises
        ------
        TypeError
            If it does not match ``protocol.json``.
        """
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        for name in self._protocol.keys() & state.keys():
            require(self._protocol[name], state[name], f"{self._scripts[-1]} {name}")
        return state

    def send(self, content: Any, buffers: Any = None) -> None:
        """Send an answer to the page, after checking it.

        Raises
        ------
        TypeError
            If the answer does not match ``protocol.json``.
        """
        shape = self._protocol["answers"]
        require(shape, content, f"{self._scripts[-1]} answers")  # untranslated: for authors
        super().send(content, buffers)

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        if fits(self._protocol["asks"], content):
            self._hear(content)

    def _hear(self, request: Mapping[str, Any]) -> None:
        """Answer a request from the page."""
        raise NotImplementedError


class Panel(Scripted, Generic[V]):
    """A widget that holds one value, always valid, and notifies its callbacks when it changes.

    A subclass defines `value`, `_apply` and `_state`; it calls `_changed` when its value has been
    set from Python.

    Parameters
    ----------
    spec : Mapping
        What the browser needs to build the panel.
    """

    _shared = ("shared.js", "panel.js")
    _spec = traitlets.Dict().tag(sync=True)
    _shown = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Add the protocol that all panels share."""
        super().__init_subclass__(**kwargs)
        if "_scripts" in cls.__dict__:
            common = PROTOCOL["panel.js"]
            own = cls._protocol
            shown = {**common["_shown"], **own["_shown"]}
            cls._protocol = {**own, "_shown": shown, "asks": common["asks"]}

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._callbacks: list[Callable[[V], object]] = []
        self._answered: dict[str, Any] = {}
        super().__init__(_spec=dict(spec), _shown=self._state())

    @property
    def value(self) -> V:
        """The current value."""
        raise NotImplementedError

    def _apply(self, edit: Mapping[str, Any]) -> None:
        """Apply the valid part of a change made in the browser, and record what is not valid.

        The change has the shape given in ``protocol.json``.
        """
        raise NotImplementedError

    def _state(self) -> dict[str, Any]:
        """Return the state that the browser shows."""
        raise NotImplementedError

    def on_change(self, callback: Callable[[V], object]) -> None:
        """Call `callback` with the new value after each accepted change.

        If a callback fails, the error is logged and the panel says that the change could not be
        shown; the other callbacks still run.
        """
        self._callbacks.append(callback)

    def _hear(self, request: Mapping[str, Any]) -> None:
        before = self.value
        if fits(self._protocol["edit"], request["edit"]):
            self._apply(request["edit"])
        self._changed(before, answers=request["turn"][:_LONGEST_TURN])

    def _changed(self, before: V, answers: str = "") -> None:
        """Run the callbacks if the value has changed, then show the new state."""
        failed = False
        if self.value != before:
            for callback in self._callbacks:
                try:
                    callback(self.value)
                except Exception:  # noqa: BLE001 - a page's own code may raise anything
                    _log.exception("a callback of %s failed", type(self).__name__)
                    failed = True
        self._answered = {"answers": answers, "failed": failed}
        self._show()

    def _show(self) -> None:
        """Show the current state, still as the answer to the same change."""
        self._shown = {**self._state(), **self._answered}
