"""Cells run without a kernel give what a kernel gives.

Each test runs in a separate process, which can have only one IPython shell.
"""

import json
import subprocess
import sys
import textwrap
from typing import Any

import nbformat.v4 as nb
import pytest
from nbclient import NotebookClient

RUN = """
import json, sys
from twitchlib.snapshot.cells import Interpreter
from twitchlib.snapshot.outputs import CellError
python = Interpreter()
outputs = []
try:
    for source in json.load(sys.stdin):
        outputs.append(python.run(source))
except CellError as error:
    outputs.append(str(error))
print(json.dumps(outputs))
"""


def run(*sources: str) -> list[Any]:
    """Return the outputs of cells, run without a kernel; the last is the error, if one failed."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(list(sources)),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def in_a_kernel(*sources: str) -> list[Any]:
    """Return what a kernel makes of the same cells."""
    notebook = nb.new_notebook(cells=[nb.new_code_cell(source) for source in sources])
    NotebookClient(notebook, store_widget_state=False).execute()
    return [[dict(output) for output in cell.outputs] for cell in notebook.cells]


def comparable(outputs: Any) -> Any:
    """Return outputs without what differs from run to run."""
    for cell in outputs:
        for output in cell:
            output.pop("execution_count", None)
            view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
            if view:
                view["model_id"] = "…"
    return json.loads(json.dumps(outputs))


SOURCES = {
    "a value": ["6 * 7"],
    "no value": ["6 * 7;", "x = 1", "None"],
    "shown among printed": ["print('a')\ndisplay(1)\nprint('b')\n2"],
    "names that last": ["def f(x): return x + 1", "f(1)", "_ + 1"],
    "a table": ["import pandas as pd\npd.DataFrame({'a': [1, 2]})"],
    "a picture": [
        "from IPython.display import Image\n"
        "Image(data=bytes.fromhex('89504e470d0a1a0a0000000d49484452'), format='png')"
    ],
    "an update": ["h = display('before', display_id='x')\nh.update('after')\nprint('done')"],
    "cleared": ["from IPython.display import clear_output\nprint('a')\nclear_output()\nprint('b')"],
    "cleared at the next": [
        "from IPython.display import clear_output\n"
        "print('a')\nclear_output(wait=True)\nprint('b')\nprint('c')"
    ],
    "a slider": ["import ipywidgets as w\nw.IntSlider(description='Sleep')"],
    "a magic": ["%precision 2\n", "1 / 3"],
}


@pytest.fixture(scope="module")
def both() -> dict[str, tuple[Any, Any]]:
    """Return the outputs of each case without a kernel and with one, all run one after another."""
    cells = [source for sources in SOURCES.values() for source in sources]
    ours, theirs = iter(run(*cells)), iter(in_a_kernel(*cells))
    return {
        case: ([next(ours) for _ in sources], [next(theirs) for _ in sources])
        for case, sources in SOURCES.items()
    }


@pytest.mark.parametrize("case", SOURCES)
def test_outputs_are_those_of_a_kernel(both: dict[str, tuple[Any, Any]], case: str) -> None:
    without, within = both[case]
    assert comparable(without) == comparable(within)


def test_what_is_printed_stays_in_order() -> None:
    # A kernel puts all that a cell wrote to one stream before all that it wrote to the other.
    (outputs,) = run("import sys\nprint('a')\nprint('b')\nprint('w', file=sys.stderr)\nprint('c')")
    assert [(o["name"], o["text"]) for o in outputs] == [
        ("stdout", "a\nb\n"),
        ("stderr", "w\n"),
        ("stdout", "c\n"),
    ]


def test_a_cell_that_fails_says_where_and_ends_the_interpreter() -> None:
    first, trace = run("1", "def f():\n    1 / 0\nf()", "2")
    assert first[0]["data"] == {"text/plain": "1"}
    assert "ZeroDivisionError" in trace
    assert "----> 2     1 / 0" in trace


@pytest.mark.parametrize("source", ["f(", "1 +", "raise SystemExit(3)", "import nowhere_at_all"])
def test_no_way_of_failing_ends_the_process(source: str) -> None:
    assert isinstance(run(source)[-1], str)


def test_a_kernel_can_take_over_names_and_widgets() -> None:
    # In a fork, as copies are made, and with what a page sends when a slider is moved.
    code = textwrap.dedent("""
        import json, os
        from twitchlib.snapshot.cells import Interpreter
        python = Interpreter()
        python.run("import ipywidgets as w")
        python.run("s = w.IntSlider(); l = w.Label()")
        python.run("s.observe(lambda c: setattr(l, 'value', str(c.new)), 'value')")
        python.release()
        from ipykernel.kernelapp import IPKernelApp
        app = IPKernelApp.instance(user_ns=python.names)
        app.initialize(["--HistoryManager.enabled=False"])
        slider, label = python.names["s"], python.names["l"]
        app.kernel.comm_manager.comm_msg(None, None, {"buffers": [], "content": {
            "comm_id": slider.comm.comm_id,
            "data": {"method": "update", "state": {"value": 7}, "buffer_paths": []},
        }})
        print("label", label.value, file=__import__("sys").__stdout__, flush=True)
        os._exit(0)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "label 7" in done.stdout
