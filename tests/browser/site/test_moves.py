"""Every control of every lesson, to both ends and back, as in CPython."""

import ast
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from tests.browser.site.conftest import LESSONS
from tests.conftest import Visit
from twitchlib.places import folder

pytestmark = pytest.mark.browser

# Runs a program in a worker of its own, as the page does with what a reader wrote.
IN_A_WORKER = """
(source) => new Promise((resolve, reject) => {
  const worker = globalThis[Symbol.for("twitchlib.worker")]();
  worker.onmessage = ({ data }) => {
    if (data.kind === "alive") worker.postMessage({ kind: "run", source });
    if (data.kind === "ran" || data.kind === "died") {
      worker.terminate();
      resolve(data);
    }
  };
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage({ kind: "begin", cells: [], states: "" });
})
"""
IN_CPYTHON = """
import sys
from twitchlib.snapshot import worker

worker.begin("[]", "", lambda *_: None, lambda name: None)
sys.stdout.write(worker.run(sys.stdin.read()))
"""


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


def _in_cpython(program: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", IN_CPYTHON],
        env={**os.environ, "PYTHONHASHSEED": "0", "TWITCHLIB_SITE": "1"},
        input=program,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ran: dict[str, Any] = json.loads(done.stdout)
    return ran


def _in_the_browser(page_at: Callable[..., Visit], site: str, program: str) -> dict[str, Any]:
    page = page_at(f"{site}00_start_here.html", ready=False, until="commit").page
    page.wait_for_function("globalThis[Symbol.for('twitchlib.worker')]", polling=100)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    ran: dict[str, Any] = page.evaluate(IN_A_WORKER, program)
    # Nothing that a control needs is fetched only when it is moved.
    assert not {"more.bin", "pandas.bin"} & {*fetched}
    return ran


@pytest.mark.parametrize("name", LESSONS)
def test_every_control_does_what_it_does_in_cpython(
    site: str, page_at: Callable[..., Visit], name: str
) -> None:
    program = _program(name)
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(_in_cpython, program)
        there = _found(_in_the_browser(page_at, site, program))
        here = _found(answer.result())
    assert [move for move, _shown in there] == [move for move, _shown in here]
    for (move, found), (_move, known) in zip(there, here, strict=True):
        assert [*_differences(found, known, move)] == []


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
    """Yield which arrays differ, by their scale and by how precisely they are stored."""
    precision = 1e-6 if known["type"] == "float32" else 1e-9
    # Whole numbers go to the page as integers where these have 32 bits, else as float64.
    rough = [one["type"] == "float32" for one in (found, known)]
    if found.keys() != known.keys() or rough[0] != rough[1]:
        yield f"{at}: {found} instead of {known}"
        return
    for part in known.keys() - {"type"}:
        here, there = np.array(known[part], float), np.array(found[part], float)
        scale = np.nanmax(np.abs(here), initial=0)
        if here.shape != there.shape or not np.allclose(
            there, here, rtol=precision, atol=precision * scale, equal_nan=True
        ):
            yield f"{at}/{part}: {there} instead of {here}"
