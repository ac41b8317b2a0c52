"""Originals: made once, forked for each visitor, made again when they are out of date or gone."""

import asyncio
import json
import logging
import os
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import nbformat.v4 as nb
import pytest
from jupyter_client.kernelspec import KernelSpec

from twitchlib.serving.forked import Fork
from twitchlib.serving.original import Original, RefusedError, can_fork
from twitchlib.serving.originals import Originals
from twitchlib.serving.pages import Page

LOG = logging.getLogger("test")


class Made:
    """An original without a process, which is ready, fails or ends when the test says so."""

    kernel_name = "python3"

    def __init__(self, file: str, stamp: int) -> None:
        self.outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.retired = self.was_ended = False

        async def write(page: Page) -> None:
            page.add("top")
            await self.outcome

        self.page = Page(file, write, stamp=stamp, wanted=False)

    async def ended(self) -> int:
        return await self.gone

    async def end(self) -> None:
        self.was_ended = True

    def retire(self) -> None:
        self.retired = True


class Workshop:
    """Makes originals of a lesson, and knows its current version."""

    def __init__(self) -> None:
        self.made: list[Made] = []
        self.version = 1
        self.originals = Originals(self._make, lambda _: self.version, LOG)

    def _make(self, file: str) -> Any:
        self.made.append(Made(file, self.version))
        return self.made[-1]

    def of(self) -> Any:
        return self.originals.of("a")


