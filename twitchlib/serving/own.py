"""Running a lesson in a separate kernel, cell by cell, for one visitor's page."""

import ast
from typing import Any

import nbformat
import zmq
from jupyter_core.utils import ensure_async
from traitlets.config import Config
from voila.execute import VoilaExecutor

from twitchlib.serving.kernels import LessonKernels
from twitchlib.snapshot.states import PACKED

__all__ = ["OwnKernel"]


class OwnKernel:
    """Runs the cells of a lesson for its page, as Voilà does.

    Parameters
    ----------
    kernels : LessonKernels
        Where the kernel is started.
    kernel_id : str
        The identifier that the kernel is given.
    config : traitlets.config.Config
        Configuration of Voilà's executor.
    """

    def __init__(self, kernels: LessonKernels, kernel_id: str, config: Config) -> None:
        self._kernels = kernels
        self._kernel_id = kernel_id
        self._config = config

    async def start(self, notebook: nbformat.NotebookNode) -> None:
        """Start the notebook's kernel."""
        manager = await self._kernels.begin(self._kernel_id, notebook.metadata.kernelspec.name)
        self._executor = VoilaExecutor(
            notebook, km=manager, config=self._config, show_tracebacks=False
        )
        self._executor.kc = await self._executor.async_start_new_kernel_client()
        _poll_after_sending(self._executor.kc.shell_channel)

    async def run(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Run a cell, and fill in its outputs.

        Raises
        ------
        nbclient.exceptions.CellExecutionError
            If the cell fails.
        """
        await self._executor.execute_cell(cell, None, index, store_history=False)

    async def states(self) -> str:
        """Return the state of the lesson's widgets, packed; empty if the kernel knows of none.

        An expression asks for it, since code would leave a trace in the lesson.

        Raises
        ------
        TimeoutError
            If the kernel does not answer at all.
        """
        reply = await self._executor.kc.execute(
            "",
            silent=True,
            store_history=False,
            user_expressions={"states": PACKED},
            reply=True,
            timeout=self._executor.timeout,
        )
        answer = reply["content"].get("user_expressions", {}).get("states", {})
        shown = answer.get("data", {}).get("text/plain", "''")
        return str(ast.literal_eval(shown))

    async def close(self) -> None:
        """Disconnect from the kernel, which now belongs to its page."""
        await ensure_async(self._executor.kc.stop_channels())


def _poll_after_sending(channel: Any) -> None:
    """Notice a message that arrives while another is being sent.

    For an output widget nbclient sends on the very socket on which it waits for a cell's reply.
    jupyter_client sends by bypassing pyzmq's own class, which then never learns that the reply is
    there: on a busy machine about one copy in a hundred hung until its cell timed out.
    """
    send = channel.send

    def send_and_poll(message: Any) -> None:
        send(message)
        channel.socket.get(zmq.EVENTS)  # makes pyzmq handle whatever has arrived

    channel.send = send_and_poll
