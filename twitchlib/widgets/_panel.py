"""What the widgets with scripts share, and every panel: one change at a time, each one answered.

The browser sends a change, waits for its answer, then sends the newest of what happened
meanwhile. The answer goes out after the callbacks have run, so however slow they are, no backlog
grows and the last value wins. Whether a change is valid is decided here, never in the browser.
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


def script(*names: str) -> str:
    """Return scripts of ``js/`` as one, the later using what the earlier define."""
    return "\n".join([messages.script(), style(*names)])


def style(*names: str) -> str:
    """Return style sheets of ``js/`` as one."""
    return "\n".join((_JS / name).read_text(encoding="utf-8") for name in names)


STYLE: Final = palette.css() + "\n" + style("controls.css")
QUIZ_STYLE: Final = STYLE + "\n" + style("question.css")


class Scripted(anywidget.AnyWidget):
    """A widget with scripts of ``js/``; what it tells them and hears from them is checked.

    A subclass names its `_scripts`, the last of which is its own in `_protocol`, and gives `_hear`
    where the page may ask it for something.
    """

    _css = STYLE
    _shared: ClassVar[tuple[str, ...]] = ("shared.js",)
    _scripts: ClassVar[tuple[str, ...]] = ()
    _protocol: ClassVar[Mapping[str, Shape]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Put the scripts together, and look up what is said of them."""
        if "_scripts" in cls.__dict__:
            cls._esm = script(*cls._shared, *cls._scripts)
            cls._protocol = PROTOCOL[cls._scripts[-1]]
        super().__init_subclass__(**kwargs)

    def __init__(self, **state: object) -> None:
        super().__init__(**state)
        self.on_msg(self._receive)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return what the page is shown, after a check.

        Raises
        ------
        TypeError
            If it is not as ``protocol.json`` describes it.
        """
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        for name in self._protocol.keys() & state.keys():
            require(self._protocol[name], state[name], f"{self._scripts[-1]} {name}")
        return state

    def send(self, content: Any, buffers: Any = None) -> None:
        """Answer the page, after a check.

        Raises
        ------
        TypeError
            If the answer is not as ``protocol.json`` describes it.
        """
        shape = self._protocol["answers"]
        require(shape, content, f"{self._scripts[-1]} answers")  # untranslated: for authors
        super().send(content, buffers)

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        if fits(self._protocol["asks"], content):
            self._hear(content)

    def _hear(self, asked: Mapping[str, Any]) -> None:
        """Give what the page asks for."""
        raise NotImplementedError


class Panel(Scripted, Generic[V]):
    """A widget that holds one value, always valid, and tells who asked when it changes.

    A subclass gives `value`, `_apply` and `_state`; it calls `_changed` when its value was set
    from Python.

    Parameters
    ----------
    spec : Mapping
        What the browser needs once, to build the panel.
    """

    _shared = ("shared.js", "panel.js")
    _spec = traitlets.Dict().tag(sync=True)
    _shown = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Add what every panel is told."""
        super().__init_subclass__(**kwargs)
        if "_scripts" in cls.__dict__:
            every = PROTOCOL["panel.js"]
            own = cls._protocol
            shown = {**every["_shown"], **own["_shown"]}
            cls._protocol = {**own, "_shown": shown, "asks": every["asks"]}

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._callbacks: list[Callable[[V], object]] = []
        self._answered: dict[str, Any] = {}
        super().__init__(_spec=dict(spec), _shown=self._state())

    @property
    def value(self) -> V:
        """The present value."""
        raise NotImplementedError

    def _apply(self, edit: Mapping[str, Any]) -> None:
        """Take over what is valid of a change made in the browser, note what is not.

        The change has the shape that ``protocol.json`` gives it.
        """
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

    def _hear(self, asked: Mapping[str, Any]) -> None:
        before = self.value
        if fits(self._protocol["edit"], asked["edit"]):
            self._apply(asked["edit"])
        self._changed(before, answers=asked["turn"][:_LONGEST_TURN])

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
        self._answered = {"answers": answers, "failed": failed}
        self._show()

    def _show(self) -> None:
        """Show the present state, which answers the same change as the one before."""
        self._shown = {**self._state(), **self._answered}
