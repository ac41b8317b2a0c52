"""Running the cells of a lesson without IPython, for Python in a browser.

IPython takes seconds to load there, and a lesson uses next to nothing of it: widgets call
`get_ipython`, which here returns None. A lesson imports the same modules wherever it runs, and its
widgets are numbered, so that two runs give each the same name.
"""

import ast
import json
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

from twitchlib.snapshot.outputs import CellError, Output, Record

__all__ = ["PlainInterpreter", "Post", "line_of"]

Post = Callable[[str, str, str, Sequence[Any]], object]
"""Sends a message to the page: its kind, the comm's id, its content as JSON, its buffers."""

_FILE: Final = "<cell>"
_REPRESENTATIONS: Final = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
}


def _stand_in(name: str, **contents: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module
    return module


def _without_ipython(interpreter: "PlainInterpreter") -> None:
    """Stand in for IPython with the few names that widgets import."""

    def display(*shown: object, **_: object) -> None:
        for one in shown:
            interpreter.record.add({"output_type": "display_data", **_bundle(one)})

    def clear_output(wait: bool = False) -> None:
        interpreter.record.clear(wait=wait)

    def get_ipython() -> None:
        return None

    shell = _stand_in("IPython.core.interactiveshell", InteractiveShell=object)
    shown = _stand_in("IPython.display", display=display, clear_output=clear_output)
    core = _stand_in("IPython.core", interactiveshell=shell, __path__=[])
    _stand_in("IPython", get_ipython=get_ipython, core=core, display=shown, __path__=[])


def _bundle(shown: Any) -> Output:
    shown = _drawable(shown)
    data = {"text/plain": repr(shown)}
    whole = getattr(shown, "_repr_mimebundle_", None)
    if callable(whole):
        found = whole(include=None, exclude=None)
        data |= found[0] if isinstance(found, tuple) else found or {}
    for method, kind in _REPRESENTATIONS.items():
        make = getattr(shown, method, None)
        if callable(make) and (made := make()) is not None:
            data[kind] = made
    return {"data": data, "metadata": {}}


def _drawable(shown: Any) -> Any:
    """Return the view for a plotly figure, which plotly would show as a separate page."""
    graph_objects = sys.modules.get("plotly.graph_objects")
    if graph_objects is None or not isinstance(shown, graph_objects.Figure):
        return shown
    from twitchlib.widgets.figure_view import FigureView

    return FigureView(shown)


def _counted_comms(interpreter: "PlainInterpreter") -> None:
    """Have widgets open comms that are named by number, and whose messages go to the page."""
    import comm
    from comm.base_comm import BaseComm, CommManager

    class Wire(BaseComm):
        def __init__(self, **options: Any) -> None:
            interpreter.opened += 1
            super().__init__(**{"comm_id": f"tw{interpreter.opened}", **options})

        def publish_msg(
            self,
            msg_type: str,
            data: Mapping[str, Any] | None = None,
            metadata: Mapping[str, Any] | None = None,
            buffers: Sequence[Any] | None = None,
            **more: Any,
        ) -> None:
            if interpreter.post is not None:
                content = {"comm_id": self.comm_id, "data": data or {}, **more}
                message = json.dumps({"content": content, "metadata": metadata or {}})
                interpreter.post(msg_type, self.comm_id, message, buffers or [])

    comm.create_comm = Wire
    comm.get_comm_manager = lambda: interpreter.comms
    interpreter.comms = CommManager()


def _open_silently(widget: Any) -> None:
    """Open the comm of a widget that the page already has; replaces `ipywidgets.Widget.open`."""
    import comm

    if widget.comm is None:
        for name in widget.keys:
            getattr(widget, name)  # makes the widgets that are parts of this one, in order
        widget.comm = comm.create_comm(target_name="jupyter.widget", primary=False)
        comm.get_comm_manager().register_comm(widget.comm)


class PlainInterpreter:
    """Runs cells in this process, which can have only one; to be made before importing widgets.

    Attributes
    ----------
    names : dict
        What the cells have defined.
    post : callable or None
        Sends messages to the page; while it is None, none are sent.
    opened : int
        How many comms have been opened.
    comms : comm.base_comm.CommManager
        The open comms.
    record : Record
        The outputs of the current cell.
    """

    comms: Any

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.forget()
        self.post: Post | None = None
        self.opened = 0
        self.record = Record()
        _without_ipython(self)
        _counted_comms(self)

    def forget(self) -> None:
        """Forget what the cells have defined."""
        self.names.clear()
        self.names.update({"__name__": "__main__", "__builtins__": __builtins__})

    @contextmanager
    def knowing(self, states: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
        """Have cells make the widgets whose states a page shows, as silently as possible."""
        from ipywidgets import Widget

        from twitchlib.widgets import _known

        _known.know(states)
        usual, Widget.open = Widget.open, _open_silently
        try:
            yield
        finally:
            Widget.open = usual
            _known.know({})

    def run(self, source: str) -> list[Output]:
        """Run a cell, and return its outputs.

        Raises
        ------
        CellError
            If the cell fails.
        """
        self.record = Record()
        try:
            *body, last = ast.parse(source, _FILE).body or [ast.Pass()]
            with self.record.catching():
                self._execute(ast.Module([*body], []))
                if isinstance(last, ast.Expr):
                    code = compile(ast.Expression(last.value), _FILE, "eval")
                    shown = eval(code, self.names)  # noqa: S307 - a lesson's own code
                    if shown is not None and not source.rstrip().endswith(";"):
                        output = {"output_type": "execute_result", "execution_count": None}
                        self.record.add(output | _bundle(shown))
                else:
                    self._execute(ast.Module([last], []))
        except Exception as error:
            raise CellError(_trace(error)) from error
        return self.record.outputs

    def _execute(self, body: ast.Module) -> None:
        exec(compile(body, _FILE, "exec"), self.names)  # noqa: S102 - a lesson's own code

    def hear(self, kind: str, name: str, message: Mapping[str, Any]) -> None:
        """Handle a message from the page.

        Parameters
        ----------
        kind : str
            ``comm_msg`` or ``comm_close``; anything else is ignored.
        name : str
            The comm's id; a message to one that is not open is ignored.
        message : Mapping
            With ``content`` and ``buffers``, as in Jupyter's messages.
        """
        found = self.comms.comms.get(name)
        if found is not None and kind == "comm_msg":
            found.handle_msg(message)
        elif found is not None and kind == "comm_close":
            found.handle_close(message)
            self.comms.comms.pop(name, None)


def line_of(error: BaseException) -> int:
    """Return the line of a cell that raised an error, or called what did; 0 if there is none."""
    line = 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == _FILE:
            line = number
    return line


def _trace(error: BaseException) -> str:
    """Return a traceback that begins in the cell."""
    here = error.__traceback__
    while here is not None and here.tb_frame.f_code.co_filename != _FILE:
        here = here.tb_next
    return "".join(traceback.format_exception(type(error), error, here))
