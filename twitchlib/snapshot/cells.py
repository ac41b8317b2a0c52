"""Running the cells of a lesson in this process, without a kernel.

The outputs are those that a kernel would send. The widgets open their comms with ipykernel's comm
manager, which sends nothing while there is no kernel, and serves a kernel that starts later.
"""

import re
from typing import Any, Final

from ipykernel.jsonutil import json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from twitchlib.snapshot.outputs import CellError, Output, Record

__all__ = ["Interpreter"]

_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
_NO_HISTORY: Final = Config({"HistoryManager": {"enabled": False}})


def _bundle(data: dict[str, Any], metadata: dict[str, Any] | None) -> Output:
    # Pictures are bytes here, and text in a notebook.
    return {
        "data": json_clean(data),  # type: ignore[no-untyped-call]
        "metadata": json_clean(metadata or {}),  # type: ignore[no-untyped-call]
    }


class _Publisher(DisplayPublisher):
    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,  # noqa: ARG002 - IPython's signature
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        handle = (transient or {}).get("display_id")
        shown = _bundle(data, metadata)
        if update:
            self.shell.record.update(handle, shown)
        else:
            self.shell.record.add({"output_type": "display_data", **shown}, handle)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.record.clear(wait=wait)


class _Hook(DisplayHook):
    def quiet(self) -> bool:
        shell: Any = self.shell
        return bool(self.semicolon_at_end_of_expression(shell.source))  # type: ignore[no-untyped-call]

    def write_output_prompt(self) -> None:
        """Write no prompt: outputs are recorded, not printed."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        shell: Any = self.shell
        shell.record.add(
            {
                "output_type": "execute_result",
                "execution_count": None,
                **_bundle(format_dict, md_dict),
            }
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Shell(InteractiveShell):
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **kwargs: Any) -> None:
        self.record = Record()
        self.source = ""
        self.trace = ""
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: object, evalue: object, stb: list[str]) -> None:  # noqa: ARG002
        self.trace = _COLOUR.sub("", self.InteractiveTB.stb2text(stb))


class Interpreter:
    """Runs cells in this process, which can have only one interpreter.

    Attributes
    ----------
    names : dict
        What the cells have defined.
    """

    def __init__(self) -> None:
        # Sets the comm manager, so it must come before the first widget.
        import ipykernel.ipkernel  # noqa: F401
        import ipywidgets

        self._shell = _Shell.instance(config=_NO_HISTORY)
        self.names: dict[str, Any] = self._shell.user_ns
        ipywidgets.register_comm_target()

    def run(self, source: str) -> list[Output]:
        """Run a cell, and return its outputs.

        Raises
        ------
        CellError
            If the cell fails.
        """
        shell = self._shell
        shell.record, shell.source, shell.trace = Record(), source, ""
        with shell.record.catching():
            result = shell.run_cell(source, store_history=False)  # type: ignore[no-untyped-call]
        if not result.success:
            raise CellError(shell.trace or repr(result.error_before_exec or result.error_in_exec))
        return shell.record.outputs

    def release(self) -> None:
        """Make way for a kernel that takes over the names and the widgets."""
        _Shell.clear_instance()
