"""The recipes of `docs/how-to-add.md` work: each is carried out in a copy and checked there."""

import csv
import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

ROOT = Path(__file__).parents[1]


def rows(*added: dict[str, str]) -> Callable[[Path], None]:
    """Return an edit that appends rows to a table."""

    def add(table: Path) -> None:
        header = next(csv.reader(table.read_text(encoding="utf-8").splitlines()))
        with table.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerows(added)

    return add


def row(**cells: str) -> Callable[[Path], None]:
    """Return an edit that appends one row to a table."""
    return rows(cells)


def replace(*changes: tuple[str, str]) -> Callable[[Path], None]:
    """Return an edit that replaces texts, each of which must occur exactly once."""

    def change(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    return change


def module(name: str) -> Callable[[Path], None]:
    """Return an edit that copies a module of `tests/recipes` into place."""

    def add(file: Path) -> None:
        assert not file.exists()
        shutil.copy(ROOT / "tests" / "recipes" / f"{name}.py", file)

    return add


def notebook(*cells: str) -> Callable[[Path], None]:
    """Return an edit that writes a notebook: cells that begin with a heading are Markdown."""

    def write(file: Path) -> None:
        assert not file.exists()
        made = [
            v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell)
            for cell in cells
        ]
        for number, cell in enumerate(made):
            cell["id"] = str(number)
        file.write_text(nbformat.writes(v4.new_notebook(cells=made)) + "\n", encoding="utf-8")

    return write


def cell_after(before: str, code: str) -> Callable[[Path], None]:
    """Return an edit that inserts a code cell after another."""

    def insert(file: Path) -> None:
        made = nbformat.read(file, as_version=4)
        (at,) = (number for number, cell in enumerate(made.cells) if cell.source == before)
        made.cells.insert(at + 1, v4.new_code_cell(code, id="added"))
        file.write_text(nbformat.writes(made) + "\n", encoding="utf-8")

    return insert


@dataclass(frozen=True)
class Recipe:
    """The changes that a recipe makes, and how to check them.

    Attributes
    ----------
    edits : dict of str to callable
        The edits by hand, by file, in order.
    checks : tuple of str
        Arguments of pytest.
    proof : str
        Code that fails unless the recipe was carried out.
    names : dict of str to str
        The names that fill the placeholders of the page.
    makes : dict of str to tuple of str
        The files that a target of the Makefile writes afterwards, by target.
    """

    edits: dict[str, Callable[[Path], None]]
    checks: tuple[str, ...]
    proof: str
    names: dict[str, str] = field(default_factory=dict)
    makes: dict[str, tuple[str, ...]] = field(default_factory=dict)


