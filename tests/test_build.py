"""The build hook, which bundles what pages need, and the npm packages that it needs."""

import importlib.util
import json
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import plotly
import pytest

ROOT = Path(__file__).parents[1]
LIMIT_BYTES = {"plotly.js": 1_300_000, "front.js": 800_000, "front.css": 60_000, "xz.mjs": 25_000}


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, hook: ModuleType) -> Path:
    for file in hook.ingredients(ROOT):
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    return tmp_path


def bundles(hook: ModuleType) -> dict[str, Path]:
    return {file.name: file for files in hook.BUNDLES.values() for file in files}


class App:
    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


def run(hook: ModuleType, root: Path) -> list[str]:
    app = App()
    made = hook.BundleHook(str(root), {}, None, None, str(root), "wheel", app)
    made.initialize("standard", {})
    return app.warnings


def fake_npm(monkeypatch: pytest.MonkeyPatch, hook: ModuleType, root: Path) -> list[list[str]]:
    """Replace npm by one that only writes esbuild's files; return the list of its calls."""
    calls: list[list[str]] = []

    def npm(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append(command[2:])
        (root / "node_modules/pyodide").mkdir(parents=True, exist_ok=True)
        for file in hook.PYTHON:
            (root / "node_modules/pyodide" / file).write_text(f"Pyodide's {file}")
        if "bundle" in command:
            package = root / "node_modules/@a/b"
            package.mkdir(parents=True, exist_ok=True)
            about = {"name": "@a/b", "version": "1.0.0", "license": "MIT"}
            (package / "package.json").write_text(json.dumps(about))
            (package / "LICENSE").write_text("Copyright (c) A. /* B */")
            (root / "build").mkdir(exist_ok=True)
            inputs = {
                "node_modules/@a/b/src/index.js": {"bytesInOutput": 3},
                "node_modules/unused/index.js": {"bytesInOutput": 0},
                "twitchlib/widgets/js/plotly_bundle.js": {"bytesInOutput": 3},
            }
            for name, files in hook.BUNDLES.items():
                meta = {"outputs": {f"build/{file.name}": {"inputs": inputs} for file in files}}
                (root / f"build/{name}.json").write_text(json.dumps(meta))
                for file in files:
                    (root / "build" / file.name).write_text("/* what esbuild made */\n")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(hook.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(hook.subprocess, "run", npm)
    return calls


def test_it_builds_once_and_rebuilds_only_when_an_ingredient_changed(
    monkeypatch: pytest.MonkeyPatch, hook: ModuleType, checkout: Path
) -> None:
    calls = fake_npm(monkeypatch, hook, checkout)
    assert run(hook, checkout) == []
    assert [call[0] for call in calls] == ["ci", "run"]
    assert run(hook, checkout) == []
    assert len(calls) == 2
    entry = checkout / "twitchlib/widgets/js/plotly_bundle.js"
    entry.write_text(entry.read_text() + "\n// changed\n")
    run(hook, checkout)
    assert len(calls) == 4
    interpreter = checkout / hook.PYODIDE / "pyodide.asm.wasm"
    assert interpreter.read_text() == "Pyodide's pyodide.asm.wasm"
    interpreter.unlink()
    run(hook, checkout)
    assert interpreter.is_file()


def test_a_bundle_keeps_the_licences_of_its_packages(
    monkeypatch: pytest.MonkeyPatch, hook: ModuleType, checkout: Path
) -> None:
    fake_npm(monkeypatch, hook, checkout)
    run(hook, checkout)
    for file in bundles(hook).values():
        text = (checkout / file).read_text()
        assert "@a/b 1.0.0 (MIT)" in text
        assert "Copyright (c) A." in text
        assert "unused" not in text
        assert text.endswith("*/\n")
        assert text.count("*/") == 3


@pytest.mark.parametrize(
    ("licence", "author", "condition"),
    [
        ("BSD-3-Clause", {"name": "D"}, "Redistributions in binary form must reproduce"),
        ("MIT", "D", "Permission is granted to whoever reads this"),
    ],
)
def test_a_package_without_the_text_of_its_licence_is_given_one(
    hook: ModuleType, checkout: Path, licence: str, author: object, condition: str
) -> None:
    about = {"name": "c", "version": "2.0.0", "license": licence, "author": author}
    (checkout / "node_modules/c").mkdir(parents=True)
    (checkout / "node_modules/c/package.json").write_text(json.dumps(about))
    esbuild = checkout / "node_modules/esbuild/LICENSE.md"
    esbuild.parent.mkdir()
    esbuild.write_text("(c) Wallace\n\nPermission is granted to\nwhoever reads this")
    text = hook.notices(checkout, ["node_modules/c"])
    assert f"c 2.0.0 ({licence})\n\nCopyright (c) D\n" in text
    assert condition in " ".join(text.split())
    assert "Wallace" not in text


def test_without_npm_there_is_a_warning_of_one_line(
    monkeypatch: pytest.MonkeyPatch, hook: ModuleType, checkout: Path
) -> None:
    monkeypatch.setattr(hook.shutil, "which", lambda _: None)
    monkeypatch.delenv(hook.REQUIRE, raising=False)
    (warning,) = run(hook, checkout)
    assert "npm is not installed" in warning
    assert "\n" not in warning
    assert not (checkout / hook.FOLDER).exists()


def test_a_release_fails_without_npm(
    monkeypatch: pytest.MonkeyPatch, hook: ModuleType, checkout: Path
) -> None:
    monkeypatch.setattr(hook.shutil, "which", lambda _: None)
    monkeypatch.setenv(hook.REQUIRE, "1")
    with pytest.raises(RuntimeError, match="npm is not installed"):
        run(hook, checkout)


def test_an_error_from_npm_is_quoted(
    monkeypatch: pytest.MonkeyPatch, hook: ModuleType, checkout: Path
) -> None:
    failed = subprocess.CompletedProcess(["npm"], 1, "", "npm error code ENOTFOUND\nnpm error more")
    monkeypatch.setattr(hook.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(hook.subprocess, "run", lambda *_, **__: failed)
    monkeypatch.delenv(hook.REQUIRE, raising=False)
    (warning,) = run(hook, checkout)
    assert "npm ci: npm error code ENOTFOUND" in warning


def test_the_lock_file_contains_no_urls() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert packages
    assert not [name for name, about in packages.items() if "resolved" in about]
    assert [name for name, about in packages.items() if "integrity" not in about] == []


def test_the_page_and_python_use_the_same_major_version_of_plotly_js() -> None:
    ours = json.loads((ROOT / "package.json").read_text())["devDependencies"]["plotly.js"]
    complete = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with complete.open(encoding="utf-8") as file:
        theirs = re.search(r"plotly\.js v(\S+)", file.read(300))
    assert theirs is not None
    assert ours.split(".")[0] == theirs[1].split(".")[0]


@pytest.mark.parametrize("file", LIMIT_BYTES)
def test_a_real_bundle_is_small_and_names_its_copyright_holders(
    hook: ModuleType, file: str
) -> None:
    bundle = ROOT / bundles(hook)[file]
    if not bundle.is_file():
        pytest.skip("no bundle was built here")
    text = bundle.read_text(encoding="utf-8")
    assert bundle.stat().st_size < LIMIT_BYTES[file]
    notice = {
        "plotly.js": r"plotly\.js [\d.]+ \(MIT\)",
        "xz.mjs": r"Sanderson.*Igalia.*xz-decompress [\d.]+ \(MIT\)",
    }.get(file, r"controls [\d.]+ \(BSD-3-Clause\)")
    assert re.search(notice + r"\n\n.*?Copyright \(c\)", text, re.DOTALL)


def test_the_front_end_and_python_use_the_same_release_of_anywidget() -> None:
    # anywidget checks the version of its script; ipywidgets checks only that of the protocol.
    ours = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert ours["anywidget"] == version("anywidget")
