"""Build hook: bundle plotly.js for the page with Node, where there is Node.

The bundle is not kept in the repository. It is made once and again only when one of its
ingredients has changed. Without Node the package works too, with the larger plotly.js that the
Python package brings; ``TWITCHLIB_REQUIRE_BUNDLE=1`` makes its absence an error, for a release.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = Path("twitchlib/widgets/static/plotly.js")
INGREDIENTS = ("package.json", "package-lock.json", "twitchlib/widgets/js/plotly_bundle.js")
REQUIRE = "TWITCHLIB_REQUIRE_BUNDLE"


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Put the bundle in place before the wheel, or the editable install, is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle if it is missing or stale.

        Raises
        ------
        RuntimeError
            If there is no bundle in the end although ``TWITCHLIB_REQUIRE_BUNDLE`` asks for one.
        """
        try:
            build(Path(self.root))
        except (RuntimeError, OSError) as error:
            if os.environ.get(REQUIRE) == "1":
                raise
            self.app.display_warning(
                f"plotly.js was not bundled ({error}); figures use the copy in Python's plotly"
            )


def build(root: Path) -> bool:
    """Build the bundle under ``root``; return False if what is there is up to date.

    Raises
    ------
    RuntimeError
        If npm is missing or fails, with its last words.
    """
    target = root / BUNDLE
    banner = f"/* {stamp(root)} */\n"
    if target.is_file() and target.read_text(encoding="utf-8").startswith(banner):
        return False
    _npm(root, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _npm(root, "run", "bundle")
    inputs = json.loads((root / "build/plotly.json").read_text(encoding="utf-8"))["outputs"]
    packages = packages_of(inputs["build/plotly.js"]["inputs"])
    code = (root / "build/plotly.js").read_text(encoding="utf-8")
    target.parent.mkdir(exist_ok=True)
    # Replaced in one step: a server may be reading the old one.
    draft = target.with_suffix(".new")
    draft.write_text(banner + code + notices(root, packages), encoding="utf-8")
    draft.replace(target)
    return True


def stamp(root: Path) -> str:
    """Return a fingerprint of everything that the bundle is made from."""
    digest = hashlib.sha256()
    for name in INGREDIENTS:
        digest.update((root / name).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def packages_of(inputs: dict[str, dict[str, int]]) -> list[str]:
    """Return the folders of the npm packages of which something is in the bundle.

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
    """Return the packages' licences as one JavaScript comment, as they ask for."""
    parts = ["/*! This file holds the packages below, each under its own licence.\n"]
    for package in packages:
        folder = root / package
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        parts.append(f"\n{about['name']} {about['version']} ({about['license']})\n\n")
        texts = (p for p in sorted(folder.iterdir()) if p.name.lower().startswith("licen"))
        parts += [text.read_text(encoding="utf-8").replace("*/", "* /") for text in texts]
    return "".join([*parts, "*/\n"])


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
