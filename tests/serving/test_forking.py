"""A real server whose copies are forked: what visitors get, and what is left when all have gone."""

import re
import signal
import time
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.asking import ask, kernel_of
from tests.serving.test_server import Wire, wire_to
from twitchlib.serving.original import can_fork
from twitchlib.snapshot.states import opened

pytestmark = pytest.mark.skipif(not can_fork(), reason="forking cannot be trusted here")

DEADLINE_S = 60
SLIDER = (
    "import ipywidgets as w\ns = w.IntSlider(max=9999)\nl = w.Label('-')\n"
    "s.observe(lambda c: setattr(l, 'value', f'{c.new} h'), 'value')\nw.VBox([s, l])"
)


def until(condition: Callable[[], Any]) -> Any:
    """Wait until a condition is met, and return its value."""
    end = time.monotonic() + DEADLINE_S
    while not (found := condition()):
        assert time.monotonic() < end, "the condition was never met"
        time.sleep(0.02)
    return found


def originals(server: Any) -> list[psutil.Process]:
    """Return the processes that copies are forked from."""
    return psutil.Process(server.process.pid).children()


def copies(server: Any) -> list[psutil.Process]:
    """Return the running processes of visitors' copies."""
    forked = [copy for original in originals(server) for copy in original.children()]
    return [copy for copy in forked if copy.status() != psutil.STATUS_ZOMBIE]


def log_of(server: Any) -> str:
    return Path(f"/proc/{server.process.pid}/fd/2").read_text()


def move(url: str, page: str, to: int) -> list[dict[str, Any]]:
    """Move the slider of a page, and return what comes back."""
    packed = re.search(r'id="widget-states">([^<]+)<', page)
    assert packed is not None
    with wire_to(url, kernel_of(page)) as socket:
        wire = Wire(socket)
        found = []
        for model in opened(b64decode(packed[1]))[0]["states"]:
            data = {"method": "update", "state": {"value": to}, "buffer_paths": []}
            found += wire.until_idle_after(wire.send("comm_msg", {"comm_id": model, "data": data}))
    return found


def labels(messages: list[dict[str, Any]]) -> list[str]:
    states = [m["content"].get("data", {}).get("state", {}) for m in messages]
    return [state["value"] for state in states if str(state.get("value", "")).endswith(" h")]


@pytest.fixture(scope="module")
def served(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path_factory: Any
) -> Any:
    folder = write_course(
        tmp_path_factory.mktemp("forking"),
        {
            "00_slider": ["# A slider", SLIDER],
            "01_thread": [
                "# A thread",
                "import threading\nthreading.Timer(3600, print).start()\n'ran here'",
            ],
        },
    )
    return serve(folder)


def test_a_class_gets_one_page_and_a_kernel_each(served: Any) -> None:
    url = f"{served.url}voila/render/00_slider.ipynb"
    with ThreadPoolExecutor(30) as pool:
        pages = list(pool.map(lambda _: ask(url).text, range(30)))
    kernels = [kernel_of(page) for page in pages]
    assert len({*kernels}) == 30
    texts = {re.sub(r"<script>twitch.waiting.*\n", "", page) for page in pages}
    assert len({page.replace(kernel_of(page), "…") for page in texts}) == 1
    for kernel in kernels:
        assert ask(f"{served.url}voila/api/shutdown/{kernel}", "POST").status == 204
    until(lambda: not copies(served))


def test_every_visitor_moves_a_slider_of_their_own(served: Any) -> None:
    pages = [ask(f"{served.url}voila/render/00_slider.ipynb").text for _ in range(3)]
    for number, page in enumerate(pages):
        assert labels(move(served.url, page, 10 + number)) == [f"{10 + number} h"]
    assert labels(move(served.url, pages[0], 11)) == ["11 h"]  # it was at 10, not at 12


def test_a_copy_whose_visitor_leaves_at_once_ends(served: Any) -> None:
    before = {copy.pid for copy in copies(served)}
    page = ask(f"{served.url}voila/render/00_slider.ipynb").text
    assert ask(f"{served.url}voila/api/shutdown/{kernel_of(page)}", "POST").status == 204
    assert ask(f"{served.url}api/kernels/{kernel_of(page)}").status == 404
    until(lambda: {copy.pid for copy in copies(served)} <= before)


def test_a_lesson_that_cannot_be_forked_is_run_for_each_visitor_and_reported_once(
    served: Any,
) -> None:
    pages = [ask(f"{served.url}voila/render/01_thread.ipynb").text for _ in range(3)]
    assert all("ran here" in page for page in pages)
    assert len({kernel_of(page) for page in pages}) == 3
    assert log_of(served).count("01_thread.ipynb is not copied by forking") == 1
    assert "it leaves a thread running" in log_of(served)