def in_a_workshop(test: Callable[[Workshop], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        workshop = Workshop()
        try:
            await test(workshop)
        finally:
            await workshop.originals.close()
        assert all(made.was_ended for made in workshop.made)

    asyncio.run(main())


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_there_is_one_original_for_everybody() -> None:
    async def test(workshop: Workshop) -> None:
        first = workshop.of()
        assert workshop.of() is first  # while it is being made
        workshop.made[0].outcome.set_result(None)
        await settle()
        assert workshop.of() is first
        assert len(workshop.made) == 1

    in_a_workshop(test)


def test_a_lesson_that_cannot_be_forked_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    async def test(workshop: Workshop) -> None:
        workshop.of()
        workshop.made[0].outcome.set_exception(RefusedError("it leaves a thread running"))
        await settle()
        for _ in range(5):
            assert workshop.of() is None
        assert len(workshop.made) == 1
        assert workshop.made[0].was_ended

    with caplog.at_level("WARNING"):
        in_a_workshop(test)
    assert [record.getMessage() for record in caplog.records] == [
        "a is not copied by forking: it leaves a thread running. Each visitor's copy runs it again."
    ]


def test_a_changed_notebook_has_a_new_original_and_the_old_one_keeps_its_copies() -> None:
    async def test(workshop: Workshop) -> None:
        first = workshop.of()
        workshop.made[0].outcome.set_result(None)
        await settle()
        workshop.version = 2
        second = workshop.of()
        assert second is not first
        assert workshop.made[0].retired
        assert not workshop.made[0].was_ended
        workshop.made[0].gone.set_result(0)
        await settle()
        assert len(workshop.made) == 2

    in_a_workshop(test)


def test_a_notebook_that_changes_while_it_is_run_is_run_again() -> None:
    async def test(workshop: Workshop) -> None:
        workshop.of()
        await settle()
        workshop.version = 2
        workshop.of()
        await settle()
        assert workshop.made[0].was_ended
        assert workshop.made[0].page.failed

    in_a_workshop(test)


def test_a_changed_notebook_is_tried_again() -> None:
    async def test(workshop: Workshop) -> None:
        workshop.of()
        workshop.made[0].outcome.set_exception(RefusedError("no"))
        await settle()
        assert workshop.of() is None
        workshop.version = 2
        assert workshop.of() is workshop.made[1]

    in_a_workshop(test)


def test_an_original_that_has_ended_is_made_again_and_nobody_waits_for_it() -> None:
    async def test(workshop: Workshop) -> None:
        workshop.of()
        workshop.made[0].outcome.set_result(None)
        await settle()
        workshop.made[0].gone.set_result(-9)
        await settle()
        assert len(workshop.made) == 2
        assert workshop.of() is None
        workshop.made[1].outcome.set_result(None)
        await settle()
        assert workshop.of() is workshop.made[1]

    in_a_workshop(test)


def test_one_that_ends_again_and_again_is_made_ever_more_rarely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    async def test(workshop: Workshop) -> None:
        sleep = asyncio.sleep

        async def note(seconds: float) -> None:
            if seconds:
                pauses.append(seconds)
            await sleep(0)

        monkeypatch.setattr("twitchlib.serving.originals.asyncio.sleep", note)
        workshop.of()
        for number in range(9):
            workshop.made[number].outcome.set_exception(ConnectionResetError("gone"))
            while len(workshop.made) < number + 2:
                await sleep(0)
        monkeypatch.undo()

    in_a_workshop(test)
    assert pauses == [10, 20, 40, 80, 160, 320, 600, 600]


# -- with a process ----------------------------------------------------------------------------

forking = pytest.mark.skipif(not can_fork(), reason="forking cannot be trusted here")
THIS = KernelSpec(argv=["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"])


def notebook_of(*sources: str) -> Any:
    cells = [nb.new_code_cell(source) for source in sources]
    return nb.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )


async def perform(original: Original, *sources: str) -> str:
    """Run a lesson, and return the packed state of its widgets."""
    notebook = notebook_of(*sources)
    await original.start(notebook)
    for number, cell in enumerate(notebook.cells):
        await original.run(cell, number)
    return await original.states()


def with_an_original(
    folder: Path, test: Callable[[Original], Coroutine[Any, Any, None]], kernel: KernelSpec = THIS
) -> None:
    async def main() -> None:
        lifeline, held = os.pipe()
        original = Original(folder, lifeline, lambda _: kernel)
        try:
            await test(original)
        finally:
            await original.end()
            os.close(held)
            os.close(lifeline)

    asyncio.run(main())


def connection_in(folder: Path, name: str) -> str:
    """Write a connection file, which tells a kernel about its sockets."""
    ports = {f"{channel}_port": 0 for channel in ("shell", "iopub", "stdin", "hb", "control")}
    file = folder / f"{name}.json"
    file.write_text(json.dumps({**ports, "transport": "ipc", "ip": str(folder / name), "key": "k"}))
    return str(file)


async def said(file: Path) -> str:
    """Return what a copy has written into a file, once it has."""
    async with asyncio.timeout(60):
        while not (file.exists() and file.read_text().endswith("\n")):
            await asyncio.sleep(0.01)
    return file.read_text()


@forking
def test_copies_do_not_share_what_is_random(tmp_path: Path) -> None:
    # A copy runs no cell, so this makes it report as soon as it has a kernel.
    tell = """
import os, random, uuid
import numpy as np
from ipykernel.kernelapp import IPKernelApp
start = IPKernelApp.start
def tell(app):
    drawn = random.random(), np.random.normal(), str(uuid.uuid4()), app.session.session
    open(f"{os.path.dirname(app.abs_connection_file)}/said-{os.getpid()}", "w").write(f"{drawn}\\n")
    start(app)
IPKernelApp.start = tell
"""

    async def test(original: Original) -> None:
        await perform(original, tell)
        drawn = []
        for name in "abc":
            copy = await original.fork(connection_in(tmp_path, name))
            drawn.append(await said(tmp_path / f"said-{copy.pid}"))
            copy.kill()
        values = [value for text in drawn for value in text.split(",")]
        assert len(set(values)) == len(values) == 12

    with_an_original(tmp_path, test)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def _has_ended(copy: Fork) -> bool:
    return copy.poll() is not None


async def end(copy: Fork) -> None:
    """End a running copy, and bury it."""
    assert _runs(copy.pid)
    copy.kill()
    await until(partial(_has_ended, copy))
    copy.wait()


def _runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@forking
def test_a_copy_is_watched_signalled_and_buried(tmp_path: Path) -> None:
    async def test(original: Original) -> None:
        await perform(original, "1")
        copy = await original.fork(connection_in(tmp_path, "a"))
        assert copy.poll() is None
        copy.kill()
        await until(lambda: copy.poll() == 0)
        assert Path(f"/proc/{copy.pid}").exists()  # so no other process is given its number
        assert copy.wait() == 0
        await until(lambda: not Path(f"/proc/{copy.pid}").exists())
        copy.kill()  # does nothing, and signals no process
        assert copy.poll() == 0

    with_an_original(tmp_path, test)


@forking
def test_copies_outlive_their_original_but_not_the_server(tmp_path: Path) -> None:
    async def main() -> Fork:
        lifeline, held = os.pipe()
        original = Original(tmp_path, lifeline, lambda _: THIS)
        await perform(original, "1")
        copy = await original.fork(connection_in(tmp_path, "a"))
        await original.end()
        assert _runs(copy.pid)
        with pytest.raises((ConnectionError, TimeoutError)):
            await original.fork(connection_in(tmp_path, "b"))
        os.close(held)  # as when the server ends, however it ends
        await until(lambda: not _runs(copy.pid))
        await until(lambda: _has_ended(copy))  # which is known a moment later
        assert copy.poll() == 0
        assert copy.wait() == 0
        os.close(lifeline)
        return copy

    asyncio.run(main())


@forking
def test_a_retired_original_ends_with_its_last_copy(tmp_path: Path) -> None:
    async def test(original: Original) -> None:
        await perform(original, "1")
        copies = [await original.fork(connection_in(tmp_path, name)) for name in "ab"]
        original.retire()
        for copy in copies:
            await end(copy)
        assert await asyncio.wait_for(original.ended(), 60)

    with_an_original(tmp_path, test)


@forking
def test_a_retired_original_waits_for_copies_that_were_promised(tmp_path: Path) -> None:
    async def test(original: Original) -> None:
        await perform(original, "1")
        original.promise()
        original.retire()
        copy = await original.fork(connection_in(tmp_path, "a"))
        original.fulfil()
        await end(copy)
        assert await asyncio.wait_for(original.ended(), 60)

    with_an_original(tmp_path, test)


@forking
@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import threading\nthreading.Timer(60, print).start()", "a thread running"),
        ("import ipywidgets\nwith ipywidgets.Output(): print(1)", "output widget"),
        ("import numpy as np\nrng = np.random.default_rng()", "random generator"),
        ("keep = open('kept', 'w')", "kept open"),
    ],
)
def test_what_cannot_be_forked_is_refused_with_the_reason(
    tmp_path: Path, source: str, named: str
) -> None:
    async def test(original: Original) -> None:
        with pytest.raises(RefusedError, match=named):
            await perform(original, source)

    with_an_original(tmp_path, test)


@forking
def test_a_lesson_that_ends_its_process_is_not_waited_for(tmp_path: Path) -> None:
    async def test(original: Original) -> None:
        with pytest.raises(ConnectionError):
            await perform(original, "import os\nos._exit(3)")
        assert await original.ended() == 3

    with_an_original(tmp_path, test)


@pytest.mark.parametrize(
    "argv",
    [
        ["ir", "--slave", "{connection_file}"],
        ["/elsewhere/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    ],
)
def test_another_kernel_is_refused(tmp_path: Path, argv: list[str]) -> None:
    async def test(original: Original) -> None:
        with pytest.raises(RefusedError, match="not this Python"):
            await perform(original, "1")

    with_an_original(tmp_path, test, KernelSpec(argv=argv))
