"""Lessons without IPython. Each runs in a separate process, since widgets are patched for good."""

import json
import subprocess
import sys
from typing import Any

from twitchlib.snapshot.states import unpacked

VIEW = "application/vnd.jupyter.widget-view+json"
MODEL = """\
from dataclasses import dataclass
import plotly.graph_objects as go
from twitchlib.figures.theme import figure
from twitchlib.quantity import Quantities, quantity
from twitchlib.widgets import Dashboard

@dataclass(frozen=True)
class Foot(Quantities):
    swing_hz: float = quantity(5, "Swings", unit="Hz", low=1, high=10, source="made up")

ran = []

def swing(foot):
    ran.append(foot.swing_hz)
    return foot.swing_hz

def draw(foot, result, before):
    ran.append("figure")
    said = f"{result:g} Hz."
    axes = {"x": {"title": "x"}, "y": {"title": "y"}, "height": 300}
    return [figure([go.Scatter(y=[result, before or 0])], title="Foot", description=said, **axes)]

board = Dashboard(Foot, run=swing, figures=draw, words=lambda foot, r: str(r), compares=True)
board
"""


def run(program: str, *cells: object) -> Any:
    """Run a program that gets cells as `cells`, and return what it leaves in `answer`."""
    begin, end = "import json, sys\ncells = json.load(sys.stdin)\n", "\nprint(json.dumps(answer))"
    done = subprocess.run(
        [sys.executable, "-c", begin + program + end],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


PLAIN = """
from twitchlib.snapshot.plain import PlainInterpreter
interpreter = PlainInterpreter()
"""
OUTPUTS = PLAIN + "answer = [interpreter.run(cell) for cell in cells]"


def test_a_cell_shows_its_last_expression_and_what_it_prints() -> None:
    printed, silent, none = run(OUTPUTS, "print('a')\nprint('b')\n6 * 7", "6 * 7;", "x = 1")
    assert [one["output_type"] for one in printed] == ["stream", "execute_result"]
    assert printed[0]["text"] == "a\nb\n"
    assert printed[1]["data"] == {"text/plain": "42"}
    assert (silent, none) == ([], [])


def test_a_line_that_is_overwritten_is_gone_as_in_a_terminal() -> None:
    bar = "print('above')\nfor done in ('0 %', '100 %'):\n    print('\\r' + done, end='')\nprint()"
    assert [one[0]["text"] for one in run(OUTPUTS, bar, "print('first\\rlast\\r\\n')")] == [
        "above\n100 %\n",
        "last\r\n\n",
    ]


def test_cells_share_names_and_define_classes() -> None:
    cells = "from dataclasses import dataclass\n@dataclass\nclass A:\n    b: int = 3", "A().b"
    assert run(OUTPUTS, *cells)[1][0]["data"]["text/plain"] == "3"


def test_a_table_is_shown_as_markup_and_display_in_its_place() -> None:
    table = "class T:\n    def _repr_html_(self):\n        return '<b>1</b>'"
    shown = "from IPython.display import display\ndisplay(T())\nT()"
    first, last = run(OUTPUTS, table, shown)[1]
    assert first["output_type"] == "display_data"
    assert last["data"]["text/html"] == first["data"]["text/html"] == "<b>1</b>"


FAILURE = """
try:
    interpreter.run(cells[0])
except Exception as error:
    answer = str(error)
"""


def test_a_failing_cell_says_where() -> None:
    said = run(PLAIN + FAILURE, "one = 1\none / 0")
    assert "ZeroDivisionError" in said
    assert "line 2" in said
    assert "plain.py" not in said


def once(*cells: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "twitchlib.snapshot.once"],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


AGAIN = """
from twitchlib.snapshot import worker
sources, states = cells
sent = []
post = lambda *said: sent.append(said[2])
shown = json.loads(worker.begin(json.dumps(sources), states, post, bytes))
names = worker._interpreter.names
begun = {"shown": shown, "ran": [*names["ran"]], "sent": len(sent)}
edit = {"turn": "t1", "edit": {"fields": {"swing_hz": "7"}}}
message = json.dumps({"content": {"data": {"method": "custom", "content": edit}}})
worker.hear("comm_msg", "nobody", message, [])
worker.hear("comm_msg", names["board"].controls.model_id, message, [])
contents = [json.loads(one)["content"] for one in sent]
replies = {content["comm_id"]: content["data"] for content in contents}
answer = {"begun": begun, "ran": names["ran"], "replies": replies}
"""


def test_widgets_are_counted_and_answer_under_the_names_that_the_page_has() -> None:
    made = once(MODEL)
    (shown,) = made["outputs"][0]
    done = run(AGAIN, [MODEL], made["states"])
    # Nothing that the page shows already is worked out or sent.
    assert done["begun"] == {"shown": [shown["data"][VIEW]["model_id"]], "ran": [], "sent": 0}
    # The first change makes up for it, since a figure may keep part of what was drawn before.
    assert done["ran"] == [5, "figure", 7, "figure"]
    states = unpacked(made["states"])
    (figure,) = [name for name, state in states.items() if "_paths" in state]
    assert done["replies"][figure]["state"]["layout.meta"]["description"] == "7 Hz."
    assert "layout.height" not in done["replies"][figure]["state"]  # it has not changed


AHEAD = AGAIN.replace(
    "edit =", "left = [worker.ahead() for _ in range(3)]\nahead = [*names['ran']]\nedit ="
)
AHEAD += """
answer |= {"left": left, "ahead": ahead}
"""


def test_what_a_first_change_needs_is_worked_out_ahead_piece_by_piece() -> None:
    done = run(AHEAD, [MODEL], once(MODEL)["states"])
    assert done["begun"] == {**done["begun"], "ran": [], "sent": 0}
    assert done["left"] == [True, False, False]
    assert done["ahead"] == [5, "figure"]
    assert done["ran"] == [5, "figure", 7, "figure"]


def test_a_report_says_which_modules_a_lesson_imports() -> None:
    files = once("import twitchlib.risk")["files"]
    assert files["twitchlib.risk"].endswith("__init__.py")
    assert "IPython" not in files
