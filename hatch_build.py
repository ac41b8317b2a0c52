"""Build hook: with Node, if it is installed, bundle what pages need from npm.

That is plotly.js for the figures, the front end of the widgets, and Pyodide (the Python of a site
without a server) with its decompressor. The bundles are not kept in the repository, and are built
again only when one of their ingredients has changed.
Without Node the package works with the larger plotly.js that comes with plotly and the larger
front end that comes with Voilà. For a release, ``TWITCHLIB_REQUIRE_BUNDLE=1`` makes a missing
bundle an error.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("twitchlib/widgets/static")
PYODIDE = Path("twitchlib/serving/site/pyodide")
BUNDLES = {
    "plotly": (FOLDER / "plotly.js",),
    "front": (FOLDER / "front.js", FOLDER / "front.css"),
    "xz": (PYODIDE / "xz.mjs",),
}
"""Name of esbuild's metafile → where the files that it describes go."""
PYTHON = (
    "package.json", "pyodide-lock.json", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide.mjs",
    "python_stdlib.zip",
)  # fmt: skip
"""The files of Pyodide to include: the interpreter and the standard library, but no packages."""
INGREDIENTS = (
    "package.json",
    "package-lock.json",
    "hatch_build.py",
    "LICENSE",
    "twitchlib/widgets/js/plotly_*.js",
    "twitchlib/serving/front/*",
)
CONDITIONS = {
    "BSD-3-Clause": ("LICENSE", "authors\n\n"),
    "MIT": ("node_modules/esbuild/LICENSE.md", "Wallace\n\n"),
}
"""Licence → a file with its text, and the words after which its conditions begin."""
REQUIRE = "TWITCHLIB_REQUIRE_BUNDLE"


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the bundles in place before the wheel, or the editable install, is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundles if one is missing or stale.

        Raises
        ------
        RuntimeError, OSError
            If the bundles cannot be built although ``TWITCHLIB_REQUIRE_BUNDLE`` requires them.
        """
        try:
            build(Path(self.root))
        except (RuntimeError, OSError) as error:
            if os.environ.get(REQUIRE) == "1":
                raise
            self.app.display_warning(
                f"nothing was bundled ({error}); pages will use the larger plotly.js and front end "
                "that come with the Python packages"
            )


def build(root: Path) -> bool:
    """Build the bundles under ``root``; return False if they are up to date already.

    Raises
    ------
    RuntimeError
        If npm is missing or fails; the message quotes npm.
    """
    banner = f"/* {stamp(root)} */\n"
    bundled = [root / file for files in BUNDLES.values() for file in files]
    carried = [root / PYODIDE / file for file in PYTHON]
    if all(_begins(file, banner) for file in bundled) and all(map(Path.is_file, carried)):
        return False
    _npm(root, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _npm(root, "run", "bundle")
    for folder in (FOLDER, PYODIDE):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, files in BUNDLES.items():
        made = json.loads((root / f"build/{name}.json").read_text(encoding="utf-8"))["outputs"]
        for file in files:
            code = (root / "build" / file.name).read_text(encoding="utf-8")
            packages = packages_of(made[f"build/{file.name}"]["inputs"])
            target = root / file
            # Replaced in one step: a server may be reading the old one.
            draft = target.with_name(f"{file.name}.new")
            draft.write_text(banner + code + notices(root, packages), encoding="utf-8")
            draft.replace(target)
    for file in carried:
        shutil.copyfile(root / "node_modules/pyodide" / file.name, file)
    return True


def _begins(file: Path, banner: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8").startswith(banner)


def ingredients(root: Path) -> list[Path]:
    """Return the files that the bundles are made from."""
    return sorted(file for pattern in INGREDIENTS for file in root.glob(pattern))


def stamp(root: Path) -> str:
    """Return a fingerprint of everything that the bundles are made from."""
    digest = hashlib.sha256()
    for file in ingredients(root):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def packages_of(inputs: dict[str, dict[str, int]]) -> list[str]:
    """Return the folders of the npm packages that a bundle has code from.

    Parameters
    ----------
    inputs : dict
        Input path → ``{"bytesInOutput": int}``, from esbuild's metafile.
    """
    folders = set()
    for path, share in inputs.items():
        before, mark, after = path.rpartition("node_modules/")
        if mark and share["bytesInOutput"]:
            depth = 2 if after.startswith("@") else 1
            folders.add(before + mark + "/".join(after.split("/")[:depth]))
    return sorted(folders)


def notices(root: Path, packages: list[str]) -> str:
    """Return the packages' licences, as they require, in one comment for a script or style sheet.

    Some packages name their licence without including its text. The text then follows once, at
    the end, taken from this project or from another package under the same licence.
    """
    parts = ["/*! This file holds the packages below, each under its own licence.\n"]
    conditions = {}
    for package in packages:
        folder = root / package
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        parts.append(f"\n{about['name']} {about['version']} ({about['license']})\n\n")
        texts = [p for p in sorted(folder.iterdir()) if p.name.lower().startswith("licen")]
        parts += [text.read_text(encoding="utf-8").replace("*/", "* /") for text in texts]
        if not texts:
            parts.append(f"Copyright (c) {_author(about)}\n")
            if about["license"] in CONDITIONS:
                conditions[about["license"]] = _conditions(root, about["license"])
    return "".join([*parts, *conditions.values(), "*/\n"])


def _conditions(root: Path, licence: str) -> str:
    file, mark = CONDITIONS[licence]
    text = (root / file).read_text(encoding="utf-8").partition(mark)[2]
    return f"\n{licence} License\n\n" + text.partition("\nThis licence covers")[0]


def _author(about: dict[str, Any]) -> str:
    author = about["author"]
    return str(author["name"] if isinstance(author, dict) else author)


def _npm(root: Path, *arguments: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not installed")
    done = subprocess.run(  # noqa: S603
        [npm, "--loglevel=error", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise RuntimeError(f"npm {arguments[0]}: {words[0]}")
