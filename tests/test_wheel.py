"""The wheel, installed in a new environment, contains everything that it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder)
    run(*pip, ROOT, cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of a new environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("clean")
    # Installing pip and compiling the files would take most of the time.
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    bin_folder = folder / "env" / "bin"
    pip = (sys.executable, "-m", "pip", "--python", bin_folder / "python", "install", "--quiet")
    run(*pip, "--no-compile", "--constraint", ROOT / "constraints.txt", wheel, cwd=folder)
    return bin_folder


def test_the_wheel_carries_lessons_tables_and_scripts_but_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("data", "*.*"), ("notebooks", "*.ipynb")):
        for path in (ROOT / folder).glob(pattern):
            assert f"twitchlib/_share/{folder}/{path.name}" in names
    for path in (ROOT / "twitchlib").rglob("*"):
        if path.is_file() and path.suffix not in (".pyc", ".nbi", ".nbc"):
            assert str(path.relative_to(ROOT)) in names
    assert not [name for name in names if name.startswith(("tests/", "node_modules/"))]


def test_it_finds_its_tables_from_any_folder(installed: Path, tmp_path: Path) -> None:
    code = (
        "from twitchlib import guide, risk; print(*guide.rows('verdicts'), risk.assess().band.id)"
    )
    assert (
        run(installed / "python", "-c", code, cwd=tmp_path)
        == "supports nuance weak contradicts none\n"
    )


def test_its_commands_work(installed: Path, tmp_path: Path) -> None:
    import twitchlib

    assert twitchlib.__version__ in run(installed / "twitchlib", "--version", cwd=tmp_path)
    assert "--port" in run(installed / "twitchlib", "serve", "--help", cwd=tmp_path)
