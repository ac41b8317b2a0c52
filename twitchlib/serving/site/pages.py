"""The pages of a site: the server's own, with what only a site needs."""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from jupyter_client.kernelspec import KernelSpecManager
from voila.configuration import VoilaConfiguration
from voila.paths import collect_template_paths

from twitchlib import guide
from twitchlib.messages import gettext, ngettext
from twitchlib.serving import instructor, sessions
from twitchlib.serving.config import Options, voila_config
from twitchlib.serving.once import Once
from twitchlib.serving.render import TEMPLATE, LessonRenderer
from twitchlib.serving.site.course import SiteCourse

__all__ = ["LESSONS_LEFT_OUT", "guarded", "lesson_page", "other_pages", "with_pages"]

LESSONS_LEFT_OUT: Final = ("08_reuse_twitchlib.ipynb",)
"""Lessons of which a site has the notebook but no page: this one needs pandas."""

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_LINK: Final = re.compile(r'(href=")(\w+\.ipynb)(?=["?#])')
_CHARSET: Final = '<meta charset="utf-8">'


async def _nothing() -> None:
    """Do not wait: there is no queue."""


class _SiteRenderer(LessonRenderer):
    """Writes a page whose kernel is a worker."""

    def __init__(self, *, worker: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._worker = worker

    async def initialize(self, **kwargs: Any) -> None:
        """Read the notebook, and tell the page what its worker has to run."""
        await super().initialize(**kwargs)
        cells = [cell.source for cell in self.notebook.cells if cell.cell_type == "code"]
        self.resources["worker"] = {
            "worker": self._worker,
            "cells": cells,
            "notebook": f"./{self.notebook_path}",  # "./" keeps it from becoming a link to its page
        }


async def lesson_page(course: SiteCourse, file: str, assets: dict[str, str], runner: Once) -> str:
    """Return the page of a lesson, whose cells the runner runs.

    Parameters
    ----------
    course : SiteCourse
        The course.
    file : str
        Name of the lesson's notebook.
    assets : dict
        Addresses of the folders of front-end files, and of the worker's script.
    runner : Once
        Runs the cells.

    Raises
    ------
    LessonFailedError
        If a cell fails.
    """
    config = voila_config(Options(notebooks=course.folder))
    renderer = _SiteRenderer(
        worker=assets["worker"],
        folder=course.folder,
        kernel_id="",
        runner=runner,
        my_turn=_nothing,
        course={**course.context(file), "assets": assets},
        voila_configuration=VoilaConfiguration(config=config),
        traitlet_config=config,
        notebook_path=file,
        template_paths=[
            str(TEMPLATE),
            *collect_template_paths(["voila", "nbconvert"], "base", prune=True),
        ],
        base_url=course.home,
        kernel_spec_manager=KernelSpecManager(),
        page_config={},
    )
    await renderer.initialize()
    return "".join([html async for html, _ in renderer.generate_content_generator()])


def other_pages(course: SiteCourse, assets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pages that are not lessons: name and content."""
    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
    environment.globals.update(gettext=gettext, ngettext=ngettext)

    def page(name: str, **more: Any) -> str:
        resources = {"course": {**course.context(), "assets": assets}}
        return environment.get_template(f"{name}.html.j2").render(resources=resources, **more)

    plans, ready_made = instructor.plans(course), sessions.sessions(course)
    yield course.instructor_url, page("instructor", plans=plans, sessions=ready_made)
    for plan in plans:
        yield plan["notes_url"], page("notes", lesson=plan)
    for name in guide.rows("sessions"):
        yield course.session_url(name), page("session", session=sessions.plan(course, name))
        yield course.sheet_url(name), page("sheet", sheet=sessions.sheet(course, name))
    yield "index.html", page("contents")


def with_pages(html: str) -> str:
    """Return a page whose links to notebooks lead to the notebooks' pages, if they have any."""

    def to_page(link: re.Match[str]) -> str:
        file = link[2]
        if file in LESSONS_LEFT_OUT:
            return link[0]
        return link[1] + file.removesuffix(".ipynb") + ".html"

    return _LINK.sub(to_page, html)


def guarded(html: str) -> str:
    """Return a page that loads only what the site itself has.

    The page's own scripts are allowed by their hashes, so that no other script that ends up in the
    page is run. Widgets are modules that the page makes from their text, hence ``blob:``.
    """
    scripts = dict.fromkeys(_SCRIPT.findall(html))
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' data: blob:; connect-src 'self' blob: data:; worker-src 'self' blob:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "object-src 'none'"  # untranslated: a policy
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    manifest = '<link rel="manifest" href="manifest.webmanifest">'
    return html.replace(_CHARSET, f"{_CHARSET}\n{meta}\n{manifest}", 1)


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
