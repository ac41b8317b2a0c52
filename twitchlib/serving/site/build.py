"""Writing the course as a folder of files, for any file server."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from twitchlib.messages import gettext as _
from twitchlib.serving.assets import common_file, digest
from twitchlib.serving.once import Once
from twitchlib.serving.render import BUNDLES, TEMPLATE
from twitchlib.serving.site import archive
from twitchlib.serving.site.course import SiteCourse
from twitchlib.serving.site.frozen import put_python
from twitchlib.serving.site.offline import put_manifest, put_offline
from twitchlib.serving.site.pages import (
    LESSONS_LEFT_OUT,
    guarded,
    lesson_page,
    other_pages,
    with_pages,
)
from twitchlib.serving.site.python import (
    PYODIDE,
    PythonMissingError,
    lock,
    numpy_wheel,
    pandas_wheel,
)

__all__ = ["Wanted", "write"]

_STATIC: Final = Path(__file__).parent / "static"
_WORKER: Final = "worker.js"
_MARK: Final = "twitchlib-site"
_ON_SITE: Final = {"TWITCHLIB_SITE": "1"}


@dataclass(frozen=True)
class Wanted:
    """Options for writing a site.

    Attributes
    ----------
    notebooks : pathlib.Path
        Folder of the lessons.
    target : pathlib.Path
        Folder of the site: a new or empty one, or a site, which is replaced.
    numpy : pathlib.Path or None
        numpy for the browser; by default it is fetched.
    pandas : pathlib.Path or None
        pandas for the browser; by default it is fetched, if that is possible.
    """

    notebooks: Path
    target: Path
    numpy: Path | None = None
    pandas: Path | None = None


def write(wanted: Wanted, say: Callable[[str], object]) -> None:
    """Write a site.

    Parameters
    ----------
    wanted : Wanted
        What to write, and where.
    say : callable
        Called with the name of each part once it is made.

    Raises
    ------
    FileExistsError
        If the folder holds something other than a site.
    PythonMissingError, FreezeError, LessonFailedError
        If the site cannot be made; then the folder is left as it was.
    """
    occupied = wanted.target.is_dir() and any(wanted.target.iterdir())
    if occupied and not (wanted.target / _MARK).is_file():
        raise FileExistsError(str(wanted.target))
    with tempfile.TemporaryDirectory() as drafts:
        draft = Path(drafts) / "site"
        (draft / "static").mkdir(parents=True)
        wheels = [numpy_wheel(wanted.numpy, Path(drafts)), *_pandas(wanted, Path(drafts), say)]
        asyncio.run(_write(draft, wanted.notebooks, wheels, say))
        shutil.rmtree(wanted.target, ignore_errors=True)
        shutil.copytree(draft, wanted.target)


def _pandas(wanted: Wanted, folder: Path, say: Callable[[str], object]) -> Iterator[Path]:
    """Yield pandas if possible; without it a site lacks only code that makes tables."""
    try:
        yield pandas_wheel(wanted.pandas, folder)
    except PythonMissingError as error:
        if wanted.pandas is not None:
            raise
        say(_("everything but tables in readers’ code: {reason}", reason=error))


async def _write(
    site: Path, notebooks: Path, wheels: Sequence[Path], say: Callable[[str], object]
) -> None:
    course = _Course(notebooks.resolve(), "./")
    runners = {lesson.file: Once(_ON_SITE) for lesson in course.lessons}
    assets = _put_front_end(site)
    # Pages name the worker's script, whose address is known only once all lessons have been run.
    assets["worker"] = "{worker}"
    turns = asyncio.Semaphore(os.cpu_count() or 1)

    async def page(file: str) -> str:
        async with turns:
            html = await lesson_page(course, file, assets, runners[file])
        say(file)
        return html

    pages = dict(zip(runners, await asyncio.gather(*map(page, runners)), strict=True))
    files = {name: file for one in runners.values() for name, file in one.files.items()}
    worker = _put_python(site, files, wheels)
    say("Python")  # untranslated: a name
    for lesson in course.lessons:
        html = pages[lesson.file].replace(json.dumps("{worker}"), json.dumps(worker))
        _put(site / course.lesson_url(lesson), html)
    for notebook in course.folder.glob("*.ipynb"):
        shutil.copyfile(notebook, site / notebook.name)
    for name, html in other_pages(course, {**assets, "worker": worker}):
        _put(site / name, html)
    put_manifest(site, f"{assets['page']}/icon.svg")
    put_offline(site)
    (site / _MARK).write_text("", encoding="utf-8")


class _Course(SiteCourse):
    @property
    def lessons(self):  # type: ignore[no-untyped-def]
        return tuple(one for one in super().lessons if one.file not in LESSONS_LEFT_OUT)


def _put(file: Path, html: str) -> None:
    file.write_text(guarded(with_pages(html)), encoding="utf-8")


def _put_front_end(site: Path) -> dict[str, str]:
    """Copy the front-end files, and return their addresses."""
    assets = {}
    for name, folder in {"page": TEMPLATE / "static", "widgets": BUNDLES}.items():
        assets[name] = f"static/{name}-{digest(folder)}"
        shutil.copytree(folder, site / assets[name])
    common = common_file().parent
    assets["common"] = f"static/{common.name}"
    shutil.copytree(common, site / assets["common"])
    if (BUNDLES / "plotly.js").is_file():
        assets["plotly"] = f"{assets['widgets']}/plotly.js"
    return assets


def _put_python(site: Path, files: dict[str, str], wheels: Sequence[Path]) -> str:
    """Put the worker's script, Python and what it imports in place; return the script's address."""
    draft = site / "static/python"
    draft.mkdir()
    with tempfile.TemporaryDirectory() as sources:
        root = Path(sources)
        archive.copy_modules(files, wheels, root)
        put_python(PYODIDE, root, files, draft)
    (draft / "licences.txt").write_text(archive.licences(wheels), encoding="utf-8")
    own = {"info": lock()["info"], "packages": {}}  # nothing is to be fetched from elsewhere
    (draft / "pyodide-lock.json").write_text(json.dumps(own), encoding="utf-8")
    shutil.copyfile(_STATIC / _WORKER, draft / _WORKER)
    address = f"static/python-{digest(draft)}"
    draft.rename(site / address)
    return f"{address}/{_WORKER}"
