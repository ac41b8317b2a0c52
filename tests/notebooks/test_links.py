"""The links in the teaching notes use only names that their lessons know."""

from collections.abc import Iterator
from contextlib import suppress

import ipywidgets
import nbformat
import pytest

from twitchlib import guide
from twitchlib.places import folder
from twitchlib.widgets.page_link import PageLink
from twitchlib.widgets.prose import Prose

NOTES = [row for row in guide.rows("teaching").values() if row["link"]]


def close_all() -> None:
    """Close all widgets, including those made before a kernel's comm manager took over."""
    for widget in list(ipywidgets.widgets.widget._instances.values()):
        with suppress(KeyError):
            widget.close()
    ipywidgets.widgets.widget._instances.clear()


@pytest.fixture
def no_other_widgets() -> Iterator[None]:
    close_all()
    yield
    close_all()


@pytest.mark.usefixtures("no_other_widgets")
@pytest.mark.parametrize("lesson", sorted({row["lesson"] for row in NOTES}))
def test_a_lesson_understands_the_links_of_its_notes(lesson: str) -> None:
    notebook = nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4)
    names: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # noqa: S102 - the course's own notebook
    widgets = list(ipywidgets.widgets.widget._instances.values())
    links = [widget for widget in widgets if isinstance(widget, PageLink)]
    proses = [widget for widget in widgets if isinstance(widget, Prose)]
    assert links
    for note in NOTES:
        if note["lesson"] == lesson:
            for link in links:
                link._receive(link, {"query": f"?{note['link']}&present"}, [])
            for prose in proses:
                assert "tw-problem" not in prose.html, note["id"]
    # An unknown name is reported, so silence above means success.
    for link in links:
        link._receive(link, {"query": "?cake=1&causes=cake"}, [])
    assert any("tw-problem" in prose.html for prose in proses)
