"""What Python needs in the browser: the modules that lessons import, and the tables.

They are gzipped here, so that they are just as small on a file server that does not compress. An
archive is a four-byte number, a JSON list of that length with names and sizes, and the contents.
"""

import gzip
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import twitchlib
from twitchlib.messages import LANGUAGE, language
from twitchlib.places import folder

__all__ = ["PACKAGES", "copy_modules", "joined", "licences", "packed"]

PACKAGES: Final = (
    "_plotly_utils", "anywidget", "babel", "bibtexparser", "comm", "ipywidgets", "markupsafe",
    "narwhals", "plotly", "psygnal", "pylatexenc", "traitlets", "typing_extensions",
)  # fmt: skip
"""What lessons import besides Python's own library, numpy and twitchlib itself."""

_INTERPRETERS: Final = """\
Pyodide (Mozilla Public License 2.0): https://github.com/pyodide/pyodide
Python's interpreter and library (Python Software Foundation License): https://docs.python.org/3/license.html
xz-decompress (MIT License), whose text is in xz.mjs: https://github.com/httptoolkit/xz-decompress
"""  # untranslated: licences
# The traces that the page can draw (plotly_course.js), and the parts of a layout that it cannot.
_TRACES: Final = ("bar", "heatmap", "scatter")
_NO_LAYOUT: Final = ("geo", "map", "mapbox", "polar", "scene", "smith", "ternary")
# Packages with modules that are imported only where there is no machine code.
_WHOLE: Final = ("markupsafe", "psygnal")
_TABLES: Final = "twitchlib/_share/data"
_RULES: Final = "validators/_validators.json"
_NOT_IN_THE_BROWSER: Final = ("serving", "_share", "widgets/static")
# Packages that no lesson imports: two that pandas needs, and one that draws QR codes.
_BESIDE: Final = ("dateutil", "segno", "six")
_UNUSED: Final = {
    "numpy": (
        "tests", "f2py", "distutils", "testing", "_pyinstaller", "_simd", "_umath_tests",
        "_rational_tests", "_operand_flag_tests", "_struct_ufunc_tests",
    ),
    "pandas": ("tests",),
}  # fmt: skip

# Modules that numpy imports only to give its machine code docstrings.
_DOCSTRINGS: Final = ("numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py")


def copy_modules(files: Mapping[str, str], wheels: Iterable[Path], target: Path) -> None:
    """Copy the modules to a folder, as sources.

    Parameters
    ----------
    files : Mapping of str to str
        The file of each module that was imported while the lessons ran.
    wheels : iterable of pathlib.Path
        numpy for the browser, and pandas if wanted.
    target : pathlib.Path
        An empty folder.
    """
    for name, file in sorted(files.items()):
        source, parts = _source(Path(file)), name.split(".")
        if parts[0] in PACKAGES and source.suffix == ".py":  # nothing else runs in the browser
            folders = parts if source.name == "__init__.py" else parts[:-1]
            _put(source, target.joinpath(*folders, source.name))
    for package in (*_WHOLE, *_BESIDE):
        _copy_whole(package, target)
    _copy_locales(Path(files["babel"]).parent, target / "babel")
    _copy_plotly(Path(files["plotly"]).parent, target / "plotly")
    for name, distributions in packages_distributions().items():
        if name in PACKAGES and name in files:  # some look up their own version
            known = distribution(distributions[0])
            about = target / f"{known.name.replace('-', '_')}-{known.version}.dist-info/METADATA"
            about.parent.mkdir(exist_ok=True)
            metadata = f"Name: {known.name}\nVersion: {known.version}\n"  # untranslated: a file
            about.write_text(metadata, encoding="utf-8")
    _copy_twitchlib(target)
    for wheel_file in wheels:
        with zipfile.ZipFile(wheel_file) as wheel:
            wheel.extractall(target, [name for name in wheel.namelist() if _is_wanted(name)])
    for name in _DOCSTRINGS:
        (target / name).write_text("", encoding="utf-8")


