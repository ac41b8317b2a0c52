"""``make kit``: the course as a folder for a room without internet, tested before it is handed out.

The folder holds every wheel at the version in `constraints.txt`, their checksums, and `start.py`,
the only file to run. It works on the kind of computer, and with the Python version, that it was
made on. The same wheels always give the same zip, byte for byte.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / "dist" / "twitchlib-kit"
START = Path(__file__).with_name("start.py")
MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can store


def fill(kit: Path) -> None:
    """Put the wheels and their description into an empty folder."""
    shutil.rmtree(kit, ignore_errors=True)
    wheels = kit / "wheels"
    wheels.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels)]
    command += ["--constraint", str(ROOT / "constraints.txt"), str(ROOT)]
    subprocess.run(command, check=True, env={**os.environ, "TWITCHLIB_REQUIRE_BUNDLE": "1"})
    shutil.copy(START, kit)
    describe(kit)


def describe(kit: Path) -> None:
    """Record what the kit is for and what it holds."""
    about = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "platform": platform.platform(terse=True),
        "sha256": {
            wheel.name: hashlib.sha256(wheel.read_bytes()).hexdigest()
            for wheel in sorted((kit / "wheels").glob("*.whl"))
        },
    }
    (kit / "kit.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def pack(kit: Path) -> Path:
    """Pack the kit into a zip, and return its path."""
    target = kit.with_suffix(".zip")
    with zipfile.ZipFile(target, "w") as packed:
        for file in sorted(file for file in kit.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(f"{kit.name}/{file.relative_to(kit).as_posix()}", MIDNIGHT)
            packed.writestr(entry, file.read_bytes())
    return target


def try_out(packed: Path) -> str:
    """Unpack a kit elsewhere, start it without a package index, and return its first page."""
    with tempfile.TemporaryDirectory() as elsewhere:
        with zipfile.ZipFile(packed) as kit:
            kit.extractall(elsewhere)
        start = Path(elsewhere) / packed.stem / START.name
        process = subprocess.Popen(
            [sys.executable, "-u", str(start), "--port", "0"],
            env={**os.environ, "PIP_NO_INDEX": "1", "PYTHONPATH": ""},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            words = (word for line in lines for word in line.split())
            url = next(word for word in words if word.startswith("http://"))
            with urllib.request.urlopen(f"{url}instructor", timeout=60) as page:
                first: str = page.read().decode()
                return first
        finally:
            process.terminate()
            process.wait(60)


def main() -> None:
    fill(KIT)
    packed = pack(KIT)
    assert "How a signal becomes a movement" in try_out(packed)
    size_mb = packed.stat().st_size / 1e6
    print(f"{packed.relative_to(ROOT)} is ready ({size_mb:.0f} MB): unpack it, run start.py")


if __name__ == "__main__":
    main()
