"""The course server: Voilà's, with our own pages, copies and admission."""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.utils import get_page_config, get_voila_labextensions_path

from twitchlib.allowance import Allowance
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.serving import instructor
from twitchlib.serving.admission import Admission, household, present, room_for
from twitchlib.serving.assets import Assets, Shelf, common_file, digest
from twitchlib.serving.budget import BUDGET
from twitchlib.serving.config import EXTENSIONS, Options, voila_config
from twitchlib.serving.connection import KernelSocket
from twitchlib.serving.copies import Copies
from twitchlib.serving.course import Course
from twitchlib.serving.door import Door
from twitchlib.serving.draining import Draining
from twitchlib.serving.endpoints import bind, bind_file, private_folder, reachable
from twitchlib.serving.handlers import (
    AssetHandler,
    EndHandler,
    HealthHandler,
    HomeHandler,
    InstructorHandler,
    KernelHandler,
    LessonHandler,
    MissingHandler,
    NotesHandler,
    SessionHandler,
    SheetHandler,
)
from twitchlib.serving.hosts import known_hosts
from twitchlib.serving.metrics import Metrics, MetricsHandler
from twitchlib.serving.original import can_fork
from twitchlib.serving.proxies import HERE, networks, origin
from twitchlib.serving.render import BUNDLES, TEMPLATE, LessonRenderer, Runner
from twitchlib.serving.visits import PATIENCE

__all__ = ["CourseServer"]

_KERNEL: Final = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
# Their versions are part of the address of the front-end extensions in `EXTENSIONS`.
_EXTENSION_PACKAGES: Final = ("jupyterlab_widgets", "voila", "anywidget")


