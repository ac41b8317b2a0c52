"""Set up the course from the wheels beside this file, without the internet, and serve it.

    python start.py            # any option of `twitchlib serve` may follow, such as --port 9000

This needs nothing but the Python version that the kit was made for.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / "environment"


def problems(
    kit: Path = HERE, version: str = f"{sys.version_info[0]}.{sys.version_info[1]}"
) -> str:
    """Return a sentence that says why this Python cannot use a kit; empty if it can."""
    about = json.loads((kit / "kit.json").read_text(encoding="utf-8"))
    if version != about["python"]:
        return f"This kit is for Python {about['python']}, and this is Python {version}."
    wheels = {wheel.name: wheel for wheel in (kit / "wheels").glob("*.whl")}
    for name, digest in about["sha256"].items():
        if name not in wheels:
            return f"The file wheels/{name} is missing. Copy the kit again."
        if hashlib.sha256(wheels[name].read_bytes()).hexdigest() != digest:
            return f"The file wheels/{name} is damaged. Copy the kit again."
    return ""


def program(name: str) -> str:
    """Return the path of a program in the kit's environment."""
    return str(ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / name)


def set_up() -> None:
    """Create the environment, replacing an incomplete one left by an interrupted run."""
    done = ENVIRONMENT / "complete"
    if done.exists():
        return
    print("Setting up, once. This takes a minute or two.", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    command = [program("python"), "-m", "pip", "install", "--quiet", "--no-index"]
    command += ["--disable-pip-version-check", "--find-links", str(HERE / "wheels"), "twitchlib"]
    subprocess.run(command, check=True)
    done.touch()


def main() -> int:
    problem = problems()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    set_up()
    serve = [program("twitchlib"), "serve", *(sys.argv[1:] or ["--open"])]
    if os.name == "posix":
        os.execv(serve[0], serve)  # noqa: S606 - ending this process then ends the server
    return subprocess.call(serve)


if __name__ == "__main__":
    sys.exit(main())
