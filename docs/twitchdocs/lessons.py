"""Write the lessons as pages that need no kernel.

They are run as for a site, and their pages carry the same states of their widgets, from which the
same front end draws them: a figure here is the figure of the lesson. Controls that need a kernel
are visible but inert.
"""

import asyncio
import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode

from twitchdocs.pages import put, sweep
from twitchlib.places import folder as course
from twitchlib.serving.duration import more
from twitchlib.serving.once import Once

__all__ = ["write"]

_VIEW: Final = "application/vnd.jupyter.widget-view+json"
_GIVEN_AWAY: Final = """\
from twitchlib.widgets.progress import ANSWERS

ANSWERS.given_away = True
"""
_NOTE: Final = """\
```{note}
This page shows the lesson as it stands before anyone has touched it. Figures and drawings are live:
point at a figure, open its table, or play a drawing. The controls work
[in JupyterLab or as a dashboard](../install.md).
```"""
_MARK: Final = '<p class="tw-more">more: not part of the core</p>'


def write(folder: Path) -> None:
    """Run the lessons and write them into a folder, unless nothing has changed since."""
    notebooks = sorted(course("notebooks").glob("*.ipynb"))
    targets = [folder / notebook.name for notebook in notebooks]
    newest_s = max(map(_changed_s, _sources()))
    if not all(map(Path.is_file, targets)) or newest_s > min(map(_changed_s, targets)):
        for target, executed in zip(targets, asyncio.run(_execute(notebooks)), strict=True):
            put(target, nbformat.writes(_carry_widgets(*executed, more(target.stem))) + "\n")
            os.utime(target)
    sweep(folder, {target.name for target in targets})


def _sources() -> Iterator[Path]:
    package = Path(__file__).parents[2] / "twitchlib"
    for root in (course("notebooks"), course("data"), package, Path(__file__).parent):
        yield from (path for path in root.rglob("*.*") if "__pycache__" not in path.parts)


def _changed_s(path: Path) -> float:
    return path.stat().st_mtime


async def _execute(notebooks: list[Path]) -> list[tuple[NotebookNode, str]]:
    slots = asyncio.Semaphore(os.cpu_count() or 1)

    async def execute(path: Path) -> tuple[NotebookNode, str]:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(_GIVEN_AWAY))
        lesson = Once()
        async with slots:
            await lesson.start(notebook)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                await lesson.run(cell, index)
        del notebook.cells[0]
        return notebook, await lesson.states()

    return await asyncio.gather(*map(execute, notebooks))


def _carry_widgets(notebook: NotebookNode, states: str, beyond: Collection[str]) -> NotebookNode:
    """Prepare a notebook so that its page carries its widgets.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook with its outputs; changed in place.
    states : str
        The packed states of its widgets; empty if there are none.
    beyond : collection of str
        Headings of the steps that do not belong to the core.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            view = output.get("data", {}).get(_VIEW)
            if view:
                output["data"] = {"text/html": _place(view)}
        if cell.cell_type == "markdown":
            cell.source = "\n".join(
                f"{line}\n\n{_MARK}" if line.startswith("## ") and line[3:] in beyond else line
                for line in cell.source.split("\n")
            )
    title = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    heading, _, rest = title.source.partition("\n")
    title.source = f"{heading}\n\n{_NOTE}\n{rest}"
    if states:
        carried = f'<script type="application/octet-stream" id="widget-states">{states}</script>'
        notebook.cells.append(nbformat.v4.new_markdown_cell(carried))
    return notebook


def _place(view: object) -> str:
    """Return the element into which the front end puts a widget."""
    # No "<" may end the script early.
    output = json.dumps({"data": {_VIEW: view}}).replace("<", "\\u003c")
    return (
        f'<div class="tw-still"><script type="application/vnd.voila.cell-output+json">{output}'
        "</script><noscript>This part of the page needs JavaScript.</noscript></div>"
    )