class CourseServer(Voila):  # type: ignore[misc]
    """Voilà for one folder of lessons.

    Parameters
    ----------
    options : Options
        What to serve, and where.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(config=voila_config(options))
        self.options = options
        self.course = Course(options.notebooks.resolve(), options.base_url)
        self.hosts = None if options.socket else known_hosts(options.address, options.hosts)
        self._proxies = (*HERE, *networks(options.behind))
        self._forks = options.fork and not options.alone and can_fork()
        self.admission = Admission(
            options.visitors or room_for(len(self.course.lessons), forks=self._forks)
        )
        self.log_room = Allowance(BUDGET.log_lines, BUDGET.log_lines_per_s)
        self._arriving: Counter[str] = Counter()
        self.draining = Draining(options.drain_min, lambda: self.present().total())
        self.initialize([])
        if not self._forks and not options.alone:
            self.log.warning("Copies are not forked here: each visitor's copy runs its lesson.")
        self.metrics = Metrics(
            visitors=lambda: sum(self.present().values()),
            kernels=lambda: len(self.kernel_manager),
            room=lambda: self.admission.room,
        )

    # -- pages ------------------------------------------------------------------------------

    def context(self, file: str | None = None) -> dict[str, Any]:
        """Return the template context of a lesson, or of a page that is not a lesson."""
        return {**self.course.context(file), "assets": self._urls}

    # -- visitors ---------------------------------------------------------------------------

    def address_of(self, request: HTTPServerRequest) -> str:
        """Return where a request comes from, according to the last proxy if that is trusted."""
        forwarded = request.headers.get("X-Forwarded-For", "")
        return household(origin(request.remote_ip or "", forwarded, self._proxies))

    def present(self) -> Counter[str]:
        """Return how many visitors there are from each address, including those arriving."""
        return present(self.kernel_manager.visits) + self._arriving

    @contextmanager
    def arriving(self, address: str) -> Iterator[bool]:
        """Yield whether there is room for somebody, who then counts as arriving in the block."""
        closing = self.draining.begun
        admitted = not closing and self.admission.enter(address, self.present())
        self._set_patience()
        if not admitted:
            yield False
            return
        self._arriving[address] += 1
        try:
            yield True
        finally:
            self._arriving[address] -= 1

    def _set_patience(self) -> None:
        """Give a page that was fetched less time to connect while others wait."""
        arriving_s = BUDGET.arriving_s
        if self.admission.has_waiting:
            arriving_s = BUDGET.arriving_in_a_queue_s
        self.kernel_manager.patience = replace(PATIENCE, arriving_s=arriving_s)

    def _renderer(
        self, file: str, kernel_id: str, runner: Runner, my_turn: Callable[[], Awaitable[object]]
    ) -> LessonRenderer:
        return LessonRenderer(
            folder=self.course.folder,
            kernel_id=kernel_id,
            runner=runner,
            my_turn=my_turn,
            course=self.context(file),
            voila_configuration=self.voila_configuration,
            traitlet_config=self.config,
            notebook_path=file,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=self._page_config,
        )

    # -- what Voilà expects of its application ----------------------------------------------

    def setup_template_dirs(self) -> None:
        """Find our template in the package, and those it extends in Voilà and nbconvert."""
        self.template_paths = [
            str(TEMPLATE),
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
            "page": Shelf(f"page-{digest(TEMPLATE / 'static')}", (TEMPLATE / "static",)),
            "widgets": Shelf(f"widgets-{digest(BUNDLES)}", (BUNDLES,)),
            "common": Shelf(common_file().parent.name, (common_file().parent,)),
        }
        self._urls = {key: f"{self.base_url}static/{shelf.name}" for key, shelf in shelves.items()}
        if shelves["widgets"].find("plotly.js"):
            self._urls["plotly"] = f"{self._urls['widgets']}/plotly.js"
        pages = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
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
            "websocket_max_message_size": BUDGET.frame_bytes,
        }

    def init_handlers(self) -> list[tuple[str, type]]:
        """Return the handlers of everything that is served, which is less than Voilà serves."""
        base, instructor = map(re.escape, (self.base_url, self.course.instructor_url))
        return [
            (base, HomeHandler),
            (instructor, InstructorHandler),
            (rf"{instructor}/notes/([^/]+)", NotesHandler),
            (rf"{instructor}/sessions/([^/]+)", SessionHandler),
            (rf"{instructor}/sheets/([^/]+)", SheetHandler),
            (rf"{base}health", HealthHandler),  # untranslated: an address
            (rf"{base}voila/render/([^/]+)", LessonHandler),
            (rf"{base}static/([\w.-]+)/(.+)", AssetHandler),
            (rf"{base}api/kernels/{_KERNEL}", KernelHandler),
            (rf"{base}api/kernels/{_KERNEL}/channels", KernelSocket),
            (rf"{base}voila/api/shutdown/{_KERNEL}", EndHandler),
        ]

    async def run(self, announce: Callable[[str, int], None]) -> None:
        """Serve until cancelled, or until asked to stop and everybody has had time to finish.

        Parameters
        ----------
        announce : callable
            Called with the course's address and the number of visitors there is room for, once
            the server answers.

        Raises
        ------
        PortTakenError
            If the port is not available.
        """
        sockets, url = self._listen()
        self.connection_dir = private_folder()
        application = Application([], **self.init_settings())
        self.app = application
        self.copies = Copies(
            self.course.folder,
            self.kernel_manager,
            self._renderer,
            config=self.config,
            forks=self._forks,
            ready=not self.options.alone,
            log=self.log,
        )
        self.kernel_manager.on_left = self.admission.note_left
        self.kernel_manager.on_exceeded = lambda what: self.metrics.exceeded.labels(what).inc()
        application.add_handlers(".*$", self.init_handlers())
        instructor.plans(self.course)  # reads the tables once, before there are visitors
        web = Door(application)
        web.add_sockets(sockets)
        metrics = self._metrics_server()
        sweeping = asyncio.create_task(self.kernel_manager.keep_sweeping())
        try:
            announce(url, self.admission.room)
            for lesson in self.course.lessons:
                self.copies.prepare(lesson.file)
            await self.draining.over()
        finally:
            sweeping.cancel()
            web.stop()
            if metrics:
                metrics.stop()
            await self.copies.close()
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _listen(self) -> tuple[list[Any], str]:
        """Return what the server listens on, and the course's address."""
        if self.options.socket:
            url = f"unix:{self.options.socket}"  # untranslated: an address
            return bind_file(self.options.socket), url
        sockets = bind(self.options.port, self.options.address)
        self.port = sockets[0].getsockname()[1]
        return sockets, self._url(reachable(self.options.address))

    def _metrics_server(self) -> HTTPServer | None:
        port = self.options.metrics_port
        if port is None:
            return None
        server = HTTPServer(Application([("/metrics", MetricsHandler)], metrics=self.metrics))
        server.add_sockets(bind(port, self.options.metrics_address))
        return server
