"""The offline kit: what it refuses, and that equal wheels make equal kits."""

import json
import sys
from pathlib import Path

import pytest

from kit import build, start

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Return a kit of two files that stand in for wheels."""
    wheels = tmp_path / "twitchlib-kit" / "wheels"
    wheels.mkdir(parents=True)
    for name in ("b-1-py3-none-any.whl", "a-1-py3-none-any.whl"):
        (wheels / name).write_bytes(name.encode())
    build.describe(wheels.parent)
    return wheels.parent


def test_an_intact_kit_is_accepted(kit: Path) -> None:
    assert start.problems(kit, VERSION) == ""


def test_another_python_is_refused_and_the_right_one_named(kit: Path) -> None:
    assert (
        start.problems(kit, "2.7") == f"This kit is for Python {VERSION}, and this is Python 2.7."
    )


def test_a_missing_or_damaged_wheel_is_named(kit: Path) -> None:
    wheel = kit / "wheels" / "a-1-py3-none-any.whl"
    wheel.write_bytes(b"half of it")
    assert start.problems(kit) == f"The file wheels/{wheel.name} is damaged. Copy the kit again."
    wheel.unlink()
    assert start.problems(kit) == f"The file wheels/{wheel.name} is missing. Copy the kit again."


def test_equal_wheels_make_equal_kits(kit: Path) -> None:
    first = build.pack(kit).read_bytes()
    build.describe(kit)
    for wheel in (kit / "wheels").iterdir():
        wheel.touch()
    assert build.pack(kit).read_bytes() == first
    assert list(json.loads((kit / "kit.json").read_text())["sha256"]) == sorted(
        wheel.name for wheel in (kit / "wheels").iterdir()
    )
