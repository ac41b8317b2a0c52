"""Run a lesson once and report what its page needs: a program used for writing pages.

It reads the sources of the cells from standard input, as a JSON list, and writes a JSON object: the
``outputs`` of each cell, the packed ``states`` of the widgets, and the ``files`` of the modules
that were imported. The lesson is run as it will be in the browser; see `twitchlib.snapshot.plain`.
"""

import json
import sys

from twitchlib.snapshot.outputs import CellError
from twitchlib.snapshot.plain import PlainInterpreter
from twitchlib.snapshot.states import packed

__all__ = ["main"]


def main() -> int:
    """Run the lesson, and return the exit code: 1, after writing a traceback, if a cell fails."""
    interpreter = PlainInterpreter()
    sources, answer = json.load(sys.stdin), sys.stdout
    try:
        outputs = [interpreter.run(source) for source in sources]
    except CellError as error:
        answer.write(str(error))
        return 1
    modules = {
        name: module.__file__
        for name, module in [*sys.modules.items()]
        if getattr(module, "__file__", None)
    }
    json.dump({"outputs": outputs, "states": packed(), "files": modules}, answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
