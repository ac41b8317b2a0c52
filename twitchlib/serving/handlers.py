"""The handlers of everything that the server answers, from lessons to the end of a kernel."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import jinja2
from tornado import web
from tornado.iostream import StreamClosedError
from tornado.log import app_log

from twitchlib.serving import hosts, instructor, sessions
from twitchlib.serving.assets import TYPES, packed
from twitchlib.serving.copies import Copy
from twitchlib.serving.headers import set_headers

__all__ = [
    "AssetHandler",
    "CourseHandler",
    "EndHandler",
    "HealthHandler",
    "HomeHandler",
    "InstructorHandler",
    "KernelHandler",
    "LessonHandler",
    "MissingHandler",
    "NotesHandler",
    "SessionHandler",
    "SheetHandler",
]

_PULSE_S: Final = 1.0
_TRY_AGAIN_S: Final = 15
_PAGES: Final[Mapping[int, str]] = {
    HTTPStatus.NOT_FOUND: "missing",
    HTTPStatus.MISDIRECTED_REQUEST: "elsewhere",
}  # untranslated: names of templates
_HTML: Final = "text/html; charset=utf-8"  # untranslated: a type
_FOR_EVER: Final = "public, max-age=31536000, immutable"  # untranslated: a header


class CourseHandler(web.RequestHandler):
    """Base of all handlers: safe headers, and error pages that tell the reader what to do."""

    @property
    def server(self) -> Any:
        """The `twitchlib.serving.server.CourseServer` this handler belongs to."""
        return self.settings["course_server"]

    def set_default_headers(self) -> None:
        """Set the headers of all answers."""
        set_headers(self)

    def prepare(self) -> None:
        """Answer only to the names of this course, even if another name led a browser here."""
        if not hosts.allowed(self.request.host, self.server.hosts):
            self.server.metrics.refused.labels("host").inc()
            raise web.HTTPError(HTTPStatus.MISDIRECTED_REQUEST)

    def log_exception(self, *error: Any) -> None:
        """Log unexpected errors, up to a limit; a refused request is not one."""
        if not isinstance(error[1], web.HTTPError) and self.server.log_room.take():
            uri, self.request.uri = self.request.uri, (self.request.uri or "")[:200]
            super().log_exception(*error)
            self.request.uri = uri

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002
        """Write a page in the course's own words. What went wrong stays in the log."""
        name = _PAGES.get(status_code, "trouble")
        self.set_header("Content-Type", _HTML)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page(name))

    def page(self, name: str, **more: Any) -> str:
        """Render a page that is not a lesson."""
        environment: jinja2.Environment = self.settings["pages"]
        template = environment.get_template(f"{name}.html.j2")
        return template.render(resources={"course": self.server.context()}, **more)


class MissingHandler(CourseHandler):
    """Everything that does not exist."""

    def prepare(self) -> None:
        """Answer 404, whatever the method."""
        super().prepare()
        raise web.HTTPError(HTTPStatus.NOT_FOUND)


class HomeHandler(CourseHandler):
    """The course's front door."""

    def get(self) -> None:
        """Redirect to the first lesson, or list the lessons if none is marked as first."""
        first = self.server.course.first_lesson
        if first is None:
            self.set_header("Cache-Control", "no-store")
            self.finish(self.page("contents"))
        else:
            self.redirect(self.server.course.lesson_url(first))


class InstructorHandler(CourseHandler):
    """Links, QR codes, and the plan of every lesson."""

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
        course = self.server.course
        known = {"plans": instructor.plans(course), "sessions": sessions.sessions(course)}
        self.finish(self.page("instructor", **known, made=made, problem=problem))


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


class SessionHandler(CourseHandler):
    """The plan of a ready-made session."""

    def get(self, name: str) -> None:
        """Show the plan."""
        plan = sessions.plan(self.server.course, name)
        if plan is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page("session", session=plan))


