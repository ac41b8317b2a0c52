"""Writing one copy of a lesson: a kernel, its cells in order, the page around them."""

import ast
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import nbformat
import zmq
from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError
from voila.execute import VoilaExecutor
from voila.notebook_renderer import NotebookRenderer

import twitchlib
from twitchlib.messages import gettext
from twitchlib.serving.assets import part
from twitchlib.snapshot.states import PACKED

__all__ = ["BUNDLES", "LessonRenderer", "parts"]

BUNDLES: Final = Path(twitchlib.__file__).parent / "widgets" / "static"


def parts(address: str, folder: Path = BUNDLES) -> dict[str, dict[str, Any]]:
    """Return the bundles that a page fetches after its text: address and sizes by name.

    Parameters
    ----------
    address : str
        Address of the folder.
    folder : pathlib.Path
        Folder of the bundles that Node built, if any: ``front`` and ``looks``, which exist together
        or not at all, and ``figures``.
    """
    files = {"front": "front.js", "looks": "front.css", "figures": "plotly.js"}
    found = {name: part(f"{address}/{file}", folder / file) for name, file in files.items()}
    return {name: asdict(known) for name, known in found.items() if known is not None}


class LessonRenderer(NotebookRenderer):  # type: ignore[misc]
    """Voilà's renderer, except that the top of the page does not wait for the kernel.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the lessons.
    start_kernel : callable
        Coroutine function that is given the name of a kernel specification, waits for this page's
        turn, and returns a running kernel's identifier and its manager.
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
        start_kernel: Callable[[str], Awaitable[tuple[str, Any]]],
        course: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._folder = folder
        self._start_kernel = start_kernel
        self._course = course
        self._widget_states = ""

    async def initialize(self, **kwargs: Any) -> None:
        """Read the notebook and prepare the template."""
        await super().initialize(**kwargs)
        self.resources["course"] = self._course
        self.resources["parts"] = parts(self._course["assets"]["widgets"])
        self.exporter.environment.globals["gettext"] = gettext
        self.exporter.environment.globals["widget_states"] = self.widget_states

    def widget_states(self) -> str:
        """Return the state of the lesson's widgets after its last cell, as the page carries it.

        It is empty if there are no widgets, or if the lesson's kernel does not know how.
        """
        return self._widget_states

    async def load_notebook(self, path: str) -> nbformat.NotebookNode:
        """Read a notebook without signing it, which would write into the user's home."""
        notebook = nbformat.read(self._folder / path, as_version=4)
        fixed: nbformat.NotebookNode = await self.fix_notebook(notebook)
        return fixed

    async def _jinja_kernel_start(self, nb: Any, **_: Any) -> str:
        kernel_id, manager = await self._start_kernel(nb.metadata.kernelspec.name)
        self.executor = VoilaExecutor(
            nb, km=manager, config=self.traitlet_config, show_tracebacks=False
        )
        self.executor.kc = await self.executor.async_start_new_kernel_client()
        _poll_after_sending(self.executor.kc.shell_channel)
        return kernel_id

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
            self._widget_states = await self._ask_for_states()
        finally:
            await ensure_async(self.executor.kc.stop_channels())

    async def _ask_for_states(self) -> str:
        """Ask the kernel for its widgets, by an expression and not by code that leaves a trace.

        Raises
        ------
        TimeoutError
            If it does not answer at all.
        """
        reply = await self.executor.kc.execute(
            "",
            silent=True,
            store_history=False,
            user_expressions={"states": PACKED},
            reply=True,
            timeout=self.executor.timeout,
        )
        answer = reply["content"].get("user_expressions", {}).get("states", {})
        shown = answer.get("data", {}).get("text/plain", "''")
        return str(ast.literal_eval(shown))

    async def _run(self, cell: Any, index: int) -> bool:
        try:
            await self.executor.execute_cell(cell, None, index, store_history=False)
        except CellExecutionError:
            self.log.exception("Cell %d of %s failed.", index + 1, self.notebook_path)
            # The reader is told once that something went wrong, but not what or where.
            failed = nbformat.NotebookNode(output_type="error")
            cell.outputs = [failed]
            return False
        return True


def _poll_after_sending(channel: Any) -> None:
    """Have a message noticed that arrives while another is being sent.

    For an output widget nbclient sends on the very socket on which it waits for a cell's reply.
    jupyter_client sends by bypassing pyzmq's own class, which then never learns that the reply is
    there: on a busy machine about one copy in a hundred hung until its cell timed out.
    """
    send = channel.send

    def send_and_poll(message: Any) -> None:
        send(message)
        channel.socket.get(zmq.EVENTS)  # makes pyzmq handle whatever has arrived

    channel.send = send_and_poll
