"""A lesson in a browser's worker: what the worker's script calls.

The page shows the lesson as it stood when the site was made. Here its cells are run again, and from
then on the same widgets, under the same names, answer.
"""

import json
from collections.abc import Sequence
from typing import Any

from twitchlib.snapshot.outputs import CellError
from twitchlib.snapshot.plain import PlainInterpreter, Post
from twitchlib.snapshot.states import unpacked

__all__ = ["begin", "hear"]

_interpreter = PlainInterpreter()


def begin(sources: str, states: str, post: Post) -> str:
    """Run the cells of a lesson, and have its widgets send messages from then on.

    Parameters
    ----------
    sources : str
        The cells, as a list in JSON.
    states : str
        The states of the widgets that the page shows, packed.
    post : callable
        Takes messages to the page.

    Returns
    -------
    str
        As a list in JSON, the name of each widget that an output shows; as text, the traceback of
        a cell that failed.
    """
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


def hear(kind: str, name: str, message: str, buffers: Sequence[Any]) -> None:
    """Take a message from the page, as `PlainInterpreter.hear` does."""
    _interpreter.hear(kind, name, {**json.loads(message), "buffers": [*buffers]})
