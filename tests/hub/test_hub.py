"""A hub with students: two where JupyterHub is installed, ten in `make hub-test`."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DEADLINE_S
from tests.hub.conftest import HUB, free_port
from tests.hub.student import LESSONS, Student, wait_until
from twitchlib import quiz

STUDENTS = int(os.environ.get("HUB_STUDENTS", "2"))
AT_ONCE = 2  # as many as there are processors: what is measured is a student's own time
PASSWORD = "a password for tests"  # noqa: S105
LESSON = "01_nervous_system"
ASKED = quiz.lessons()[LESSON]
FIRST = ASKED[0]
NOTED = f"In this lesson: 1 of {len(ASKED)} answered, 1 right at first try."
# What a student starts, one after another.
PARTS = ("server", "lesson in JupyterLab", "lesson as a dashboard")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hub:
    url: str
    state: Path
    process: psutil.Process

    def home(self, name: str) -> Path:
        return self.state / "home" / name

    def processes(self, name: str) -> list[psutil.Process]:
        """Return the processes of a student."""
        found = []
        for process in self.process.children(recursive=True):
            try:
                if process.environ().get("JUPYTERHUB_USER") == name:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def memory_mb(self, name: str) -> float:
        """Return the memory of a student's processes, with their share of what is shared (PSS)."""
        total = 0
        for process in self.processes(name):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total / 2**20


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    program, proxy = HUB / ".venv" / "bin" / "jupyterhub", HUB / "node_modules" / ".bin"
    if not (program.exists() and proxy.exists()):
        missing = "no JupyterHub in hub/.venv: make hub-test installs it"
        if os.environ.get("TWITCHLIB_HUB_TESTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    here = tmp_path_factory.mktemp("hub")
    port = free_port()
    log = (here / "log").open("w")
    process = subprocess.Popen(
        [str(program), "-f", str(HUB / "jupyterhub_config.py")],
        cwd=here,
        env={
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HUB_PORT": str(port),
            "HUB_API_PORT": str(free_port()),
            "HUB_PROXY_PORT": str(free_port()),
            "HUB_STATE": str(here / "state"),
            "HUB_PASSWORD": PASSWORD,
        },
        stdout=log,
        stderr=log,
    )
    log.close()
    found = Hub(f"http://127.0.0.1:{port}", here / "state", psutil.Process(process.pid))
    nobody = Student(found.url, "nobody")

    def answers() -> bool:
        assert process.poll() is None, (here / "log").read_text()
        return nobody.ask(f"{found.url}/hub/health")[0] == 200

    try:
        wait_until(answers, "the hub")
        yield found
    finally:
        left = found.process.children(recursive=True)
        process.terminate()
        process.wait()
        psutil.wait_procs(left, timeout=DEADLINE_S)


@pytest.fixture(scope="module")
def students(hub: Hub) -> list[Student]:
    """Return students who have run the lesson, answered, and opened it as a dashboard."""
    found = [Student(hub.url, f"student{number}") for number in range(STUDENTS)]
    used_mb: dict[str, dict[str, float]] = {}

    def work(student: Student) -> None:
        steps: tuple[Callable[[], object], ...] = (
            partial(student.sign_in, PASSWORD),
            partial(student.run_lesson, LESSON),
            partial(_find_answer, student),
        )
        used = used_mb[student.name] = {}
        for part, do in zip(PARTS, steps, strict=True):
            do()
            used[part] = hub.memory_mb(student.name)

    with ThreadPoolExecutor(AT_ONCE) as together:
        list(together.map(work, found))
    _log.info(f"{STUDENTS} students, {AT_ONCE} at a time; all of them stay")
    for student in found:
        cells = (f"{part}: {student.seconds[part]:.1f} s" for part in PARTS)
        _log.info(f"{student.name}: {', '.join(cells)}; {used_mb[student.name]}")
    for part in PARTS:
        took_s = median(student.seconds[part] for student in found)
        _log.info(
            f"{part}: {took_s:.1f} s, {median(u[part] for u in used_mb.values()):.0f} MB in all"
        )
    everybody_mb = sum(hub.memory_mb(student.name) for student in found)
    _log.info(f"with everybody there, memory of each: {everybody_mb / STUDENTS:.0f} MB")
    own_mb = sum(
        one.memory_full_info().pss for one in (hub.process, *hub.process.children())
        if one.environ().get("JUPYTERHUB_USER") is None
    ) / 2**20  # fmt: skip
    _log.info(f"hub and proxy: {own_mb:.0f} MB")
    return found


def _find_answer(student: Student) -> None:
    assert NOTED in student.dashboard(LESSON)


def test_each_student_has_the_lessons_and_the_answers_at_home(
    hub: Hub, students: list[Student]
) -> None:
    for student in students:
        home = hub.home(student.name)
        assert (home / LESSONS / f"{LESSON}.ipynb").is_file()
        kept = quiz.Progress.from_json((home / "twitchlib-progress.json").read_text())
        assert kept.attempts.keys() == {FIRST.id}


def test_no_student_reaches_anothers_files_kernels_or_answers(
    hub: Hub, students: list[Student]
) -> None:
    mine, other = students[:2]
    other.dashboard(LESSON)  # the first page has lost its place since nobody stayed on it
    places = [
        "lab",
        f"api/contents/{LESSONS}",
        "api/contents/twitchlib-progress.json",
        "files/twitchlib-progress.json",
        f"api/kernels/{other.kernel_id}",
        "api/sessions",
        "api/terminals",
        f"course/voila/render/{LESSON}.ipynb",
        f"course/api/kernels/{other.page_kernel_id}",
        "course/health",
    ]
    for place in places:
        assert other.reaches(f"{other.home}/{place}"), place
        assert not mine.reaches(f"{other.home}/{place}"), place
        assert not Student(hub.url, "nobody").reaches(f"{other.home}/{place}"), place
    # The kernels of a notebook and of a dashboard.
    for wire in (
        f"{other.home}/api/kernels/{other.kernel_id}/channels",
        f"{other.home}/course/api/kernels/{other.page_kernel_id}/channels?session_id=s",
    ):
        assert other.wires(wire), wire
        assert not mine.wires(wire), wire
        assert not mine.wires(wire.replace(other.home, mine.home)), wire
        assert not Student(hub.url, "nobody").wires(wire), wire
    # By way of one's own server, too.
    for way in ("files/", "api/contents/", "course/static/"):
        for up in ("../", "..%2f", "%2e%2e/"):
            place = f"{way}{up}{other.name}/twitchlib-progress.json"
            assert not mine.reaches(f"{mine.home}/{place}"), place
    assert not mine.reaches(f"{mine.home}/api/kernels/{other.kernel_id}")
    assert mine.ask(f"{other.home}/api/kernels/{other.kernel_id}", "DELETE")[0] >= 400
    assert mine.ask(f"{other.home}/api/contents/{LESSONS}", "POST", {"type": "file"})[0] >= 400
    assert other.reaches(f"{other.home}/api/kernels/{other.kernel_id}")


def test_whoever_signs_out_and_comes_back_finds_the_answers(
    hub: Hub, students: list[Student]
) -> None:
    student = students[0]
    student.sign_out()
    assert not student.reaches(f"{student.home}/api/contents")
    assert not student.reaches(f"{student.home}/course/voila/render/{LESSON}.ipynb")
    student.sign_in(PASSWORD)
    assert NOTED in student.dashboard(LESSON)


def test_a_server_that_is_killed_comes_back_with_everything(
    hub: Hub, students: list[Student]
) -> None:
    student = students[-1]
    notebook = hub.home(student.name) / LESSONS / f"{LESSON}.ipynb"
    own_work = notebook.read_text().replace("}", "} ", 1)
    notebook.write_text(own_work)
    before = hub.processes(student.name)
    for process in before:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(before, timeout=DEADLINE_S)
    began = time.perf_counter()
    student.start()
    _log.info(f"killed, and back after {time.perf_counter() - began:.1f} s")
    assert NOTED in student.dashboard(LESSON)
    assert notebook.read_text() == own_work


# JupyterLab puts only those cells on the page that are in view.
TO_THE_END = "(panel) => { panel.scrollTop = panel.scrollHeight; }"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of one's own."""
    contexts = []

    def sit_down() -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(3 * DEADLINE_S * 1000)
        contexts.append(context)
        return context.new_page()

    yield sit_down
    for context in contexts:
        context.close()


def sign_in(page: Page, hub: Hub, name: str) -> None:
    page.goto(hub.url)
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill(PASSWORD)
    page.locator("#login_submit").click()
    page.locator(".jp-Notebook").wait_for()


def run_all(page: Page, address: str, *, until: str) -> None:
    """Run a notebook by JupyterLab's menu, and scroll down until an answer to choose is there."""
    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    sought = page.get_by_role("radio", name=until)

    def found() -> bool:
        page.locator(".jp-WindowedPanel-outer").first.evaluate(TO_THE_END)
        page.evaluate("new Promise(requestAnimationFrame)")
        return sought.count() > 0

    wait_until(found, "the quiz")


@pytest.mark.browser
def test_a_student_in_a_browser_keeps_answers_from_lab_to_dashboard_and_back(
    hub: Hub, desk: Callable[[], Page]
) -> None:
    page = desk()
    sign_in(page, hub, "amy")
    home = f"{hub.url}/user/amy"
    text = next(option.text for option in FIRST.options if option.id == FIRST.key)
    run_all(page, f"{home}/lab/tree/{LESSONS}/{LESSON}.ipynb?reset", until=text)
    page.get_by_role("radio", name=text).check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(NOTED)).to_be_visible(timeout=DEADLINE_S * 1000)

    page.goto(f"{home}/course/voila/render/{LESSON}.ipynb")
    page.locator("html[data-state=ready]").wait_for(state="attached")
    page.evaluate("folds.openAll()")
    expect(page.get_by_text(NOTED)).to_be_visible()
    page.get_by_text("Keep my answers").click()
    expect(page.get_by_text("twitchlib-progress.json in your home")).to_be_visible()
    expect(page.get_by_text("Remember my answers on this computer")).to_have_count(0)

    page.goto(f"{hub.url}/hub/logout")
    page.goto(f"{home}/course/voila/render/{LESSON}.ipynb")
    expect(page.locator("#username_input")).to_be_visible()
    # Somebody else at the same desk, in the same tab, finds nothing of it.
    sign_in(page, hub, "bob")
    page.goto(f"{hub.url}/user/bob/course/voila/render/{LESSON}.ipynb")
    page.locator("html[data-state=ready]").wait_for(state="attached")
    page.evaluate("folds.openAll()")
    expect(page.get_by_text("none of").first).to_be_visible()
    page.goto(f"{hub.url}/user/amy/api/contents/twitchlib-progress.json")
    expect(page.get_by_text(FIRST.id)).to_have_count(0)
    page.goto(f"{hub.url}/hub/logout")

    sign_in(page, hub, "amy")
    page.goto(f"{home}/course/voila/render/{LESSON}.ipynb")
    page.locator("html[data-state=ready]").wait_for(state="attached")
    page.evaluate("folds.openAll()")
    expect(page.get_by_text(NOTED)).to_be_visible()
