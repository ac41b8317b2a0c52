"""The server of the course: Voilà's, with our pages, our pool and a closed front door."""

import asyncio
import errno
import os
import re
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.utils import get_page_config, get_voila_labextensions_path

import twitchlib
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.serving.assets import Assets, Shelf, digest
from twitchlib.serving.config import EXTENSIONS, Options, voila_config
from twitchlib.serving.connection import KernelSocket
from twitchlib.serving.course import Course
from twitchlib.serving.handlers import (
    AssetHandler,
    EndHandler,
    HomeHandler,
    InstructorHandler,
    KernelHandler,
    LessonHandler,
    MissingHandler,
    NotesHandler,
)
from twitchlib.serving.pages import Page, Pool, Turns
from twitchlib.serving.render import LessonRenderer

__all__ = ["CourseServer", "PortTakenError", "serve"]

_TEMPLATE: Final = Path(__file__).parent / "template"
_WIDGETS: Final = Path(twitchlib.__file__).parent / "widgets" / "static"
_KERNEL: Final = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
# Their versions name the address of the front-end extensions in `EXTENSIONS`.
_EXTENSION_PACKAGES: Final = ("jupyterlab_widgets", "voila", "anywidget")
# A file comes in one message from a visitor's disk: a recording of a few minutes fits, no more.
_MESSAGE_BYTES: Final = 16 * 2**20
# A Unix socket's path has at most 104 bytes on some systems; the file name takes about 55 of them.
_FOLDER_BYTES: Final = 45


class PortTakenError(OSError):
    """The port is in use, or this user may not listen on it."""


