"""The outputs of a cell, as notebooks record them."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Final

__all__ = ["CellError", "Output", "Record"]

Output = dict[str, Any]
"""An output as notebooks record it."""

_WRITTEN_OVER: Final = re.compile(r".*\r(?=[^\n])")
"""The part of a line before a carriage return, which a terminal overwrites."""


class CellError(Exception):
    """A cell failed; its message is the traceback."""


class Record:
    """The outputs of one cell, in order."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self._handles: list[str | None] = []
        self._clears_at_next = False

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Record what is printed inside the block."""
        with redirect_stdout(_Stream(self, "stdout")), redirect_stderr(_Stream(self, "stderr")):
            yield

    def add(self, output: Output, handle: str | None = None) -> None:
        """Add an output; one with a handle can be updated."""
        if self._clears_at_next:
            self.clear(wait=False)
        self.outputs.append(output)
        self._handles.append(handle)

    def write(self, name: str, text: str) -> None:
        """Add printed text, to the last output if that is from the same stream."""
        last = self.outputs[-1] if self.outputs and not self._clears_at_next else {}
        if last.get("name") == name:
            lines, end, line = last["text"].rpartition("\n")
            last["text"] = lines + end + _WRITTEN_OVER.sub("", line + text)
        elif text:
            self.add({"output_type": "stream", "name": name, "text": _WRITTEN_OVER.sub("", text)})

    def update(self, handle: str | None, shown: Output) -> None:
        """Replace the output with a handle."""
        for known, output in zip(self._handles, self.outputs, strict=True):
            if handle is not None and known == handle:
                output.update(shown)

    def clear(self, *, wait: bool) -> None:
        """Forget the outputs, now or when the next one comes."""
        self._clears_at_next = wait
        if not wait:
            self.outputs.clear()
            self._handles.clear()


class _Stream(io.TextIOBase):
    def __init__(self, record: Record, name: str) -> None:
        self._record = record
        self._name = name

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._record.write(self._name, text)
        return len(text)
