"""Running a lesson once, in a separate process, for a page that is written once.

Such pages are those of a site and of the documentation.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from typing import Any, Final

import nbformat

from twitchlib.places import PROGRESS

__all__ = ["LessonFailedError", "Once"]

# The same order of sets, and the same messages, as in a browser; and nobody's answers.
_ALWAYS: Final = {"PYTHONHASHSEED": "0", "JUPYTER_WIDGETS_ECHO": "0", PROGRESS: ""}


class LessonFailedError(Exception):
    """A lesson cannot be run; the message is the traceback."""


class Once:
    """Runs the cells of a lesson for the renderer.

    Parameters
    ----------
    environment : mapping, optional
        Variables that tell the lesson where it will be read.

    Attributes
    ----------
    files : dict
        The file of each module that was imported, by name; filled by `start`.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = {**os.environ, **_ALWAYS, **(environment or {})}
        self.files: dict[str, str] = {}
        self._outputs: list[list[dict[str, Any]]] = []
        self._states = ""

    async def start(self, notebook: nbformat.NotebookNode) -> None:
        """Run all cells.

        Raises
        ------
        LessonFailedError
            If a cell fails.
        """
        sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        with tempfile.TemporaryDirectory() as elsewhere:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "twitchlib.snapshot.once",
                cwd=elsewhere,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                output, errors = await process.communicate(json.dumps(sources).encode())
            finally:
                if process.returncode is None:  # another lesson has failed
                    process.kill()
                    await process.wait()
        if process.returncode:
            raise LessonFailedError((output or errors).decode())
        answer = json.loads(output)
        self._outputs, self._states = answer["outputs"], answer["states"]
        self.files = answer["files"]

    async def run(self, cell: nbformat.NotebookNode, index: int) -> None:  # noqa: ARG002
        """Fill in the outputs of the next cell."""
        cell.outputs = [nbformat.from_dict(output) for output in self._outputs.pop(0)]

    async def states(self) -> str:
        """Return the state of the lesson's widgets, packed; empty if there are none."""
        return self._states

    async def close(self) -> None:
        """Do nothing: the process has ended."""