class CourseServer(Voila):  # type: ignore[misc]
    """Voilà for one folder of lessons.

    Parameters
    ----------
    options : Options
        What was chosen.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(config=voila_config(options))
        self.options = options
        self.course = Course(options.notebooks.resolve(), options.base_url)
        self.turns = Turns()
        self.pool = Pool(self._make, self._usable, self.discard, options.pool, self.log)
        self.initialize([])

    # -- pages ------------------------------------------------------------------------------

    def around(self, file: str | None = None) -> dict[str, Any]:
        """Return what the template writes around a lesson, or around a page that is none."""
        return {**self.course.around(file), "assets": self._urls}

    async def take(self, file: str) -> Page:
        """Return a copy of a lesson for a visitor."""
        page = await self.pool.take(file)
        self.turns.next()
        return page

    async def discard(self, page: Page) -> None:
        """End a copy and its kernel."""
        page.writing.cancel()
        await asyncio.gather(page.writing, return_exceptions=True)
        await self.kernel_manager.end(page.kernel_id)

    def _make(self, file: str, *, wanted: bool) -> Page:
        stamp = (self.course.folder / file).stat().st_mtime_ns
        return Page(file, self._write, stamp=stamp, wanted=wanted)

    async def _usable(self, page: Page) -> bool:
        if page.stamp != (self.course.folder / page.file).stat().st_mtime_ns:
            return False
        return not page.complete or await self.kernel_manager.lives(page.kernel_id)

    async def _write(self, page: Page) -> None:
        async with AsyncExitStack() as turn:

            async def start_kernel(name: str) -> tuple[str, Any]:
                await turn.enter_async_context(self.turns.turn(page))
                return page.kernel_id, await self.kernel_manager.begin(page.kernel_id, name)

            renderer = LessonRenderer(
                folder=self.course.folder,
                start_kernel=start_kernel,
                course=self.around(page.file),
                voila_configuration=self.voila_configuration,
                traitlet_config=self.config,
                notebook_path=page.file,
                template_paths=self.template_paths,
                config_manager=self.config_manager,
                contents_manager=self.contents_manager,
                base_url=self.base_url,
                kernel_spec_manager=self.kernel_spec_manager,
                page_config=self._page_config,
            )
            await renderer.initialize()
            async for html, _ in renderer.generate_content_generator():
                page.add(html)

    # -- what Voilà asks of its application -------------------------------------------------

    def setup_template_dirs(self) -> None:
        """Find our template in the package, and what it builds on in Voilà and nbconvert."""
        self.template_paths = [
            str(_TEMPLATE),
            *collect_template_paths(["voila", "nbconvert"], "base", prune=True),
        ]

    def init_settings(self) -> dict[str, Any]:
        """Return the settings of the web application."""
        shelves = {
            "voila": Shelf(
                f"voila-{version('voila')}",
                tuple(map(Path, collect_static_paths(["voila", "nbconvert"], "base", prune=True))),
            ),
            "extensions": Shelf(
                "-".join(["extensions", *map(version, _EXTENSION_PACKAGES)]),
                tuple(map(Path, get_voila_labextensions_path())),
                within=tuple(f"{name}/" for name in EXTENSIONS),
            ),
            "page": Shelf(f"page-{digest(_TEMPLATE / 'static')}", (_TEMPLATE / "static",)),
            "widgets": Shelf(f"widgets-{digest(_WIDGETS)}", (_WIDGETS,)),
        }
        self._urls = {key: f"{self.base_url}static/{shelf.name}" for key, shelf in shelves.items()}
        if shelves["widgets"].find("plotly.js"):
            self._urls["plotly"] = f"{self._urls['widgets']}/plotly.js"
        pages = Environment(loader=FileSystemLoader(_TEMPLATE), autoescape=True)
        pages.globals.update(gettext=_, ngettext=ngettext)
        settings: dict[str, Any] = super().init_settings()
        self._page_config = {
            **get_page_config(self.base_url, settings, self.log, self.voila_configuration),
            "fullStaticUrl": self._urls["voila"],
            "fullLabextensionsUrl": self._urls["extensions"],
        }
        return {
            **settings,
            "course_server": self,
            "assets": Assets(shelves.values()),
            "pages": pages,
            "compress_response": True,
            "default_handler_class": MissingHandler,
            "log_function": lambda _: None,
            "websocket_max_message_size": _MESSAGE_BYTES,
        }

    def init_handlers(self) -> list[tuple[str, type]]:
        """Return everything that is served. Voilà's own list is longer."""
        base, instructor = map(re.escape, (self.base_url, self.course.instructor_url))
        return [
            (base, HomeHandler),
            (instructor, InstructorHandler),
            (rf"{instructor}/notes/([^/]+)", NotesHandler),
            (rf"{base}voila/render/([^/]+)", LessonHandler),
            (rf"{base}static/([\w.-]+)/(.+)", AssetHandler),
            (rf"{base}api/kernels/{_KERNEL}", KernelHandler),
            (rf"{base}api/kernels/{_KERNEL}/channels", KernelSocket),
            (rf"{base}voila/api/shutdown/{_KERNEL}", EndHandler),
        ]

    async def run(self, announce: Callable[[str], None]) -> None:
        """Serve until cancelled.

        Parameters
        ----------
        announce : callable
            Called with the course's address once the server answers.

        Raises
        ------
        PortTakenError
            If the port cannot be had.
        """
        sockets = _bind(self.options.port, self.options.address)
        self.port = sockets[0].getsockname()[1]
        self.connection_dir = _private_folder()
        application = Application([], **self.init_settings())
        self.app = application
        application.add_handlers(".*$", self.init_handlers())
        web = HTTPServer(application)
        web.add_sockets(sockets)
        sweeping = asyncio.create_task(self.kernel_manager.keep_sweeping())
        try:
            announce(self._url(_reachable(self.options.address)))
            for lesson in self.course.lessons:
                self.pool.fill(lesson.file)
            await asyncio.Event().wait()
        finally:
            sweeping.cancel()
            web.stop()
            await self.pool.close()
            await self.kernel_manager.end_all()
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _bind(port: int, address: str) -> list[Any]:
    try:
        return bind_sockets(port, address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(_("port {port} is already in use", port=port)) from error
        if error.errno == errno.EACCES:
            refused = _("port {port} needs rights that you do not have", port=port)
            raise PortTakenError(refused) from error
        if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
            elsewhere = _("{address} is no address of this computer", address=address)
            raise PortTakenError(elsewhere) from error
        raise


def _private_folder() -> str:
    # Readable by the owner alone, which is what keeps a kernel's sockets private.
    root = tempfile.gettempdir()
    if os.name == "posix" and len(root.encode()) > _FOLDER_BYTES:
        root = "/tmp"  # noqa: S108
    return tempfile.mkdtemp(prefix="twitch_", dir=root)


def _reachable(address: str) -> str:
    if address in {"", "0.0.0.0", "::"}:  # noqa: S104
        return socket.gethostname()
    return f"[{address}]" if ":" in address else address


def serve(options: Options, announce: Callable[[str], None]) -> None:
    """Serve the course until interrupted or told to stop.

    Parameters
    ----------
    options : Options
        What to serve, and where.
    announce : callable
        Called with the course's address once the server answers.

    Raises
    ------
    PortTakenError
        If the port cannot be had.
    """
    server = CourseServer(options)

    async def main() -> None:
        task = asyncio.current_task()
        if task is not None and os.name == "posix":
            for stop in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        with suppress(asyncio.CancelledError):
            await server.run(announce)

    with suppress(KeyboardInterrupt):
        asyncio.run(main())
