"""Every lesson runs from top to bottom, is thin, and is committed without outputs."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median

import nbformat
import pytest
from nbclient import NotebookClient
from twitchdocs.overview import renew

from twitchlib import guide, quiz
from twitchlib.places import folder
from twitchlib.widgets import NervousSystem, Tour, TwitchTypes

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(folder("notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def lesson(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def sources(path: Path, cell_type: str) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == cell_type]


def markdown(path: Path) -> str:
    return "\n\n".join(sources(path, "markdown"))


@pytest.mark.filterwarnings("default")  # the kernel's libraries may use what is deprecated
def test_it_runs_without_an_error_or_stray_output(lesson: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(lesson, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert outputs
    assert not [output for output in outputs if output.output_type in ("error", "stream")]


def test_its_cells_are_calls(lesson: Path) -> None:
    lines = [
        sum(bool(line.strip()) for line in source.splitlines())
        for source in sources(lesson, "code")
    ]
    assert max(lines) <= 10
    assert median(lines) <= 3


def test_it_is_committed_without_outputs(lesson: Path) -> None:
    for cell in nbformat.read(lesson, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_make_format_leaves_only_code_to_read_unfolded(lesson: Path) -> None:
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type == "code":
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert folded is ("show-code" not in cell.metadata.get("tags", ())), cell.source


def test_it_has_one_title_and_no_skipped_heading(lesson: Path) -> None:
    levels = [len(hashes) for hashes in re.findall(r"^(#+) ", markdown(lesson), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_its_links_lead_somewhere(lesson: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", markdown(lesson)):
        assert (lesson.parent / target.split("?")[0]).is_file(), target


def test_it_needs_nothing_from_the_internet(lesson: Path) -> None:
    assert not re.search(r"(src|href)\s*=\s*[\"']?https?:|!\[[^]]*\]\(https?:", lesson.read_text())


def test_it_names_only_claims_of_the_ledger(lesson: Path) -> None:
    assert set(re.findall(r"\bG\d\d\b", lesson.read_text())) <= set(guide.rows("claims"))


def test_the_triggers_lesson_loads_no_more_than_it_needs() -> None:
    code = "\n".join(sources(folder("notebooks") / "03_triggers.ipynb", "code"))
    heavy = ["pandas", "numba", "scipy", "matplotlib", "voila"]
    code += f"\nimport sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", [name for name in quiz.lessons() if name in guide.rows("lessons")])
def test_a_lesson_ends_with_its_questions(name: str) -> None:
    text = (folder("notebooks") / f"{name}.ipynb").read_text(encoding="utf-8")
    heading, end = text.index("## Check yourself"), text.index("## Take away")
    assert heading < text.index(f'Quiz(\\"{name}\\")') < end


def test_the_start_page_and_the_readme_list_every_lesson_as_make_format_does(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "README.md", tmp_path)
    listing = ("README.md", *(f"notebooks/{path.name}" for path in NOTEBOOKS))
    renew(tmp_path)
    for name in listing:
        committed, renewed = ((root / name).read_text("utf-8") for root in (ROOT, tmp_path))
        assert committed == renewed, f"{name} is out of date: run `make format`"
    for name, row in guide.rows("lessons").items():
        assert f"| {name[:2]} [{row['title']}]({name}.ipynb) | " in markdown(ROOT / listing[1])


@pytest.mark.parametrize(
    ("lesson", "tour"),
    [("01_nervous_system", NervousSystem), ("02_twitch_types", TwitchTypes)],
    ids=["01", "02"],
)
def test_a_lesson_shows_the_stops_of_its_tour_in_their_order(
    lesson: str, tour: Callable[[], Tour]
) -> None:
    code = "\n".join(sources(folder("notebooks") / f"{lesson}.ipynb", "code"))
    shown = re.findall(r"\b(?:tour|types)\.(\w+)\)?$", code, re.MULTILINE)
    shown.remove("link")
    assert shown == [*tour().stops]
