"""Steps, and units of text and asides, from the cells of a notebook."""

import re
from pathlib import Path

import nbformat
import pytest

from twitchlib.places import folder
from twitchlib.serving.duration import more
from twitchlib.serving.outline import ASIDE, TEXT, arrange

LESSONS = sorted(folder("notebooks").glob("*.ipynb"))


def written(*cells: str, more: tuple[str, ...] = ()) -> str:
    """Return the outline of cells; ``<`` begins an aside, ``[`` a dashboard, ``=`` text by code."""
    tags = {"<": [ASIDE], "=": [TEXT], "[": []}
    made = [
        nbformat.v4.new_code_cell(cell[1:], metadata={"tags": tags[cell[0]]})
        if cell[0] in tags
        else nbformat.v4.new_markdown_cell(cell)
        for cell in cells
    ]
    parts = []
    for cell in arrange(made, more):
        outline = cell.metadata["outline"]
        parts += [*outline["before"], repr(cell.source), *outline["after"]]
    return " ".join(parts)


def test_each_heading_begins_a_step_whose_body_follows_it() -> None:
    assert written("# A lesson\n\nIt begins.\n\n## Try\n\nNow.", "## End") == (
        "step body '# A lesson\\n\\nIt begins.' /step "
        "step '## Try' body 'Now.' /step step '## End' body /step"
    )


def test_an_aside_stands_beside_the_text_before_it_and_after_it() -> None:
    assert written("One.", "<path", "<card", "Two.", "[try", "Three.", "<said") == (
        "step body beside 'One.' asides 'path' 'card' /asides 'Two.' /beside 'try' "
        "beside 'Three.' asides 'said' /asides /beside /step"
    )


def test_asides_after_the_first_have_a_unit_with_the_text_before_them() -> None:
    assert written("One.", "<path", "Two.", "=three", "<said", "Four.") == (
        "step body beside 'One.' asides 'path' /asides 'Two.' /beside "
        "beside 'three' asides 'said' /asides 'Four.' /beside /step"
    )


def test_an_aside_without_text_before_it_begins_its_unit() -> None:
    assert written("## A", "<path", "One.") == (
        "step '## A' body beside asides 'path' /asides 'One.' /beside /step"
    )


def test_only_a_long_lesson_folds_and_only_after_its_first_dashboard() -> None:
    long = written("## A", "[1", "## B", "Text.", "## C", "[2", "## D", "[3")
    assert re.findall(r"(\S+) '## (.)'", long) == [
        ("step", "A"),
        ("step", "B"),
        ("folding-step", "C"),
        ("folding-step", "D"),
    ]
    assert "folding-step" not in written("## A", "[1", "## B", "[2")


def test_a_step_beyond_the_core_says_so_and_its_heading_too() -> None:
    text = written("# A", "## B", "Text.", "## C", "Text.", more=("C",))
    assert re.findall(r"(\S+) '##? (.)'", text) == [
        ("body", "A"),
        ("step", "B"),
        ("more-step", "C"),
    ]
    long = written("## A", "[1", "## B", "[2", "## C", "[3", more=("A", "C"))
    kinds = ["more-step", "folding-step", "more-folding-step"]
    assert re.findall(r"(\S+) '## .'", long) == kinds
    cells = [nbformat.v4.new_markdown_cell("## B\n\nText.\n\n## C")]
    marked = [cell.metadata["outline"]["more"] for cell in arrange(cells, ("C",))]
    assert marked == [False, False, True]


def test_a_heading_in_code_begins_nothing() -> None:
    assert written("```\n## not a heading\n```").count("step") == 2


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_every_part_of_a_lesson_is_closed_in_order(lesson: Path) -> None:
    open_ = []
    for cell in arrange(nbformat.read(lesson, as_version=4).cells, more(lesson.stem)):
        for name in [*cell.metadata["outline"]["before"], *cell.metadata["outline"]["after"]]:
            if not name.startswith("/"):
                open_.append(name.removeprefix("more-").removeprefix("folding-"))
            elif name == "/step":
                assert [open_.pop(), open_.pop()] == ["body", "step"]
            else:
                assert open_.pop() == name[1:]
    assert open_ == []
