"""The outline of a lesson's page: its steps, and what goes beside their text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

import nbformat
from nbformat import NotebookNode

__all__ = ["ASIDE", "TEXT", "arrange", "heading"]

ASIDE: Final = "aside"
"""The tag of a code cell whose outputs go in the margin, beside the text before them."""

TEXT: Final = "text"
"""The tag of a code cell whose outputs read as text, so that asides may go beside them."""

_FEW: Final = 2  # a page with no more steps to try than these is not too long for a phone


def arrange(cells: Iterable[NotebookNode], more: Collection[str] = ()) -> list[NotebookNode]:
    r"""Return the cells of a page, each with the parts that begin before it and end after it.

    A step begins at a second-level heading, which becomes a separate cell. Text and the asides that
    follow it form a unit, so that a style sheet can set one beside the other. The metadata
    ``outline`` of a cell lists, under ``before`` and ``after``, the names by which the template
    knows these parts; a name that starts with a slash ends its part. Its ``more`` says whether the
    cell is the heading of a step that does not belong to the core.

    Parameters
    ----------
    cells : iterable of NotebookNode
        The cells of a notebook.
    more : collection of str
        Headings of the steps that do not belong to the core.

    Examples
    --------
    >>> text = nbformat.v4.new_markdown_cell("Read this.\n\n## Try\n\nNow try it.")
    >>> [cell.source for cell in arrange([text])]
    ['Read this.', '## Try', 'Now try it.']
    """
    arranged = [piece for cell in cells for piece in _pieces(cell)]
    for cell in arranged:
        cell.metadata["outline"] = {"before": [], "after": [], "more": heading(cell) in more}
    met = False
    long = sum(map(_tries, _steps(arranged))) > _FEW
    for step in _steps(arranged):
        tries = _tries(step)
        beyond = "more-" if step[0].metadata["outline"]["more"] else ""
        folds = "folding-" if long and met and tries else ""
        _enclose(step, f"{beyond}{folds}step", "/step")  # untranslated: a name
        met = met or tries
        if heading(step[0]):
            step[0].metadata["outline"]["after"].insert(0, "body")
        else:
            step[0].metadata["outline"]["before"].append("body")
        body = step[1:] if heading(step[0]) else step
        for shown, run in groupby(body, key=_is_shown):
            if not shown:
                _set_beside(list(run))
    return arranged


def heading(cell: NotebookNode) -> str:
    """Return the heading of the step that begins with an arranged cell; empty if none does."""
    text = str(cell.source)
    begins = cell.cell_type == "markdown" and text.startswith("## ")
    return text.removeprefix("## ").rstrip("# ") if begins else ""


def _pieces(cell: NotebookNode) -> Iterator[NotebookNode]:
    """Split a text cell at its second-level headings."""
    if cell.cell_type != "markdown":
        yield cell
        return
    pieces: list[list[str]] = [[]]
    fenced = False
    for line in cell.source.splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            pieces += [[line], []]
        else:
            pieces[-1].append(line)
    for piece in pieces:
        source = "\n".join(piece).strip("\n")
        if source:
            yield nbformat.v4.new_markdown_cell(source, metadata=dict(cell.metadata))


def _steps(cells: Sequence[NotebookNode]) -> Iterator[list[NotebookNode]]:
    starts = [place for place, cell in enumerate(cells) if place == 0 or heading(cell)]
    for start, end in pairwise([*starts, len(cells)]):
        yield list(cells[start:end])


def _is_aside(cell: NotebookNode) -> bool:
    return ASIDE in cell.metadata.get("tags", ())


def _is_shown(cell: NotebookNode) -> bool:
    return cell.cell_type != "markdown" and not {ASIDE, TEXT} & set(cell.metadata.get("tags", ()))


def _tries(step: Iterable[NotebookNode]) -> bool:
    return any(map(_is_shown, step))


def _set_beside(run: list[NotebookNode]) -> None:
    """Form units of text and asides: each begins at the last text before its asides."""
    firsts = [
        place
        for place, cell in enumerate(run)
        if _is_aside(cell) and (place == 0 or not _is_aside(run[place - 1]))
    ]
    if not firsts:
        return
    starts = [0, *(first - 1 for first in firsts[1:]), len(run)]
    for start, end in pairwise(starts):
        unit = run[start:end]
        _enclose(unit, "beside", "/beside")
        _enclose([cell for cell in unit if _is_aside(cell)], "asides", "/asides")


def _enclose(cells: Sequence[NotebookNode], begin: str, end: str) -> None:
    """Put cells into a part, inside the parts that they are in already."""
    cells[0].metadata["outline"]["before"].append(begin)
    cells[-1].metadata["outline"]["after"].insert(0, end)
