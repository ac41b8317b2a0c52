"""Lessons that are run once, each in a process of its own."""

import asyncio
from pathlib import Path

import nbformat.v4 as nb
import pytest

from twitchlib.places import PROGRESS
from twitchlib.serving.once import LessonFailedError, Once

ASKS = "import os\n[os.environ.get(name) for name in ('PLACE', 'TWITCHLIB_PROGRESS')]"


def ran(lesson: Once, *cells: str) -> list[str]:
    """Return the text of the first output of each cell."""
    notebook = nb.new_notebook(cells=[nb.new_code_cell(cell) for cell in cells])

    async def run() -> None:
        await lesson.start(notebook)
        for index, cell in enumerate(notebook.cells):
            await lesson.run(cell, index)

    asyncio.run(run())
    return [cell.outputs[0].data["text/plain"] for cell in notebook.cells]


def test_a_lesson_knows_where_it_is_read_but_nobodys_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROGRESS, str(tmp_path / "a-student.json"))
    assert ran(Once({"PLACE": "a site"}), ASKS, "6 * 7") == ["['a site', '']", "42"]


def test_a_lesson_that_fails_says_where() -> None:
    with pytest.raises(LessonFailedError, match=r'File "<cell>", line 2'):
        ran(Once(), "6 * 7", "# what follows fails\n1 / 0")
