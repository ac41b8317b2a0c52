"""The lessons as pages that need no kernel: run once, then shown as they stand.

They are run as for a site, and their pages carry the same states of their widgets, from which the
same front end draws them: a figure here is the figure of the lesson. What needs a kernel to answer
is there to be seen, and inert.
"""

import asyncio
import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode

from twitchdocs.pages import put, sweep
from twitchlib.places import folder as course
from twitchlib.serving.duration import more
from twitchlib.serving.once import Once

__all__ = ["still", "write"]

_VIEW: Final = "application/vnd.jupyter.widget-view+json"
_GIVEN_AWAY: Final = """\
from twitchlib.widgets.progress import ANSWERS

ANSWERS.given_away = True
"""
_NOTE: Final = """\
```{note}
This page shows the lesson as it stands before anyone has touched it. Figures and drawings are live:
point at a figure, or open its table, and play a drawing. The controls work
[in JupyterLab or as a dashboard](../install.md).
```"""
_MARK: Final = '<p class="tw-more">more: not part of the core</p>'


def write(folder: Path) -> None:
    """Run the lessons and write them into a folder, unless nothing has changed since."""
    notebooks = sorted(course("notebooks").glob("*.ipynb"))
    targets = [folder / notebook.name for notebook in notebooks]
    if not all(map(Path.is_file, targets)) or _newest(_ingredients()) > _oldest(targets):
        for target, ran in zip(targets, asyncio.run(_executed(notebooks)), strict=True):
            put(target, nbformat.writes(still(*ran, more(target.stem))) + "\n")
            os.utime(target)
    sweep(folder, {target.name for target in targets})


def _ingredients() -> Iterator[Path]:
    package = Path(__file__).parents[2] / "twitchlib"
    for root in (course("notebooks"), course("data"), package, Path(__file__).parent):
        yield from (path for path in root.rglob("*.*") if "__pycache__" not in path.parts)


def _newest(paths: Iterable[Path]) -> float:
    return max(path.stat().st_mtime for path in paths)


def _oldest(paths: Iterable[Path]) -> float:
    return min(path.stat().st_mtime for path in paths)


async def _executed(notebooks: list[Path]) -> list[tuple[NotebookNode, str]]:
    turns = asyncio.Semaphore(os.cpu_count() or 1)

    async def executed(path: Path) -> tuple[NotebookNode, str]:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(_GIVEN_AWAY))
        lesson = Once()
        async with turns:
            await lesson.start(notebook)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                await lesson.run(cell, index)
        del notebook.cells[0]
        return notebook, await lesson.states()

    return await asyncio.gather(*map(executed, notebooks))


def still(notebook: NotebookNode, states: str, beyond: Collection[str] = ()) -> NotebookNode:
    """Return a notebook whose page carries its widgets.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs.
    states : str
        The states of its widgets, packed; empty if there are none.
    beyond : collection of str
        Headings of what does not belong to the core.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            view = output.get("data", {}).get(_VIEW)
            if view:
                output["data"] = {"text/html": _place({"data": {_VIEW: view}})}
    for cell in notebook.cells:
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


def _place(output: object) -> str:
    """Return where the front end puts a widget."""
    staged = json.dumps(output).replace("<", "\\u003c")  # nothing in it may end the script
    return (
        f'<div class="tw-still"><script type="application/vnd.voila.cell-output+json">{staged}'
        "</script><noscript>What stands here needs JavaScript.</noscript></div>"
    )
