"""A very small course of notebooks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat.v4 as nb
import pytest

WriteCourse = Callable[[Path, dict[str, list[str]]], Path]


@pytest.fixture(scope="session")
def write_course() -> WriteCourse:
    """Write notebooks; a cell that begins with ``#`` or ``>`` is text."""

    def write(folder: Path, lessons: dict[str, list[str]]) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, cells in lessons.items():
            notebook: Any = nb.new_notebook(
                cells=[
                    nb.new_markdown_cell(cell)
                    if cell.startswith(("#", ">"))
                    else nb.new_code_cell(cell)
                    for cell in cells
                ],
                metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            )
            (folder / f"{name}.ipynb").write_text(nb.writes(notebook), encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory, write_course: WriteCourse) -> Path:
    return write_course(
        tmp_path_factory.mktemp("course") / "notebooks",
        {
            "00_start_here": [
                "# Start *here*\n\nThe next is [about buttons](01_buttons.ipynb).",
                "import ipywidgets as w\nsecret_name = w.IntSlider(description='Sleep')\n"
                "said = w.Label('nothing yet')\n"
                "secret_name.observe(lambda c: setattr(said, 'value', f'{c.new} h'), 'value')\n"
                "w.VBox([secret_name, said])",
                "## More\n\n> An aside.\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
            ],
            "01_buttons": [
                "# Buttons",
                "import ipywidgets as w\ndef fail(_):\n    raise ValueError('not for you')\n"
                "button = w.Button(description='Fail')\nbutton.on_click(fail)\nbutton",
            ],
            "02_broken": [
                "# Broken",
                "1 / 0",
                "## Afterwards",
                "print('never run')",
            ],
        },
    )