def test_a_visitor_who_is_reading_when_forking_fails_gets_a_whole_page(
    page_at: Callable[..., Any],
    serve: Callable[..., Any],
    write_course: Callable[..., Path],
    tmp_path: Path,
) -> None:
    gate = tmp_path / "gate"
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}):\n    time.sleep(0.05)"
    thread = "import threading\nthreading.Timer(3600, print).start()"
    cells = ["# Slow", SLIDER, "## Then", wait, thread, "## At last"]
    write_course(tmp_path, {"00_slow": cells})
    visit = page_at(serve(tmp_path).url, ready=False, until="commit")
    visit.page.get_by_role("heading", name="Then").wait_for()
    gate.touch()
    visit.wait_until_ready()
    assert [h.inner_text() for h in visit.page.locator("h1, h2").all()] == [
        "Slow",
        "Then",
        "At last",
    ]
    visit.page.locator(".widget-slider [role=slider], .widget-slider input").first.press("End")
    visit.page.get_by_text("9999 h").wait_for()
    assert visit.problems == []


def test_an_original_that_is_killed_is_made_again_and_its_copies_live_on(served: Any) -> None:
    url = f"{served.url}voila/render/00_slider.ipynb"
    earlier = ask(url).text
    assert labels(move(served.url, earlier, 1)) == ["1 h"]
    (original,) = originals(served)[:1]
    own = kernel_of(earlier)
    original.kill()
    until(lambda: "is made again" in log_of(served))
    during = ask(url).text  # forked or not
    assert labels(move(served.url, during, 2)) == ["2 h"]
    assert labels(move(served.url, earlier, 3)) == ["3 h"]
    assert ask(f"{served.url}api/kernels/{own}").status == 200

    def forked_again() -> bool:
        before = {copy.pid for copy in copies(served)}
        kernel = kernel_of(ask(url).text)
        assert ask(f"{served.url}api/kernels/{kernel}").status == 200
        return any(copy.pid not in before for copy in copies(served))

    until(forked_again)
    # A copy without its original ends like any other.
    assert ask(f"{served.url}voila/api/shutdown/{own}", "POST").status == 204
    assert ask(f"{served.url}api/kernels/{own}").status == 404


def test_a_changed_notebook_leaves_earlier_visitors_their_copies(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    write_course(tmp_path, {"00_a": ["# Before", SLIDER]})
    server = serve(tmp_path)
    url = f"{server.url}voila/render/00_a.ipynb"
    before = ask(url).text
    assert "Before" in before
    (old,) = originals(server)
    write_course(tmp_path, {"00_a": ["# Afterwards", SLIDER]})
    after = ask(url).text
    assert "Afterwards" in after
    assert labels(move(server.url, before, 4)) == ["4 h"]
    assert labels(move(server.url, after, 5)) == ["5 h"]
    ask(f"{server.url}voila/api/shutdown/{kernel_of(before)}", "POST")
    until(lambda: not old.is_running())
    assert labels(move(server.url, after, 6)) == ["6 h"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_server(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path, how: int
) -> None:
    write_course(
        tmp_path, {"00_a": ["# A", SLIDER], "01_b": ["# B", "import time\ntime.sleep(999)"]}
    )
    server = serve(tmp_path)
    page = ask(f"{server.url}voila/render/00_a.ipynb").text
    assert labels(move(server.url, page, 4)) == ["4 h"]
    running = psutil.Process(server.process.pid).children(recursive=True)
    assert len(running) >= 3  # two originals, one of which is still running its lesson, and a copy
    sockets = [file for file in Path(tmp_folder(running)).iterdir() if file.is_socket()]
    assert sockets
    server.stop(how)
    until(lambda: not any(_alive(process) for process in running))
    if how != signal.SIGKILL:  # the next server removes what a killed one left
        assert not sockets[0].parent.exists()


def tmp_folder(running: list[psutil.Process]) -> str:
    """Return the folder of the kernels' sockets."""
    paths = [str(c.laddr) for p in running for c in p.net_connections("unix")]
    return str(next(Path(path).parent for path in paths if "twitch_" in path))


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_without_forking_every_visitor_has_a_process_of_their_own(
    serve: Callable[..., Any], write_course: Callable[..., Path], tmp_path: Path
) -> None:
    write_course(tmp_path, {"00_a": ["# A", SLIDER]})
    server = serve(tmp_path, "--no-fork")
    pages = [ask(f"{server.url}voila/render/00_a.ipynb").text for _ in range(2)]
    for number, page in enumerate(pages):
        assert labels(move(server.url, page, number + 1)) == [f"{number + 1} h"]
    launched = psutil.Process(server.process.pid).children()
    assert all("ipykernel_launcher" in " ".join(process.cmdline()) for process in launched)
    assert len(launched) >= 2
    assert log_of(server).count("Copies are not forked") == 1