def _copy_whole(name: str, target: Path) -> None:
    """Copy all of a package or module, whether it was imported or not."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return
    source = Path(spec.origin)
    if source.name != "__init__.py":
        _put(source, target / source.name)
        return
    for file in sorted(source.parent.rglob("*.py")):
        _put(file, target / name / file.relative_to(source.parent))


def _copy_locales(root: Path, target: Path) -> None:
    """Copy how dates and numbers are written in English and in the language of the course."""
    _put(root / "global.dat", target / "global.dat")
    spoken = language().replace("-", "_")
    for name in {"root", "en", spoken.partition("_")[0], spoken}:
        data = root / "locale-data" / f"{name}.dat"
        if data.is_file():
            _put(data, target / "locale-data" / data.name)


def _copy_plotly(root: Path, target: Path) -> None:
    """Copy all parts that a figure of ours can have, and the rules by which plotly checks them."""
    unknown = [f"layout.{name}" for name in _NO_LAYOUT]  # untranslated: a path

    def is_ours(path: str) -> bool:
        kind = path.partition(".")[0]
        if kind == "layout":
            return not any(path == name or path.startswith(f"{name}.") for name in unknown)
        return kind in (*_TRACES, "data", "frame", "frames")

    for source in sorted((root / "graph_objs").rglob("*.py")):
        inside = source.relative_to(root / "graph_objs")
        kind = ".".join(inside.parent.parts) or inside.stem.lstrip("_")
        if is_ours(kind):
            _put(source, target / "graph_objs" / inside)
    rules = json.loads((root / _RULES).read_text(encoding="utf-8"))
    ours = {path: rule for path, rule in rules.items() if is_ours(path)}
    (target / _RULES).parent.mkdir(parents=True, exist_ok=True)
    (target / _RULES).write_text(json.dumps(ours, separators=(",", ":")), encoding="utf-8")


def _source(file: Path) -> Path:
    """Return the source of a module that may have been compiled to machine code."""
    plain = file.with_name(file.name.partition(".")[0] + ".py")
    return plain if plain.is_file() else file


def _put(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)


def _copy_twitchlib(target: Path) -> None:
    package = Path(twitchlib.__file__).parent
    for source in sorted(package.rglob("*")):
        inside = source.relative_to(package)
        left_out = any(inside.is_relative_to(name) for name in _NOT_IN_THE_BROWSER)
        if source.is_file() and not left_out and "__pycache__" not in inside.parts:
            _put(source, target / "twitchlib" / inside)
    tables = folder("data")
    for table in sorted(tables.rglob("*")):
        if table.is_file():
            _put(table, target / _TABLES / table.relative_to(tables))
    catalogue = Path(os.environ.get(LANGUAGE, ""))
    if catalogue.suffix == ".po":  # one that is not among the tables
        _put(catalogue, target / _TABLES / "messages" / catalogue.name)


def _is_wanted(name: str) -> bool:
    path = Path(name)
    package = path.parts[0]
    unused = any(part.partition(".")[0] in _UNUSED.get(package, ()) for part in path.parts)
    return package in _UNUSED and path.suffix in (".py", ".so") and not unused


def licences(wheels: Iterable[Path]) -> str:
    """Return the licences of everything in the archive and of the interpreter, as they require."""
    parts = [_INTERPRETERS]
    names = packages_distributions()
    packages = (*PACKAGES, *_BESIDE)
    for name in sorted({names[package][0] for package in packages if package in names}):
        known = distribution(name)
        parts.append(f"{known.name} {known.version}")
        texts = [file for file in known.files or () if "licen" in file.name.lower()]
        parts += [Path(str(text.locate())).read_text(encoding="utf-8") for text in texts]
    for file in wheels:
        parts.append(file.name)
        with zipfile.ZipFile(file) as wheel:
            inside = [name for name in wheel.namelist() if Path(name).stem.lower() == "license"]
            parts += [wheel.read(name).decode() for name in inside]
    return "\n\n".join(parts)


def packed(files: Mapping[str, Path]) -> bytes:
    """Return the gzipped archive of files, given by their names in it."""
    return gzip.compress(joined(files), compresslevel=9, mtime=0)


def joined(files: Mapping[str, Path]) -> bytes:
    """Return the archive before it is gzipped."""
    index = [[name, file.stat().st_size] for name, file in files.items()]
    return b"".join(_chunks(index, files.values()))


def _chunks(index: list[list[object]], files: Iterable[Path]) -> Iterator[bytes]:
    head = json.dumps(index, separators=(",", ":")).encode()
    yield struct.pack("<I", len(head))
    yield head
    for file in files:
        yield file.read_bytes()
