"""Write the parts of the README and the notebooks that follow from other files.

``make format`` calls it. The tables of the lessons, and how long each takes, are read where no code
runs. Code that only shows something is folded in JupyterLab, as it is on the course's own pages.
"""

import re
from pathlib import Path

import nbformat

from twitchlib import guide
from twitchlib.guide import Row
from twitchlib.serving.duration import Minutes, minutes

__all__ = ["renew"]

_START = "notebooks/00_start_here.ipynb"
_TAKES = re.compile(r"^\*About \d+ minutes[^*]*\*", re.MULTILINE)


def renew(root: Path) -> None:
    """Update the tables of the lessons in a checkout, and fold code that only shows something."""
    lessons = guide.rows("lessons")
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    text = _replaced(text, "| | lesson | |", [_readme_row(*lesson) for lesson in lessons.items()])
    readme.write_text(text, encoding="utf-8")

    start = nbformat.read(root / _START, as_version=4)
    head = "| lesson | the question it answers | minutes (core) |"
    (cell,) = (cell for cell in start.cells if head in cell.source)
    rows = [
        _map_row(name, lesson, minutes(root / "notebooks" / f"{name}.ipynb"))
        for name, lesson in lessons.items()
    ]
    cell.source = _replaced(cell.source, head, rows)
    _write(start, root / _START)

    for path in (root / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        takes = f"*{minutes(path).sentence}*"
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = _TAKES.sub(takes, cell.source)
            if cell.cell_type == "code" and "show-code" not in cell.metadata.get("tags", ()):
                cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
        _write(notebook, path)


def _write(notebook: nbformat.NotebookNode, path: Path) -> None:
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def _readme_row(name: str, lesson: Row) -> str:
    return f"| {name[:2]} | {lesson['title']} | {lesson['summary']} |"


def _map_row(name: str, lesson: Row, takes: Minutes) -> str:
    linked = f"{name[:2]} [{lesson['title']}]({name}.ipynb)"
    return f"| {linked} | {lesson['question']} | {takes.whole} ({takes.core}) |"


def _replaced(text: str, head: str, rows: list[str]) -> str:
    """Replace the rows of the table with this header."""
    table = rf"(?m)^({re.escape(head)}\n\|[-| ]+\|)((?:\n\|.*)*)"
    made, count = re.subn(table, lambda found: "\n".join([found[1], *rows]), text)
    if count != 1:
        raise ValueError(f"expected one table headed {head!r}, found {count}")
    return made
