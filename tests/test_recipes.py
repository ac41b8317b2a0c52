"""The recipes of `docs/how-to-add.md` are true: each is carried out in a copy and checked there."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def rows(*added: dict[str, str]) -> Callable[[Path], None]:
    """Return what adds rows at the end of a table."""

    def add(table: Path) -> None:
        header = next(csv.reader(table.read_text(encoding="utf-8").splitlines()))
        with table.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerows(added)

    return add


def row(**cells: str) -> Callable[[Path], None]:
    """Return what adds one row at the end of a table."""
    return rows(cells)


def words(old: str, new: str) -> Callable[[Path], None]:
    """Return what puts `new` where `old` stands, which must be in one place."""

    def change(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


@dataclass(frozen=True)
class Recipe:
    """What a recipe changes, what checks it, and a sign that it is there."""

    edits: dict[str, Callable[[Path], None]]
    checks: tuple[str, ...]
    sign: str


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
            "data/questions.csv": row(
                id="coffee-verdict",
                lesson="03_triggers",
                kind="choice",
                prompt="Ben drinks seven cups and twitches. What can the page tell him?",
                explanation="It says how the guide sees a habit. It does not know why he twitches.",
                claims="G23",
                objective="2",
                cell="**The level and the verdict are two different things.**",
            ),
            "data/answers.csv": rows(
                {
                    "id": "coffee-verdict.a",
                    "question": "coffee-verdict",
                    "text": "That coffee is why his muscles twitch",
                    "right": "false",
                    "feedback": "A level is no cause. Many drink as much and never twitch.",
                },
                {
                    "id": "coffee-verdict.b",
                    "question": "coffee-verdict",
                    "text": "How likely it is that he twitches",
                    "right": "false",
                    "feedback": "The page has no chances at all, and no study gives any.",
                },
                {
                    "id": "coffee-verdict.c",
                    "question": "coffee-verdict",
                    "text": "How the guide would rate his coffee",
                    "right": "true",
                },
            ),
        },
        ("tests/guide/test_guide.py", "tests/quiz/test_bank.py", "tests/quiz/test_taught.py"),
        "from twitchlib import quiz; asked = quiz.questions()['coffee-verdict'];"
        "assert asked in quiz.lessons()['03_triggers'] and quiz.grade(asked, asked.key).right",
    ),
    "A trigger": Recipe(
        {
            "data/causes.csv": row(
                id="screens",
                kind="trigger",
                name="Screens",
                guide_says="The guide says long hours at a screen can make eyelids flutter.",
                how="It is not known how. Tired eyes may blink more.",
                evidence="A study of twitching eyelids found a link with screen time.",
                claims="G15",
            ),
            "data/remedies.csv": words(
                'dehydration,"People with', 'dehydration;screens,"People with'
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
                reason_may="{value} at a screen is much, as the course counts it.",
                reason_likely="{value} at a screen is very much, as the course counts it.",
                claims="G15",
            ),
            "twitchlib/risk/habits.py": words(
                '    magnesium_mg: float = _habit("magnesium_mg")\n',
                '    magnesium_mg: float = _habit("magnesium_mg")\n'
                '    screen_h: float = _habit("screen_h")\n',
            ),
        },
        (
            "tests/guide/test_guide.py",
            "tests/risk",
            "tests/care",
            "tests/figures/test_risk.py",
            "tests/figures/test_care.py",
            "tests/widgets/test_triggers.py",
            "tests/widgets/test_care_plan.py",
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
            "tests/risk",
            "tests/figures/test_risk.py",
            "tests/widgets/test_triggers.py",
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
            "tests/care",
            "tests/figures/test_care.py",
            "tests/widgets/test_foods.py",
        ),
        "from twitchlib import care; from twitchlib.figures import care as figures;"
        "assert 'Hazelnuts' in figures.plot_foods('magnesium_mg').layout.yaxis.ticktext",
    ),
}


def section(title: str) -> str:
    """Return a section of the page."""
    page = (ROOT / "docs" / "how-to-add.md").read_text(encoding="utf-8")
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("title", RECIPES)
def test_the_page_lists_every_file_to_touch(title: str) -> None:
    listed = re.findall(r"^\d+\. `([^`]+)`", section(title), re.MULTILINE)
    assert listed == list(RECIPES[title].edits)
    code = [name for name in listed if not name.startswith("data/")]
    assert len(code) == (title == "A trigger")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of all that a recipe may touch, and of what checks it."""
    for name in ("data", "notebooks", "tests", "twitchlib"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
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


PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize("title", RECIPES)
def test_carried_out_in_a_copy_it_passes_what_checks_it(title: str, copy: Path) -> None:
    recipe = RECIPES[title]
    for name, edit in recipe.edits.items():
        edit(copy / name)
    for arguments in ((*PYTEST, *recipe.checks), ("-c", recipe.sign)):
        done = run(copy, *arguments)
        assert done.returncode == 0, done.stdout[-4000:]


def test_a_step_that_is_left_out_is_missed(copy: Path) -> None:
    RECIPES["A claim"].edits["data/claims.csv"](copy / "data/claims.csv")
    done = run(copy, *PYTEST, "tests/guide/test_guide.py")
    assert "FAILED tests/guide/test_guide.py::test_every_claim_is_taught_by_some_row" in done.stdout