RECIPES = {
    "A claim": Recipe(
        {
            "data/claims.csv": row(
                id="G50",
                topic="causes",
                claim="Cold weather makes muscles twitch.",
                verdict="weak",
                comment="Shivering is not a twitch. Nobody has counted twitches in the cold.",
                correction="false",
            ),
            "data/guide_facts.csv": row(
                id="cold",
                fact="Cold weather makes muscles twitch.",
                claims="G50",
                lesson="04_when_to_see_a_doctor",
                cell="Ledger()",
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/widgets/test_claims.py",
            "tests/widgets/test_ledger.py",
            "tests/notebooks/test_coverage.py",
        ),
        "from twitchlib.widgets import Ledger; ledger = Ledger();"
        "ledger.controls.set(topic='causes'); assert 'G50' in ledger.result",
    ),
    "A quiz question": Recipe(
        {
            "data/questions.csv": rows(
                {
                    "id": "coffee-verdict",
                    "lesson": "03_triggers",
                    "kind": "choice",
                    "prompt": "Ben drinks seven cups and twitches. What can the page tell him?",
                    "explanation": "It says how the guide sees a habit. It does not know why he"
                    " twitches.",
                    "claims": "G23",
                    "objective": "2",
                    "cell": "**The level and the verdict are two different things.**",
                    "skill": "apply",
                },
                {
                    "id": "salt-and-weakness",
                    "lesson": "03_triggers",
                    "kind": "two-tier",
                    "prompt": "Ada has lost a lot of potassium. What will she notice first?",
                    "explanation": "With little potassium her axons are hard to fire. So she is"
                    " weak.",
                    "claims": "G18",
                    "objective": "1",
                    "cell": "**Potassium and magnesium do not pull the same way.**",
                    "skill": "apply",
                },
            ),
            "data/answers.csv": rows(
                {
                    "id": "coffee-verdict.a",
                    "question": "coffee-verdict",
                    "text": "That coffee is why his muscles twitch",
                    "right": "false",
                    "feedback": "A level is not a cause. Many drink as much and never twitch.",
                },
                {
                    "id": "coffee-verdict.b",
                    "question": "coffee-verdict",
                    "text": "How likely it is that he twitches",
                    "right": "false",
                    "feedback": "The page gives no chances at all, and no study does.",
                },
                {
                    "id": "coffee-verdict.c",
                    "question": "coffee-verdict",
                    "text": "How the guide would rate his coffee",
                    "right": "true",
                },
                *(
                    {
                        "id": f"salt-and-weakness.{letter}",
                        "question": "salt-and-weakness",
                        "text": text,
                        "right": "false" if feedback else "true",
                        "feedback": feedback,
                        "tier": tier,
                    }
                    for letter, tier, text, feedback in (
                        ("a", "1", "That she is weak", ""),
                        ("b", "1", "That she twitches", "Too little calcium does that."),
                        ("c", "1", "That she sleeps", "Salts act on nerve and muscle, not sleep."),
                        ("d", "2", "Axons fire by themselves", "That takes a lot of potassium."),
                        ("e", "2", "Axons get hard to fire", ""),
                        ("f", "2", "Muscles run out of fuel", "Muscles do not burn potassium."),
                    )
                ),
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/quiz/test_bank.py",
            "tests/quiz/test_taught.py",
            "-k",
            "test_guide or coffee-verdict or salt-and-weakness or enough_for_every_lesson"
            " or 03_triggers",
        ),
        "from twitchlib import quiz; asked = quiz.questions()['coffee-verdict'];"
        "assert asked in quiz.lessons()['03_triggers'] and quiz.grade(asked, asked.key).right;"
        "asked = quiz.questions()['salt-and-weakness'];"
        "assert quiz.grade(asked, ['salt-and-weakness.a', 'salt-and-weakness.e']).right",
    ),
    "A prediction": Recipe(
        {
            "data/predictions.csv": row(
                id="water-first",
                lesson="03_triggers",
                kind="choice",
                prompt="Ben drinks twice as much water. Will he have fewer cramps?",
                explanation="Nobody has shown it. Plain water after heavy sweating did not help.",
                claims="G19",
            ),
            "data/prediction_answers.csv": rows(
                {
                    "id": "water-first.a",
                    "prediction": "water-first",
                    "text": "Yes, far fewer",
                    "right": "false",
                    "feedback": "No study has found that water alone prevents cramps.",
                },
                {
                    "id": "water-first.b",
                    "prediction": "water-first",
                    "text": "Not that we know",
                    "right": "true",
                },
                {
                    "id": "water-first.c",
                    "prediction": "water-first",
                    "text": "No, many more",
                    "right": "false",
                    "feedback": "One small study found it only after heavy sweating.",
                },
            ),
            "notebooks/03_triggers.ipynb": cell_after(
                'predict("guide-studies")', 'predict("water-first")'
            ),
        },
        (
            "tests/quiz/test_predictions.py",
            "tests/guide/test_guide.py",
            "tests/widgets/test_predicting.py",
        ),
        "from twitchlib.widgets import predict; assert predict('water-first').value is None",
        names={"lesson": "03_triggers"},
    ),
    "A trigger": Recipe(
        {
            "data/causes.csv": row(
                id="screens",
                kind="trigger",
                name="Screens",
                guide_says="The guide says long hours at a screen can make eyelids flutter.",
                how="How is not known. Tired eyes may blink more.",
                evidence="A study of twitching eyelids found a link with screen time.",
                claims="G15",
            ),
            "data/remedies.csv": replace(
                ('dehydration,"People with', 'dehydration;screens,"People with')
            ),
            "data/factors.csv": row(
                id="screen_h",
                group="Load",
                label="Screens",
                unit="h/day",
                low="0",
                high="24",
                default="2",
                step="0.5",
                cause="screens",
                healthy_side="low",
                may_beyond="6",
                likely_beyond="10",
                illustrative="both",
                threshold_note="Both steps are the course's own, made for teaching.",
                reason_none="{value} at a screen is not much, as the course counts it.",
                reason_may="{value} at a screen is a lot, as the course counts it.",
                reason_likely="{value} at a screen is a great deal, as the course counts it.",
                claims="G15",
            ),
            "twitchlib/risk/habits.py": replace(
                (
                    '    magnesium_mg: float = _habit("magnesium_mg")\n',
                    '    magnesium_mg: float = _habit("magnesium_mg")\n'
                    '    screen_h: float = _habit("screen_h")\n',
                )
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/risk/test_assessment.py",
            "tests/care/test_remedies.py",
            "tests/figures/test_risk.py",
            "tests/widgets/test_triggers.py",
            "tests/widgets/test_care_plan.py",
            "-k",
            "test_guide or screen or test_remedies or test_risk or control or habit or code",
        ),
        "from twitchlib import risk; from twitchlib.widgets import TriggersDashboard;"
        "assert risk.assess({'screen_h': 11}).contributing[0].level.id == 'likely';"
        "TriggersDashboard().controls.set(screen_h=11)",
    ),
    "A preset": Recipe(
        {
            "data/presets.csv": row(
                id="festival",
                label="Festival",
                story="You dance for three days, sleep little and forget to drink.",
                sleep_h="4",
                water_l="1",
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/risk/test_assessment.py",
            "tests/widgets/test_triggers.py",
            "-k",
            "test_guide or preset",
        ),
        "from twitchlib import risk; week = risk.presets()['festival'];"
        "assert week == risk.Habits(sleep_h=4, water_l=1)",
    ),
    "A food": Recipe(
        {
            "data/foods.csv": row(
                id="hazelnuts",
                name="Hazelnuts",
                portion="1 handful",
                portion_g="28",
                potassium_mg_100g="680",
                magnesium_mg_100g="163",
                ndb="12120",
                references="usda2015",
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/care/test_foods.py",
            "tests/figures/test_care.py",
            "tests/widgets/test_foods.py",
        ),
        "from twitchlib import care; from twitchlib.figures import care as figures;"
        "assert 'Hazelnuts' in figures.plot_foods('magnesium_mg').layout.yaxis.ticktext",
    ),
    "A kind of twitch": Recipe(
        {
            "twitchlib/twitches/hiccup.py": module("hiccup"),
            "twitchlib/twitches/simulation.py": replace(
                ('"myoclonus",\n', '"myoclonus", "hiccup",\n')
            ),
            "data/twitch_types.csv": row(
                id="hiccup",
                name="Hiccup",
                guide_says="The guide says it is a jerk of the muscle that draws breath.",
                mechanism="A volley from the brainstem makes the muscle pull at once.",
                tells_apart="It comes at an even pace, with a sound.",
                feels_like="A jerk under the ribs.",
                lasts="A fraction of a second, again and again.",
                how_common="Nearly everybody has it at times.",
                worry="See a doctor if it goes on for two days.",
                claims="G01",
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/test_messages.py",
            "tests/twitches",
            "tests/figures/twitches",
            "tests/emg/test_classification.py",
            "tests/widgets/twitch_types",
            "-k",
            "test_guide or hiccup or heading_of_its_card or gallery or gives_it_away",
        ),
        "from twitchlib import twitches; from twitchlib.widgets import EmgLab, kind_card;"
        "from twitchlib.twitches import naming;"
        "assert twitches.simulate('hiccup', 10, seed=1).events[0].label == 'hiccup';"
        "assert 'hiccup' in naming.LEVELS['clear']; kind_card('hiccup');"
        "EmgLab().wanted.set(source='hiccup')",
        names={"kind": "hiccup"},
    ),
    "A discharge at rest": Recipe(
        {
            "data/needle_discharges.csv": row(
                id="cramp",
                name="Cramp discharge",
                comes_from="many motor units",
                pattern="Fast and in no rhythm",
                shape="The potential of a motor unit",
                sound="a rumble",
                tells_apart="Large potentials begin positive and keep no beat.",
                seen_in="Healthy people, too.",
                normal="true",
                references="wymer2023",
            ),
            "data/needle_values.csv": rows(
                *(
                    {
                        "id": f"cramp-{quantity[:4]}",
                        "discharge": "cramp",
                        "quantity": quantity,
                        "low": low,
                        "high": high,
                        "unit": unit,
                        "used": "drawn",
                        "source": "Chosen for teaching",
                        "illustrative": "true",
                    }
                    for quantity, low, high, unit in (
                        ("rate_hz", "20", "40", "Hz"),
                        ("interval_cv", "0.6", "0.9", ""),
                    )
                )
            ),
            "twitchlib/needle/_sources.py": replace(
                (
                    "SOURCES: Final",
                    "def cramp(ranges: Ranges, place: Place, rng: np.random.Generator)"
                    " -> Iterator[Volley]:\n"
                    '    """Yield a unit that fires fast and unevenly."""\n'
                    '    rate_hz = ranges["rate_hz"].draw(rng)\n'
                    '    cv = ranges["interval_cv"].draw(rng)\n'
                    "    times_s = firing.irregularly(place.duration_s, rate_hz, cv, rng)\n"
                    "    yield _volley(times_s, shapes.unit(place.across_mm, rng,"
                    " place.sample_hz))\n\n\nSOURCES: Final",
                ),
                (
                    '    "complex-repetitive": complex_repetitive,\n',
                    '    "complex-repetitive": complex_repetitive,\n    "cramp": cramp,\n',
                ),
            ),
            "data/needle_rules.csv": rows(
                *(
                    {
                        "id": f"cramp-{feature.replace('_', '-')}",
                        "kind": "cramp",
                        "feature": feature,
                        "low": low,
                        "high": high,
                        "why": "Cramps look like this.",
                        "source": "Chosen for teaching",
                        "illustrative": "true",
                    }
                    for feature, low, high in (
                        ("lead_share", "0.15", ""),
                        ("positive_share", "0.2", ""),
                        ("unevenness", "0.25", ""),
                        ("rate_hz", "5", ""),
                        ("stretch_s", "0.5", ""),
                        ("cycle_likeness", "", "0.85"),
                    )
                )
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/needle",
            "tests/emg/test_needle_rules.py::TestRules",
            "tests/figures/test_needle.py",
        ),
        "from twitchlib import emg, needle; from twitchlib.widgets import NeedleAtRest;"
        "made = needle.simulate('cramp', 6, seed=1);"
        "assert emg.classify(emg.measure_needle(made)).kind == 'cramp';"
        "NeedleAtRest().controls.set(discharge='cramp')",
    ),
    "A model": Recipe(
        {
            "twitchlib/physiology/conduction.py": module("conduction"),
            "twitchlib/physiology/cards.py": replace(
                (
                    "    caffeine,\n    excitability",
                    "    caffeine,\n    conduction,\n    excitability",
                ),
                (
                    ")  # fmt: skip\n\n_MODELS",
                    """    ModelCard(
        name="conduction",
        title=_("Speed of a nerve fibre"),
        holds=(_("Speed in proportion to the diameter."),),
        omits=(_("Fibres without myelin, and temperature."),),
        valid=_("Fibres with myelin, at 37 °C."),
        parts=(conduction.Fibre,),
        checks=(
            Check(_("Speed of a fibre of 10 µm"), "m/s", "60", _TEXTBOOK, 55, 65,
                  lambda: conduction.speed_m_s(conduction.Fibre())),
        ),
    ),
)  # fmt: skip

_MODELS""",
                ),
            ),
        },
        (
            "tests/physiology/test_cards.py",
            "tests/physiology/test_imports.py",
            "tests/test_api.py",
            "tests/test_messages.py",
            "twitchlib/physiology/conduction.py",
            "-k",
            "conduction or nothing_public_changes or loads_nothing_heavy",
        ),
        "from twitchlib import physiology; fibre = physiology.conduction.Fibre();"
        "assert '60' in physiology.models()['conduction'].to_markdown()",
        names={"model": "conduction"},
        makes={"api": ("tests/api.txt",)},
    ),
    "A stop of a tour": Recipe(
        {
            "twitchlib/widgets/nervous_system/weak_junction.py": module("weak_junction"),
            "twitchlib/widgets/nervous_system/__init__.py": replace(
                (
                    "from twitchlib.widgets.tour import Tour\n",
                    "from twitchlib.widgets.nervous_system.weak_junction import ("
                    "weak_junction_stop)\nfrom twitchlib.widgets.tour import Tour\n",
                ),
                (
                    "        junction=junction_stop,\n",
                    "        junction=junction_stop,\n        weak_junction=weak_junction_stop,\n",
                ),
            ),
            "notebooks/01_nervous_system.ipynb": cell_after(
                'observe("junction", tour.junction)', "tour.weak_junction"
            ),
        },
        (
            "tests/widgets/nervous_system",
            "tests/notebooks/test_notebooks.py",
            "tests/test_messages.py",
            "-k",
            "weak_junction or test_tour or stops_of_its_tour or its_cells_are_calls",
        ),
        "from twitchlib.widgets import NervousSystem; tour = NervousSystem(); tour.weak_junction;"
        "tour.address.take_query('?packets_left=4');"
        "assert tour.weak_junction.controls.value.packets_left == 4",
        names={"tour": "nervous_system", "stop": "weak_junction", "lesson": "01_nervous_system"},
    ),
    "A lesson": Recipe(
        {
            "notebooks/10_twitches_in_class.ipynb": notebook(
                "# Twitches in class\n\n*About 5 minutes.* After this lesson you can\n\n"
                "- say what a class may ask first.",
                "## What is it?\n\nAsk who has felt a twitch. Most hands go up.",
                'from twitchlib.widgets import evidence\n\nevidence("G01", "G30")',
                "## Take away\n\n- A twitch is common.",
            ),
            "data/lessons.csv": row(
                id="10_twitches_in_class",
                title="Twitches in class",
                question="What may a class ask first?",
                summary="Ask a class what it has felt, and look at the first claims.",
            ),
            "data/steps.csv": rows(
                *(
                    {"id": name, "lesson": "10_twitches_in_class", "step": step, "path": "core"}
                    for name, step in (
                        ("10-what-is-it", "What is it?"),
                        ("10-take-away", "Take away"),
                    )
                )
            ),
            "data/teaching.csv": row(
                id="class-first",
                lesson="10_twitches_in_class",
                step="What is it?",
                minutes="8",
                predict="Most expect to be the only one.",
                misconception="A twitch is rare.",
                ask="Who has felt one this week?",
                claims="G01",
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/notebooks/test_notebooks.py",
            "tests/notebooks/test_reading_age.py",
            "tests/quiz/test_bank.py",
            "tests/serving/test_duration.py",
            "tests/serving/test_instructor.py",
            "-k",
            "test_guide or 10_twitches_in_class or make_format or enough_for_every_lesson"
            " or class-first or notes_follow",
        ),
        "from twitchlib.places import folder; from twitchlib.serving.lessons import find_lessons;"
        "assert find_lessons(folder('notebooks'))[-1].file == '10_twitches_in_class.ipynb'",
        names={"lesson": "10_twitches_in_class"},
        makes={"format": ("README.md", "notebooks/00_start_here.ipynb")},
    ),
}
PYTHON_FILES = {
    "A trigger": 1, "A kind of twitch": 2, "A discharge at rest": 1, "A model": 2,
    "A stop of a tour": 2,
}  # fmt: skip


def section(title: str) -> str:
    """Return a section of the page."""
    page = (ROOT / "docs" / "how-to-add.md").read_text(encoding="utf-8")
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("title", RECIPES)
def test_the_page_lists_every_file_to_touch(title: str) -> None:
    recipe, text = RECIPES[title], section(title)
    for placeholder, name in recipe.names.items():
        text = text.replace(f"<{placeholder}>", name)
    listed = re.findall(r"^\d+\. `([^`]+)`", text, re.MULTILINE)
    assert listed == list(recipe.edits)
    assert sum(name.endswith(".py") for name in listed) == PYTHON_FILES.get(title, 0)
    made = re.findall(r"`make (\w+)` writes (`[^`]+`(?:\s+and\s+`[^`]+`)*)", text)
    assert {target: tuple(re.findall(r"`(.+?)`", files)) for target, files in made} == recipe.makes


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of everything that a recipe may change, and of its checks."""
    for name in ("data", "docs/twitchdocs", "notebooks", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    # Compiling takes longest, so compiled code is copied, but no file that is still being written.
    half_written = shutil.ignore_patterns("*.pyc.*", "*.nb[ci].*")
    shutil.copytree(ROOT / "twitchlib", tmp_path / "twitchlib", ignore=half_written)
    for name in ("Makefile", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def make(copy: Path, target: str) -> None:
    """Run those lines of a Makefile target that generate files from code and tables."""
    makefile = (copy / "Makefile").read_text(encoding="utf-8")
    lines = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[0].splitlines()
    generating = [line.strip() for line in lines if "twitchdocs" in line]
    assert generating
    for line in generating:
        command = line.replace("$(BIN)/python", shlex.quote(sys.executable))
        subprocess.run(command, shell=True, cwd=copy, check=True)  # noqa: S602 - the Makefile's own


def carry_out(recipe: Recipe, copy: Path, left_out: str = "") -> None:
    """Carry out a recipe without the edit of the file, or the target, that is left out."""
    for name, edit in recipe.edits.items():
        if name != left_out:
            edit(copy / name)
    for target in recipe.makes:
        if target != left_out:
            make(copy, target)


def touched(copy: Path) -> set[str]:
    """Return the files of a copy that are new or changed."""
    files = (path for path in copy.rglob("*") if path.is_file())
    names = (path.relative_to(copy).as_posix() for path in files if "__pycache__" not in path.parts)
    return {
        name
        for name in names
        if not (ROOT / name).is_file() or not filecmp.cmp(ROOT / name, copy / name, shallow=False)
    }


# The proof runs where the tests ran: it imports the same.
CHECK = """
import sys
import pytest

proof, *arguments = sys.argv[1:]
failed = pytest.main(["-v", "-p", "no:cacheprovider", *arguments])
if failed:
    sys.exit(failed)
exec(proof)
"""


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_carried_out_in_a_copy_passes_its_checks(title: str, copy: Path) -> None:
    recipe = RECIPES[title]
    carry_out(recipe, copy)
    assert touched(copy) == {*recipe.edits, *sum(recipe.makes.values(), ())}
    done = run(copy, "-c", CHECK, recipe.proof, *recipe.checks)
    assert done.returncode == 0, done.stdout[-4000:]
    _files, _k, selected = " ".join(recipe.checks).partition(" -k ")
    for part in filter(None, selected.split(" or ")):
        assert part in done.stdout, "selects nothing"


@pytest.mark.parametrize(
    ("title", "left_out", "noticed_by"),
    [
        (
            "A claim",
            "data/guide_facts.csv",
            "tests/guide/test_guide.py::test_every_claim_is_taught_by_some_row",
        ),
        (
            "A kind of twitch",
            "data/twitch_types.csv",
            "tests/twitches/test_kinds.py::test_the_title_of_a_kind_is_the_heading_of_its_card",
        ),
        ("A model", "api", "tests/test_api.py::test_nothing_public_changes_unnoticed"),
        (
            "A stop of a tour",
            "notebooks/01_nervous_system.ipynb",
            "tests/notebooks/test_notebooks.py"
            "::test_a_lesson_shows_the_stops_of_its_tour_in_their_order",
        ),
        (
            "A lesson",
            "format",
            "tests/notebooks/test_notebooks.py"
            "::test_the_start_page_and_the_readme_list_every_lesson_as_make_format_does",
        ),
    ],
    ids=lambda part: part.rpartition("::")[2],
)
def test_a_step_that_is_left_out_is_noticed(
    title: str, left_out: str, noticed_by: str, copy: Path
) -> None:
    carry_out(RECIPES[title], copy, left_out)
    assert f"FAILED {noticed_by}" in run(copy, "-c", CHECK, "", noticed_by).stdout