class SheetHandler(CourseHandler):
    """The worksheet of a session and, on a separate page, the key."""

    def get(self, name: str) -> None:
        """Show both."""
        sheet = sessions.sheet(self.server.course, name)
        if sheet is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.page("sheet", sheet=sheet))


class LessonHandler(CourseHandler):
    """A lesson, sent to the visitor as it is written."""

    async def get(self, file: str) -> None:
        """Hand out a copy of the lesson, if there is room for one more visitor."""
        if not self.server.course.has_lesson(file):
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", _HTML)
        self.set_header("Cache-Control", "no-store")
        address = self.server.address_of(self.request)
        with self.server.arriving(address) as admitted:
            if admitted:
                with self.server.metrics.page_s.time():
                    await self._hand_out(file, address)
            else:
                self._ask_to_wait("closing" if self.server.draining.begun else "full")

    def _ask_to_wait(self, why: str) -> None:
        self.server.metrics.refused.labels(why).inc()
        self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Retry-After", str(_TRY_AGAIN_S))
        minutes = self.server.admission.minutes_between
        self.finish(self.page(why, minutes=minutes, try_again_s=_TRY_AGAIN_S))

    async def _hand_out(self, file: str, address: str) -> None:
        copies = self.server.copies
        copy = await copies.take(file)
        try:
            await self._send(copy)
            if copy.forked and copy.page.failed and not copies.closed:
                # The lesson has turned out not to be forkable, so this copy is made in another way.
                # The head, which all copies share, has been sent already; the rest is replaced.
                begun = copy.page.has_head
                if begun:  # perhaps within a step, which would otherwise take in what follows
                    self.write("</section><script>twitch.restart()</script>")
                copy = await copies.take(file)
                await self._send(copy, skip_head=begun)
            if copy.page.failed:
                self._apologise(copy)
            await self.finish()
        except StreamClosedError:
            await copies.discard(copy)
        else:
            if copy.page.failed:
                await copies.discard(copy)
            else:
                self.server.kernel_manager.hand_out(copy.kernel_id, address)

    async def _send(self, copy: Copy, *, skip_head: bool = False) -> None:
        async for html in copy.read(_PULSE_S, skip_head=skip_head):
            self.write(html or _waiting(self.server.copies.ahead_of(copy)))
            await self.flush()

    def _apologise(self, copy: Copy) -> None:
        if not self.server.copies.closed:  # otherwise it was cancelled
            error = copy.page.writing.exception()
            app_log.error("A copy of %s could not be made.", copy.page.file, exc_info=error)
        self.write("<script>twitch.trouble()</script>")


def _waiting(ahead: int) -> str:
    return f"<script>twitch.waiting({ahead})</script>\n"  # untranslated: a call


class AssetHandler(CourseHandler):
    """A front-end file."""

    def get(self, shelf: str, path: str) -> None:
        """Send the file, compressed if the browser accepts that, to be cached for ever."""
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
    """Whether a kernel exists, which its page asks before it connects."""

    async def get(self, kernel_id: str) -> None:
        """Send the kernel's state; asking is a sign of life."""
        kernels = self.server.kernel_manager
        self.set_header("Cache-Control", "no-store")
        reason = kernels.reason(kernel_id)
        if reason:
            self.set_status(HTTPStatus.GONE)
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"reason": reason}))
            return
        if not await kernels.arrives(kernel_id):
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        kernels.sign_of_life(kernel_id)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(kernels.kernel_model(kernel_id)))


class HealthHandler(CourseHandler):
    """For a proxy: whether the course is served, and how full it is."""

    def get(self) -> None:
        """Send the status and two counts; 503 once the server has been asked to stop."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        visitors = sum(self.server.present().values())
        closing = self.server.draining.begun
        if closing:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        state = {
            "status": "closing" if closing else "ok",
            "visitors": visitors,
            "room": self.server.admission.room,
        }
        self.finish(json.dumps(state))


class EndHandler(CourseHandler):
    """What a page calls when it is closed."""

    async def post(self, kernel_id: str) -> None:
        """End the page's kernel."""
        await self.server.kernel_manager.end(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)
