"""numpy and pandas for the browser, from a file or from where Pyodide says."""

import hashlib
import io
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from twitchlib.serving.site import python

WHEEL = "numpy-2-pyodide.whl"
CONTENT = b"a wheel"


@pytest.fixture
def pyodide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    numpy = {"file_name": WHEEL, "sha256": hashlib.sha256(CONTENT).hexdigest()}
    known = {"info": {"version": "1.2.3"}, "packages": {"numpy": numpy}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(known))
    script = "x.includes('dev')||n.setCdnUrl(`https://packages.example/v${d.version}/full/`),n.go()"
    (tmp_path / "pyodide.mjs").write_text(script)
    monkeypatch.setattr(python, "PYODIDE", tmp_path)
    return tmp_path


def serve(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[str]:
    asked: list[str] = []

    def urlopen(address: str, timeout: float) -> Any:
        asked.append(address)
        return io.BytesIO(content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return asked


def test_numpy_is_fetched_from_where_pyodide_says(
    pyodide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = serve(monkeypatch, CONTENT)
    assert python.numpy_wheel(None, tmp_path).read_bytes() == CONTENT
    assert asked == [f"https://packages.example/v1.2.3/full/{WHEEL}"]


def test_anything_other_than_what_pyodide_lists_is_refused(
    pyodide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, b"another wheel")
    with pytest.raises(python.PythonMissingError, match=WHEEL):
        python.numpy_wheel(None, tmp_path)


def test_without_the_internet_the_error_says_how_to_supply_it(
    pyodide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def urlopen(address: str, timeout: float) -> Any:
        raise OSError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    with pytest.raises(python.PythonMissingError, match=r"no route.*--numpy"):
        python.numpy_wheel(None, tmp_path)


def test_a_given_file_has_the_name_that_pyodide_knows(pyodide: Path, tmp_path: Path) -> None:
    given = tmp_path / WHEEL
    with pytest.raises(python.PythonMissingError, match=WHEEL):
        python.numpy_wheel(given, tmp_path)
    given.write_bytes(CONTENT)
    assert python.numpy_wheel(given, tmp_path) == given


def test_a_package_built_without_node_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python, "PYODIDE", tmp_path)
    with pytest.raises(python.PythonMissingError, match=r"Node\.js"):
        python.lock()


PANDAS = "pandas-2.0-cp312-cp312-anything_2024_0_wasm32.whl"


@pytest.fixture
def pandas(pyodide: Path) -> Path:
    info = {"version": "1.2.3", "python": "3.12.7", "abi_version": "2024_0"}
    listed = {"file_name": PANDAS, "sha256": hashlib.sha256(CONTENT).hexdigest()}
    known = {"info": info, "packages": {"pandas": listed}}
    (pyodide / "pyodide-lock.json").write_text(json.dumps(known))
    return pyodide / PANDAS


def test_pandas_is_fetched_from_there_too(
    pandas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = serve(monkeypatch, CONTENT)
    assert python.pandas_wheel(None, tmp_path).read_bytes() == CONTENT
    assert asked == [f"https://packages.example/v1.2.3/full/{PANDAS}"]


def test_a_pandas_of_any_version_for_this_python_can_be_given(pandas: Path, tmp_path: Path) -> None:
    other = tmp_path / "pandas-3.1-cp312-cp312-other_2024_0_wasm32.whl"
    other.write_bytes(CONTENT)
    assert python.pandas_wheel(other, tmp_path) == other


@pytest.mark.parametrize(
    "name",
    [
        "pandas-3.1-cp313-cp313-other_2024_0_wasm32.whl",
        "pandas-3.1-cp312-cp312-other_2025_0_wasm32.whl",
        "numpy-2.0-cp312-cp312-other_2024_0_wasm32.whl",
    ],
)
def test_a_pandas_for_another_python_is_refused(pandas: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(CONTENT)
    with pytest.raises(python.PythonMissingError, match=name):
        python.pandas_wheel(tmp_path / name, tmp_path)


def test_a_pandas_that_is_not_there_is_refused(pandas: Path, tmp_path: Path) -> None:
    with pytest.raises(python.PythonMissingError, match=PANDAS):
        python.pandas_wheel(pandas, tmp_path)
