"""Writing the page of a lesson: its cells in order, and what surrounds them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Protocol

import nbformat
from nbclient.exceptions import CellExecutionError
from voila.notebook_renderer import NotebookRenderer

import twitchlib
from twitchlib.messages import gettext
from twitchlib.serving.assets import common_file, part
from twitchlib.serving.duration import more
from twitchlib.serving.outline import arrange

__all__ = ["BUNDLES", "TEMPLATE", "LessonRenderer", "Runner", "parts"]

TEMPLATE: Final = Path(__file__).parent / "template"
BUNDLES: Final = Path(twitchlib.__file__).parent / "widgets" / "static"


def parts(address: str, folder: Path = BUNDLES, *, common: str = "") -> dict[str, dict[str, Any]]:
    """Return what a page fetches after its text: address and sizes by name.

    Parameters
    ----------
    address : str
        Address of the folder of bundles.
    folder : pathlib.Path
        Folder of the bundles that Node built, if any: ``front`` and ``looks``, which exist together
        or not at all, and ``figures``.
    common : str
        Address of the folder of the file that all widgets share, which only our ``front`` needs.
    """
    files = {"front": "front.js", "looks": "front.css", "figures": "plotly.js"}
    found = {name: part(f"{address}/{file}", folder / file) for name, file in files.items()}
    if found["front"]:
        shared = common_file()
        found["common"] = part(f"{common}/{shared.name}", shared)
    return {name: asdict(known) for name, known in found.items() if known is not None}


class Runner(Protocol):
    """Where the cells of a lesson are run."""

    async def start(self, notebook: nbformat.NotebookNode) -> None:
        """Begin."""

    async def run(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Run a cell, and fill in its outputs."""

    async def states(self) -> str:
        """Return the packed states of all widgets, once all cells have been run; empty if none."""

    async def close(self) -> None:
        """Release what was needed only to run the cells."""


class LessonRenderer(NotebookRenderer):  # type: ignore[misc]
    """Voilà's renderer, except that the top of the page does not wait for the kernel.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the lessons.
    kernel_id : str
        Identifier of the page's kernel.
    runner : Runner
        What runs the cells.
    my_turn : callable
        Coroutine function that waits for this page's turn.
    course : dict
        What the template needs to know about the course.
    **kwargs
        Passed to Voilà's renderer.

    Raises
    ------
    TimeoutError
        While rendering, if a cell takes too long or its outputs do not arrive: better no page than
        one with holes in it.
    """

    def __init__(
        self,
        *,
        folder: Path,
        kernel_id: str,
        runner: Runner,
        my_turn: Callable[[], Awaitable[object]],
        course: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._folder = folder
        self._kernel_id = kernel_id
        self._runner = runner
        self._my_turn = my_turn
        self._course = course
        self._widget_states = ""

    async def initialize(self, **kwargs: Any) -> None:
        """Read the notebook and prepare the template."""
        await super().initialize(**kwargs)
        self.resources["course"] = self._course
        assets = self._course["assets"]
        self.resources["parts"] = parts(assets["widgets"], common=assets["common"])
        self.exporter.environment.globals["gettext"] = gettext
        self.exporter.environment.globals["widget_states"] = self.widget_states

    def widget_states(self) -> str:
        """Return the state of the lesson's widgets after its last cell, as the page carries it.

        It is empty if there are no widgets, or if the lesson's kernel cannot pack their state.
        """
        return self._widget_states

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Read a notebook without signing it, which would write into the user's home."""
        notebook = nbformat.read(self._folder / path, as_version=4)
        fixed: nbformat.NotebookNode = await self.fix_notebook(notebook)
        fixed.cells = arrange(fixed.cells, more(Path(path).stem))
        return fixed

    async def _jinja_kernel_start(self, nb: Any, **_: Any) -> str:
        await self._my_turn()
        await self._runner.start(nb)
        return self._kernel_id

    async def _jinja_cell_generator(
        self,
        nb: Any,
        kernel_id: str,  # noqa: ARG002
    ) -> AsyncIterator[Any]:
        # The names and the signature are the ones Voilà hands to the template.
        succeeded = True
        try:
            for index, cell in enumerate(nb.cells):
                if cell.cell_type == "code":
                    cell.outputs = []
                    if succeeded:
                        succeeded = await self._run(cell, index)
                yield cell
            self._widget_states = await self._runner.states()
        finally:
            await self._runner.close()

    async def _run(self, cell: Any, index: int) -> bool:
        try:
            await self._runner.run(cell, index)
        except CellExecutionError:
            self.log.exception("Cell %d of %s failed.", index + 1, self.notebook_path)
            # The reader is told once that something went wrong, but not what or where.
            failed = nbformat.NotebookNode(output_type="error")
            cell.outputs = [failed]
            return False
        return True
