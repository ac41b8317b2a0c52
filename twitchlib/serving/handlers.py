"""What the server answers: lessons, files of the front end, a kernel's end, and nothing else."""

import json
from http import HTTPStatus
from typing import Any, Final

import jinja2
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.log import app_log

from twitchlib.serving import instructor
from twitchlib.serving.assets import TYPES, packed

__all__ = [
    "AssetHandler",
    "CourseHandler",
    "EndHandler",
    "HomeHandler",
    "InstructorHandler",
    "KernelHandler",
    "LessonHandler",
    "MissingHandler",
    "NotesHandler",
]

_PULSE_S: Final = 1.0
_HTML: Final = "text/html; charset=utf-8"  # untranslated: a type
_FOR_EVER: Final = "public, max-age=31536000, immutable"  # untranslated: a header


class CourseHandler(web.RequestHandler):
    """Base of all answers: safe headers, and error pages that tell the reader what to do."""

    @property
    def server(self) -> Any:
        """The `twitchlib.serving.server.CourseServer` this handler belongs to."""
        return self.settings["course_server"]

    def set_default_headers(self) -> None:
        """Allow the page to load from this server alone, and nobody to sniff or to be told.

        JupyterLab's front end compiles its schemas, hence ``unsafe-eval``; anywidget imports
        modules from blobs.
        """
        host = self.request.host
        self.clear_header("Server")  # untranslated: a header
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            "font-src 'self' data:; worker-src 'self' blob:; "
            f"connect-src 'self' ws://{host} wss://{host} blob: data:; "
            "object-src 'none'; base-uri 'none'; form-action 'self'",  # untranslated: a header
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002
        """Write a page in the course's own words. What went wrong stays in the log."""
        name = "missing" if status_code == HTTPStatus.NOT_FOUND else "trouble"
        self.set_header("Content-Type", _HTML)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page(name))

    def page(self, name: str, **more: Any) -> str:
        """Return one of the pages that are no lesson."""
        environment: jinja2.Environment = self.settings["pages"]
        template = environment.get_template(f"{name}.html.j2")
        return template.render(resources={"course": self.server.around()}, **more)


class MissingHandler(CourseHandler):
    """Everything that does not exist."""

    def prepare(self) -> None:
        """Answer 404, whatever the method."""
        raise web.HTTPError(HTTPStatus.NOT_FOUND)


class HomeHandler(CourseHandler):
    """The course's front door."""

    def get(self) -> None:
        """Lead to the first lesson, or list the lessons where none is the first."""
        first = self.server.course.first_lesson
        if first is None:
            self.set_header("Cache-Control", "no-store")
            self.finish(self.page("contents"))
        else:
            self.redirect(self.server.course.lesson_url(first))


class InstructorHandler(CourseHandler):
    """Links and QR codes, and the plan of every lesson."""

    def get(self) -> None:
        """Show the page, with the link that was asked for."""
        made, problem = None, ""
        to = self.get_query_argument("to", "")
        if to:
            try:
                made = instructor.link(
                    f"{self.request.protocol}://{self.request.host}",
                    self.server.course.lesson_urls(),
                    to=to,
                    state=self.get_query_argument("state", ""),
                    present=bool(self.get_query_argument("present", "")),
                )
            except ValueError as error:
                problem = str(error)
        self.set_header("Cache-Control", "no-store")
        plans = instructor.plans(self.server.course)
        self.finish(self.page("instructor", plans=plans, made=made, problem=problem))


class NotesHandler(CourseHandler):
    """The teaching notes of one lesson, for a window that the class does not see."""

    def get(self, name: str) -> None:
        """Show the notes."""
        plans = instructor.plans(self.server.course)
        plan = next((plan for plan in plans if plan["file"] == f"{name}.ipynb"), None)
        if plan is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page("notes", lesson=plan))


class LessonHandler(CourseHandler):
    """A lesson, written to the visitor as it comes into being."""

    async def get(self, file: str) -> None:
        """Hand out a copy of the lesson."""
        if not self.server.course.has_lesson(file):
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", _HTML)
        self.set_header("Cache-Control", "no-store")
        page = await self.server.take(file)
        try:
            async for html in page.read(_PULSE_S):
                self.write(html or _waiting(self.server.turns.ahead_of(page)))
                await self.flush()
            if page.failed:
                if not self.server.pool.closed:  # else it was called off
                    app_log.error(
                        "A copy of %s could not be made.", file, exc_info=page.writing.exception()
                    )
                self.write("<script>twitch.trouble()</script>")
            await self.finish()
        except StreamClosedError:
            await self.server.discard(page)
        else:
            if page.failed:
                await self.server.discard(page)
            else:
                self.server.kernel_manager.hand_out(page.kernel_id)


def _waiting(ahead: int) -> str:
    return f"<script>twitch.waiting({ahead})</script>\n"  # untranslated: a call


class AssetHandler(CourseHandler):
    """A file of the front end."""

    def get(self, shelf: str, path: str) -> None:
        """Send the file, compressed if the browser can, to be kept for ever."""
        file = self.settings["assets"].find(shelf, path)
        if file is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        plain, small = packed(file, file.stat().st_mtime_ns)
        self.set_header("Content-Type", TYPES[file.suffix])
        self.set_header("Cache-Control", _FOR_EVER)
        self.set_header("Vary", "Accept-Encoding")  # untranslated: a header
        if small is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(small)
        else:
            self.finish(plain)


class KernelHandler(CourseHandler):
    """What a page asks of its kernel before it connects: whether it is there."""

    def get(self, kernel_id: str) -> None:
        """Send the kernel's state; asking is a sign of life."""
        kernels = self.server.kernel_manager
        if kernel_id not in kernels:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        kernels.sign_of_life(kernel_id)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(kernels.kernel_model(kernel_id)))


class EndHandler(CourseHandler):
    """A page says that it is being closed."""

    async def post(self, kernel_id: str) -> None:
        """End the page's kernel."""
        await self.server.kernel_manager.end(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)
