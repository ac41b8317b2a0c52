"""The project's own files agree with each other."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def plain(requirement: str) -> str:
    return requirement.split(";")[0].strip()


def test_the_conda_environment_requires_what_pyproject_requires() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda = {entry for entry in environment["dependencies"] if isinstance(entry, str)}
    extra = {f"python{PYPROJECT['project']['requires-python']}", "pip", "nodejs>=20"}
    assert conda - extra == {plain(entry) for entry in PYPROJECT["project"]["dependencies"]}
    assert extra <= conda


def test_every_dependency_has_a_known_good_version() -> None:
    pinned = re.findall(r"^([a-z0-9-]+)==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    required = [*PYPROJECT["project"]["dependencies"]]
    for name, extra in PYPROJECT["project"]["optional-dependencies"].items():
        if name != "peers-emg":  # one of its packages needs an older pandas
            required += extra
    names = {re.split(r"[<>=;\[ ]", entry)[0].lower().replace("_", "-") for entry in required}
    assert names <= set(pinned)


def test_constraints_contain_no_urls() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text()


def test_the_lock_of_the_bundle_contains_no_package_urls() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages
    assert not any("resolved" in package for package in packages.values())


def test_the_citation_has_the_packages_version() -> None:
    import twitchlib

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == twitchlib.__version__


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["pandas", "plotly", "numba", "numpy", "ipywidgets", "anywidget", "scipy", "voila"]
    code = f"import sys, twitchlib; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_submodule_is_imported_on_first_use() -> None:
    import twitchlib

    for name in twitchlib.__all__:
        assert getattr(twitchlib, name).__name__ == f"twitchlib.{name}"
        assert name in dir(twitchlib)
    with pytest.raises(AttributeError, match="no attribute 'cakes'"):
        twitchlib.cakes  # noqa: B018
