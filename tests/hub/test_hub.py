"""A hub with students at browsers: two where JupyterHub is installed, ten in `make hub-test`."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import psutil
import pytest
from playwright.async_api import expect

from tests.hub.desk import FIRST, LESSON, Desk, launched_chromium
from tests.hub.hub import PASSWORD, Hub, running
from tests.hub.student import LESSONS, Student
from tests.servers import DEADLINE_S
from twitchlib import quiz

STUDENTS = int(os.environ.get("HUB_STUDENTS", "2"))
AT_ONCE = 2  # as many as there are processors, and their browsers need these, too

_log = logging.getLogger(__name__)
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Used:
    """What a part of a student's work took: time, and processor and memory of their server."""

    seconds: float
    processor_s: float
    memory_mb: float


async def study(desk: Desk, hub: Hub, name: str) -> dict[str, Used]:
    """Let a student do everything once, and return what each part took."""
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "signs in": partial(desk.sign_in, name, PASSWORD),
        "runs the lesson in JupyterLab, and answers": desk.run_lesson_and_answer,
        "finds the answer in the dashboard": desk.find_answer,
        "signs out": desk.sign_out,
        "comes back": partial(desk.sign_in, name, PASSWORD),
        "finds the answer again": desk.find_answer,
    }
    used = {}
    busy_s = 0.0
    for part, do in parts.items():
        began = time.perf_counter()
        await do()
        seconds = time.perf_counter() - began
        before_s, busy_s = busy_s, hub.processor_s(name)
        used[part] = Used(seconds, busy_s - before_s, hub.memory_mb(name))
    return used


async def all_study(hub: Hub, names: list[str]) -> None:
    """Let all students do everything, a few at a time, and log what it took."""
    turn = asyncio.Semaphore(AT_ONCE)
    async with launched_chromium() as browser:

        async def come(name: str) -> dict[str, Used]:
            async with turn:
                used = await study(await Desk.free(browser, hub.url), hub, name)
            _log.info(f"{name}: " + "; ".join(f"{p} {u.seconds:.1f} s" for p, u in used.items()))
            return used

        found = await asyncio.gather(*map(come, names))
        everybody_mb = sum(map(hub.memory_mb, names))
    _log.info(f"{len(names)} students with browsers, {AT_ONCE} at a time; all of them stay")
    for part in found[0]:
        took = [used[part] for used in found]
        seconds = median(one.seconds for one in took)
        processor_s = median(one.processor_s for one in took)
        memory_mb = median(one.memory_mb for one in took)
        _log.info(
            f"{part}: {seconds:.1f} s; the student's server: {processor_s:.1f} s of processor,"
            f" {memory_mb:.0f} MB in all"
        )
    _log.info(f"with everybody there, memory of each: {everybody_mb / len(names):.0f} MB")
    _log.info(f"hub and proxy: {hub.memory_mb(None):.0f} MB")


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine, even while another test's browser has a loop running in this thread."""
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with running(tmp_path_factory.mktemp("hub")) as found:
        yield found


@pytest.fixture(scope="module")
def names(hub: Hub) -> list[str]:
    """Return the names of students who have done everything once."""
    found = [f"student{number}" for number in range(STUDENTS)]
    in_a_loop(all_study(hub, found))
    return found


def signed_in(hub: Hub, name: str) -> Student:
    student = Student(hub.url, name)
    student.sign_in(PASSWORD)
    return student


def test_each_student_has_the_lessons_and_the_answers_at_home(hub: Hub, names: list[str]) -> None:
    for name in names:
        home = hub.home(name)
        assert (home / LESSONS / f"{LESSON}.ipynb").is_file()
        kept = quiz.Progress.from_json((home / "twitchlib-progress.json").read_text())
        assert kept.attempts.keys() == {FIRST.id}


