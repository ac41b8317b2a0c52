"""Generate documentation pages from the course itself, so that nothing is written twice.

Before Sphinx reads its pages, this extension writes those that follow from the code, the tables
and the notebooks: the reference, the model cards, the evidence, and the lessons as they look.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from twitchdocs import docstrings, front, lessons, reference, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: "Sphinx") -> dict[str, Any]:
    """Connect the extension to Sphinx's events."""
    app.connect("builder-inited", _write_pages)
    app.connect("html-page-context", front.add_scripts)
    before_napoleon = 400
    app.connect("autodoc-process-docstring", docstrings.complete, before_napoleon)
    app.connect("autodoc-process-signature", docstrings.sign)
    app.connect("autodoc-skip-member", docstrings.skip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write_pages(app: "Sphinx") -> None:
    source = Path(app.srcdir)
    front.write_scripts(Path(app.outdir) / "_static")  # first, as the bundles may be missing
    reference.write(source / "api")
    tables.write(source / "science")
    lessons.write(source / "lessons")
