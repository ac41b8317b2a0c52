"""The lessons as pages that need no kernel: run once, then shown as they stand.

A notebook keeps the state of its widgets. A page gets the part of it that its outputs show, and
draws it with the widgets' own scripts, so that a figure here is the figure of the lesson. What
needs a kernel to answer is there to be seen, and says so.
"""

import asyncio
import json
import logging
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from plotly.offline import get_plotlyjs

from twitchdocs.pages import put, sweep
from twitchlib.places import folder as course
from twitchlib.serving.duration import more

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["add_scripts", "still", "write", "write_scripts"]

_log = logging.getLogger(__name__)
_log.setLevel(logging.WARNING)

_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_SCRIPTS = ("_esm", "_css")
_KEPT = ("children", "description", "value", "min", "max", "_dom_classes")
_GIVEN_AWAY = """\
from twitchlib.widgets.progress import ANSWERS

ANSWERS.given_away = True
"""
_NOTE = """\
```{note}
This page shows the lesson as it stands before anyone has touched it. The figures are live: point
at them, or open their table. The controls work
[in JupyterLab or as a dashboard](../install.md).
```"""
_MARK = '<p class="tw-more">more: not part of the core</p>'


def write(folder: Path) -> None:
    """Run the lessons and write them into a folder, unless nothing has changed since."""
    notebooks = sorted(course("notebooks").glob("*.ipynb"))
    targets = [folder / notebook.name for notebook in notebooks]
    if not all(map(Path.is_file, targets)) or _newest(_ingredients()) > _oldest(targets):
        for target, notebook in zip(targets, asyncio.run(_executed(notebooks)), strict=True):
            put(target, nbformat.writes(still(notebook, more(target.stem))) + "\n")
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


async def _executed(notebooks: list[Path]) -> list[NotebookNode]:
    turns = asyncio.Semaphore(os.cpu_count() or 1)

    async def executed(path: Path) -> NotebookNode:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(_GIVEN_AWAY))
        with tempfile.TemporaryDirectory() as elsewhere:
            client = NotebookClient(
                notebook,
                timeout=300,
                resources={"metadata": {"path": elsewhere}},
                extra_arguments=["--log-level=ERROR"],
                log=_log,
            )
            async with turns:
                await client.async_execute()
        del notebook.cells[0]
        return notebook

    return await asyncio.gather(*map(executed, notebooks))


def still(notebook: NotebookNode, beyond: Collection[str] = ()) -> NotebookNode:
    """Return a notebook whose widgets are markup that brings its own state.

    The headings in `beyond` are marked as not belonging to the core.
    """
    widgets = notebook.metadata.pop("widgets", {}).get(_STATE, {}).get("state", {})
    told: set[str] = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            view = output.get("data", {}).get(_VIEW)
            if view:
                output["data"] = {"text/html": _stage(view["model_id"], widgets, told)}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(
                f"{line}\n\n{_MARK}" if line.startswith("## ") and line[3:] in beyond else line
                for line in cell.source.split("\n")
            )
    title = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    heading, _, rest = title.source.partition("\n")
    title.source = f"{heading}\n\n{_NOTE}\n{rest}"
    return notebook


def _stage(root: str, widgets: dict[str, Any], told: set[str]) -> str:
    """Return the markup of one output; scripts that the page was told before are left out."""
    models, sources = {}, {}
    for name in _reachable(root, widgets):
        state = dict(widgets[name]["state"])
        if state["_model_module"] == "anywidget":
            for script in _SCRIPTS:
                text = state.pop(script, "")
                key = sha256(text.encode()).hexdigest()[:16]
                state[script] = key
                if key not in told:
                    sources[key] = text
                    told.add(key)
        else:
            state = {"kind": state["_model_name"]} | {k: state[k] for k in _KEPT if k in state}
        models[name] = {"state": state, "buffers": widgets[name].get("buffers", [])}
    staged = json.dumps({"root": root, "models": models, "sources": sources})
    staged = staged.replace("<", "\\u003c")  # nothing in it may end the script
    return (
        f'<div class="tw-stage"><script type="application/json">{staged}</script>'
        "<noscript>What stands here needs JavaScript.</noscript></div>"
    )


def _reachable(root: str, widgets: dict[str, Any]) -> Iterator[str]:
    yield root
    for child in widgets[root]["state"].get("children", ()):
        yield from _reachable(re.sub("^IPY_MODEL_", "", child), widgets)


def write_scripts(folder: Path) -> None:
    """Put plotly.js, as the Python package brings it, beside the documentation's own files."""
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / "plotly.min.js", get_plotlyjs())


def add_scripts(
    app: "Sphinx", page: str, _template: str, _context: dict[str, Any], _tree: object
) -> None:
    """Have the pages of lessons, and no others, load what draws them."""
    if page.startswith("lessons/"):
        app.add_js_file("plotly.min.js", loading_method="defer")
        app.add_js_file("stage.js", loading_method="defer")