def test_no_student_reaches_anothers_files_kernels_or_answers(hub: Hub, names: list[str]) -> None:
    mine, other = (signed_in(hub, name) for name in names[:2])
    kernel, page_kernel = other.kernel(), other.page_kernel(LESSON)
    places = [
        "lab",
        f"api/contents/{LESSONS}",
        "api/contents/twitchlib-progress.json",
        "files/twitchlib-progress.json",
        f"api/kernels/{kernel}",
        "api/sessions",
        "api/terminals",
        f"course/voila/render/{LESSON}.ipynb",
        f"course/api/kernels/{page_kernel}",
        "course/health",
    ]
    for place in places:
        assert other.reaches(f"{other.home}/{place}"), place
        assert not mine.reaches(f"{other.home}/{place}"), place
        assert not Student(hub.url, "nobody").reaches(f"{other.home}/{place}"), place
    # The kernels of a notebook and of a dashboard.
    for wire in (
        f"{other.home}/api/kernels/{kernel}/channels",
        f"{other.home}/course/api/kernels/{page_kernel}/channels?session_id=s",
    ):
        assert other.wires(wire), wire
        assert not mine.wires(wire), wire
        assert not mine.wires(wire.replace(other.home, mine.home)), wire
        assert not Student(hub.url, "nobody").wires(wire), wire
    # Nor by way of the student's own server.
    for way in ("files/", "api/contents/", "course/static/"):
        for up in ("../", "..%2f", "%2e%2e/"):
            place = f"{way}{up}{other.name}/twitchlib-progress.json"
            assert not mine.reaches(f"{mine.home}/{place}"), place
    assert not mine.reaches(f"{mine.home}/api/kernels/{kernel}")
    assert mine.ask(f"{other.home}/api/kernels/{kernel}", "DELETE")[0] >= 400
    assert mine.ask(f"{other.home}/api/contents/{LESSONS}", "POST", {"type": "file"})[0] >= 400
    assert other.reaches(f"{other.home}/api/kernels/{kernel}")


def test_cookies_that_are_left_after_signing_out_lead_nowhere(hub: Hub, names: list[str]) -> None:
    student = signed_in(hub, names[0])
    places = (f"{student.home}/api/contents", f"{student.home}/course/health")
    assert all(map(student.reaches, places))
    student.sign_out()
    assert not any(map(student.reaches, places))


def test_the_next_student_at_the_same_desk_finds_nothing(hub: Hub, names: list[str]) -> None:
    async def main() -> None:
        async with launched_chromium() as browser:
            desk = await Desk.free(browser, hub.url)
            page = desk.page
            await desk.sign_in(names[0], PASSWORD)
            await desk.find_answer()
            await page.get_by_text("Keep my answers").click()
            await expect(page.get_by_text("twitchlib-progress.json in your home")).to_be_visible()
            remember = page.get_by_text("Remember my answers on this computer")
            await expect(remember).to_have_count(0)
            await desk.sign_out()
            # In the same tab.
            await desk.sign_in("newcomer", PASSWORD)
            await desk.open_dashboard()
            await expect(page.get_by_text("none of").first).to_be_visible()
            await page.goto(f"{hub.url}/user/{names[0]}/api/contents/twitchlib-progress.json")
            await expect(page.get_by_text(FIRST.id)).to_have_count(0)

    in_a_loop(main())


def test_a_server_that_is_killed_comes_back_with_everything(hub: Hub, names: list[str]) -> None:
    notebook = hub.home(names[-1]) / LESSONS / f"{LESSON}.ipynb"

    async def main() -> None:
        async with launched_chromium() as browser:
            desk = await Desk.free(browser, hub.url)
            await desk.sign_in(names[-1], PASSWORD)
            await desk.find_answer()
            own_work = notebook.read_text().replace("}", "} ", 1)
            notebook.write_text(own_work)
            before = hub.processes(names[-1])
            for process in before:
                process.send_signal(signal.SIGKILL)
            psutil.wait_procs(before, timeout=DEADLINE_S)
            began = time.perf_counter()
            await desk.start_again()
            _log.info(f"killed, and back after {time.perf_counter() - began:.1f} s")
            await desk.find_answer()
            assert notebook.read_text() == own_work

    in_a_loop(main())
