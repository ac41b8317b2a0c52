"""One server for all attacks, with every lesson, and a reader who must not notice them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.hostile.report import SEEDS, TALLY, WAITS
from tests.hostile.siege import LONG, LONG_S, SEED, Attacker, Reader, Siege
from tests.servers import Server
from twitchlib.places import folder

SLIDER = (
    "import ipywidgets as w\nhours = w.IntSlider()\nsaid = w.Label()\n"
    "hours.observe(lambda c: setattr(said, 'value', f'{c.new} h'), 'value')\n"
    "w.VBox([hours, said])"
)
FILES = (
    "from twitchlib.widgets import EmgLab, MyDiary, ProgressPanel\n"
    "from IPython.display import display\ndisplay(EmgLab(), MyDiary(), ProgressPanel())"
)
FIGURE = (
    "import plotly.graph_objects as go\nfrom twitchlib.widgets import FigureView\n"
    "FigureView(go.Figure(go.Scatter(y=[1, 2])))"
)
HUNGRY = (
    "import ipywidgets as w\neaten = []\nbutton = w.Button()\n"
    "button.on_click(lambda _: eaten.extend(b'x' * 2**28 for _ in range(5)))\nbutton"
)


def _notebook(cells: list[str]) -> str:
    written: Any = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    text: str = nbformat.writes(written)
    return text


@pytest.fixture(scope="session")
def hostile_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of every lesson, small ones for attacks, and one that joins all but 08."""
    course = tmp_path_factory.mktemp("hostile") / "notebooks"
    course.mkdir()
    together = []
    for lesson in sorted(folder("notebooks").glob("*.ipynb")):
        text = lesson.read_text(encoding="utf-8")
        (course / lesson.name).write_text(text, encoding="utf-8")
        if not lesson.name.startswith("08"):  # figures only, and a minute's computing
            together += [c.source for c in nbformat.reads(text, 4).cells if c.cell_type == "code"]
    (course / "10_slider.ipynb").write_text(_notebook([SLIDER]), encoding="utf-8")
    (course / "11_together.ipynb").write_text(_notebook(together), encoding="utf-8")
    for name, cell in {
        "09_empty": "0",
        "12_files": FILES,
        "13_figure": FIGURE,
        "14_hungry": HUNGRY,
    }.items():
        (course / f"{name}.ipynb").write_text(_notebook([cell]), encoding="utf-8")
    return course


@pytest.fixture(scope="package")
def siege(serve: Callable[..., Server], hostile_course: Path) -> Iterator[Siege]:
    """Return the server under attack, after a quiet period as a baseline."""
    server = serve(hostile_course)
    reader = Reader(server.url, "10_slider")
    quiet_s = min(60.0, LONG_S / 10) if LONG else 1.0
    reader.rest(quiet_s)
    SEEDS.append(SEED)
    yield Siege(server, reader, TALLY)
    try:
        reader.stop()
        WAITS.extend(reader.lines())
        assert server.stop() == 0
    finally:
        if server.process.poll() is None:  # it no longer responds
            server.process.kill()
            server.process.wait()


@pytest.fixture(scope="package")
def attacker_in(siege: Siege) -> Iterator[Callable[[str], Attacker]]:
    """Return the attacker of a lesson, one for each: ``attacker_in("03_triggers")``."""
    attackers: dict[str, Attacker] = {}

    def enter(lesson: str) -> Attacker:
        if lesson not in attackers:
            attackers[lesson] = Attacker(siege, lesson)
        return attackers[lesson]

    yield enter
    for attacker in attackers.values():
        attacker.leave()
