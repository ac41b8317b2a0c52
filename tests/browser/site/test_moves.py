"""Each lesson starts, and every control, to both ends and back, does what it does in CPython."""

import ast
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site.conftest import LESSONS, opening
from twitchlib.places import folder

pytestmark = pytest.mark.browser

# `KEEP` stores the worker of a page; `RUN` has it run a program, as the editor does with code.
KEEP = """{
  const Usual = Worker;
  globalThis.Worker = class extends Usual {
    constructor(...how) {
      super(...how);
      globalThis.python = this;
    }
  };
}"""
RUN = """
(source) => new Promise((resolve) => {
  python.addEventListener("message", ({ data }) => {
    if (data.kind === "ran" || data.kind === "died") resolve(data);
  });
  python.postMessage({ kind: "run", source });
})
"""
# Posts a message once nothing is left to compute ahead, since that is done in order.
POST_WHEN_IDLE = """
from twitchlib.snapshot import worker
from twitchlib.widgets import _known
_known._waiting.append(lambda: worker._interpreter.post("test-idle", "", "{}", []))
"""
WAIT_UNTIL_IDLE = """
(source) => new Promise((resolve) => {
  python.addEventListener("message", ({ data }) => { if (data.type === "test-idle") resolve(); });
  python.postMessage({ kind: "run", source });
})
"""
IN_CPYTHON = """
import json
import sys
from twitchlib.snapshot import worker

worker.begin("[]", "", lambda *_: None, lambda name: None)
for program in sys.stdin:
    print(worker.run(json.loads(program)), flush=True)
"""


@dataclass
class Lesson:
    """The page of a lesson, and the files that it has fetched."""

    name: str
    page: Page
    fetched: list[str]


@pytest.fixture(scope="module", params=LESSONS)
def opened(request: pytest.FixtureRequest, site: str, reader: BrowserContext) -> Iterator[Lesson]:
    """Return each lesson once it is ready."""
    reader.add_init_script(KEEP)
    fetched: list[str] = []
    with opening(site, reader) as open_:
        reader.on("request", lambda sent: fetched.append(sent.url.rpartition("/")[2]))
        yield Lesson(request.param, open_(request.param).page, fetched)


@pytest.fixture(scope="module")
def cpython() -> Iterator[Callable[[str], Future[str]]]:
    """Return a function that runs a program in CPython, in the background."""
    with (
        subprocess.Popen(
            [sys.executable, "-c", IN_CPYTHON],
            env={**os.environ, "PYTHONHASHSEED": "0", "TWITCHLIB_SITE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        ThreadPoolExecutor(1) as executor,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        programs, answers = process.stdin, process.stdout

        def run(program: str) -> Future[str]:
            print(json.dumps(program), file=programs, flush=True)
            return executor.submit(answers.readline)

        yield run
        programs.close()


def _program(name: str) -> str:
    notebook = nbformat.read(folder("notebooks") / f"{name}.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    moves = (Path(__file__).parent / "moves.py").read_text(encoding="utf-8")
    return f"{moves}\n\nmoved({cells!r})"


def _found(ran: dict[str, Any]) -> list[Any]:
    assert ran.get("problem") == "", ran
    shown = ran["outputs"][-1]["data"]["text/plain"]
    found: list[Any] = json.loads(ast.literal_eval(shown))
    return found


def test_every_lesson_starts(opened: Lesson) -> None:
    scripts = opened.page.locator(".output").filter(has=opened.page.locator("script"))
    expect(scripts).to_have_count(0)
    expect(opened.page.locator("#trouble")).to_be_hidden()


def test_what_first_changes_need_is_computed_while_the_reader_is_idle(opened: Lesson) -> None:
    opened.page.evaluate(WAIT_UNTIL_IDLE, POST_WHEN_IDLE)
    expect(opened.page.locator("#trouble")).to_be_hidden()


def test_every_control_does_what_it_does_in_cpython(
    opened: Lesson, cpython: Callable[[str], Future[str]]
) -> None:
    program = _program(opened.name)
    answer = cpython(program)
    there = _found(opened.page.evaluate(RUN, program))
    here = _found(json.loads(answer.result()))
    assert [move for move, _shown in there] == [move for move, _shown in here]
    for (move, found), (_move, known) in zip(there, here, strict=True):
        assert [*_differences(found, known, move)] == []
    # Whatever the controls need was fetched before they were moved.
    assert not {"more.bin", "pandas.bin"} & {*opened.fetched}


def _differences(found: Any, known: Any, at: str) -> Iterator[str]:
    """Yield where two results differ by more than rounding."""
    if isinstance(known, dict) and "type" in known and "numbers" in known:
        yield from _apart(found, known, at)
    elif isinstance(known, dict) and isinstance(found, dict) and known.keys() == found.keys():
        for name, value in known.items():
            yield from _differences(found[name], value, f"{at}/{name}")
    elif isinstance(known, list) and isinstance(found, list) and len(known) == len(found):
        for number, (one, other) in enumerate(zip(found, known, strict=True)):
            yield from _differences(one, other, f"{at}/{number}")
    elif isinstance(known, float) and isinstance(found, float | int):
        if not math.isclose(found, known, rel_tol=1e-9, abs_tol=1e-9) and known == known:
            yield f"{at}: {found} instead of {known}"
    elif found != known:
        yield f"{at}: {found!r} instead of {known!r}"


def _apart(found: Any, known: dict[str, Any], at: str) -> Iterator[str]:
    """Yield where arrays differ, given their scale and the precision with which they are stored."""
    precision = 1e-6 if known["type"] == "float32" else 1e-9
    # Integers of 32 bits, as in the browser, are sent as they are; those of 64 bits as float64.
    if found.keys() != known.keys() or (found["type"] == "float32") != (known["type"] == "float32"):
        yield f"{at}: {found} instead of {known}"
        return
    for part in known.keys() - {"type"}:
        here, there = np.array(known[part], float), np.array(found[part], float)
        scale = np.nanmax(np.abs(here), initial=0)
        if here.shape != there.shape or not np.allclose(
            there, here, rtol=precision, atol=precision * scale, equal_nan=True
        ):
            yield f"{at}/{part}: {there} instead of {here}"
