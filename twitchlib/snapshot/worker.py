"""A lesson in a browser's worker: what the worker's script calls.

The page shows the lesson as it was when the site was made. Here its cells are run again, after
which the same widgets answer under the same names. Another worker runs what a reader writes.
"""

import json
import random
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from twitchlib.messages import gettext as _
from twitchlib.snapshot.more import More
from twitchlib.snapshot.outputs import CellError
from twitchlib.snapshot.plain import PlainInterpreter, Post, line_of
from twitchlib.snapshot.states import unpacked

if TYPE_CHECKING:
    from twitchlib.snapshot.outputs import Output

__all__ = ["ahead", "begin", "hear", "run"]

_PRINTED: Final = 20_000
"""Of what code prints, a page shows only this many characters, the last ones."""

_interpreter = PlainInterpreter()


def begin(sources: str, states: str, post: Post, more: Callable[[str], Any]) -> str:
    """Run the cells of a lesson, and have its widgets send messages from then on.

    Parameters
    ----------
    sources : str
        The cells, as a JSON list.
    states : str
        The packed states of the widgets that the page shows.
    post : callable
        Sends messages to the page.
    more : callable
        Returns an archive of rarely needed modules, given its name, as a JavaScript array.

    Returns
    -------
    str
        A JSON list of the names of the widgets that outputs show or, if a cell failed, a JSON
        string with the traceback.
    """
    for finder in sys.meta_path:
        if isinstance(finder, More):
            finder.fetch = lambda name: more(name).to_py()
    random.seed()  # every page continues from the same memory
    try:
        with _interpreter.knowing(unpacked(states)):
            outputs = [one for cell in json.loads(sources) for one in _interpreter.run(cell)]
    except CellError as error:
        return json.dumps(str(error))
    _interpreter.post = post
    return json.dumps([name for output in outputs for name in _shown(output)])


def _shown(output: Any) -> list[str]:
    view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
    return [view["model_id"]] if view else []


def run(source: str) -> str:
    """Run what a reader wrote; its widgets and figures send messages as the lesson's do.

    Names and widgets from an earlier run are discarded, so that the same code gives the same
    result.

    Returns
    -------
    str
        A JSON object with the ``outputs``, and with the ``problem`` if the code failed.
    """
    from ipywidgets import Widget

    Widget.close_all()
    _interpreter.forget()
    problem = ""
    try:
        _interpreter.run(source)
    except CellError as error:
        problem = _problem(error.__cause__ or error)
    outputs = [_shortened(output) for output in _interpreter.record.outputs]
    return json.dumps({"outputs": outputs, "problem": problem})


def _problem(error: BaseException) -> str:
    """Say in one line what went wrong, and where in the reader's code."""
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    problem = f"{type(error).__name__}: {message}" if message else type(error).__name__
    line = error.lineno if isinstance(error, SyntaxError) else line_of(error)
    return _("Line {line}: {problem}", line=line, problem=problem) if line else problem


def _shortened(output: "Output") -> "Output":
    text = output.get("text", "")
    return output | {"text": f"…{text[-_PRINTED:]}"} if len(text) > _PRINTED else output


def ahead() -> bool:
    """Do one piece of the work that a first change would wait for; return whether any is left."""
    from twitchlib.widgets import _known

    return _known.ahead()


def hear(kind: str, name: str, message: str, buffers: Sequence[Any]) -> None:
    """Handle a message from the page, as `PlainInterpreter.hear` does."""
    _interpreter.hear(kind, name, {**json.loads(message), "buffers": [*buffers]})
