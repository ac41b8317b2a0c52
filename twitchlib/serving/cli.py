"""The ``twitchlib`` command: ``serve`` for a classroom, ``lab`` for a student."""

import argparse
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import twitchlib
from twitchlib import guide
from twitchlib.places import folder
from twitchlib.quantity import OutOfRangeError

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="twitchlib",
        description="An interactive course on muscle twitching. It teaches; it does not diagnose.",
    )
    parser.add_argument("--version", action="version", version=twitchlib.__version__)
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser("serve", help="serve the lessons as pages, for a classroom")
    serve.add_argument("--port", type=int, default=8866, help="port to listen on (%(default)s)")
    serve.add_argument(
        "--address",
        default="127.0.0.1",
        help="address to listen on; 0.0.0.0 lets other computers in (%(default)s)",
    )
    serve.add_argument(
        "--pool",
        type=int,
        default=1,
        help="copies of each lesson kept warm, about 100 MB each (%(default)s)",
    )
    serve.add_argument(
        "--base-url", default="/", metavar="/PATH/", help="path behind a proxy (%(default)s)"
    )
    serve.add_argument("--open", action="store_true", help="open the course in a browser")
    serve.add_argument(
        "--notebooks", type=Path, metavar="FOLDER", help="serve these notebooks instead"
    )
    serve.set_defaults(run=_serve)

    lab = commands.add_parser("lab", help="copy the lessons and open them in JupyterLab")
    lab.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("twitchlib-notebooks"),
        help="where your notebooks are to be (%(default)s)",
    )
    lab.epilog = "Further options go to JupyterLab, such as --no-browser or --port=9999."
    lab.set_defaults(run=_lab)
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _complain(text: object) -> int:
    sys.stderr.write(f"twitchlib: {text}\n")
    return 2


def _serve(chosen: argparse.Namespace) -> int:
    # Imported here, so that --help and --version do not wait for a web server to load.
    from twitchlib.serving.config import Options
    from twitchlib.serving.server import PortTakenError, serve

    try:
        # A table that cannot be used is told here, and not by a page full of apologies.
        guide.load()
        options = Options(
            notebooks=chosen.notebooks or folder("notebooks"),
            address=chosen.address,
            port=chosen.port,
            base_url=chosen.base_url,
            pool=chosen.pool,
        )
    except (OutOfRangeError, FileNotFoundError, guide.GuideError) as error:
        return _complain(error)

    def announce(url: str) -> None:
        _say(f"The course is at {url} (stop with Ctrl-C)")
        if chosen.open:
            webbrowser.open(url)

    try:
        serve(options, announce)
    except PortTakenError as error:
        return _complain(f"{error}: choose another with --port or --address")
    return 0


def _lab(chosen: argparse.Namespace) -> int:
    from twitchlib.serving.lab import copy_lessons, open_lab

    try:
        copied = copy_lessons(folder("notebooks"), chosen.folder)
    except OSError as error:
        return _complain(error)
    if copied.new:
        _say(f"Copied to {chosen.folder}: {', '.join(copied.new)}")
    if copied.kept:
        _say(f"Kept as they are in {chosen.folder}: {', '.join(copied.kept)}")
    return open_lab(chosen.folder, chosen.further)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code.

    Parameters
    ----------
    arguments : sequence of str or None
        What was typed after ``twitchlib``; the process's own arguments unless given.

    Returns
    -------
    int
        0 when all went well, 2 for options or a port that cannot be used.
    """
    parser = _parser()
    chosen, further = parser.parse_known_args(arguments)
    if further and chosen.command != "lab":
        parser.error(f"no such option: {' '.join(further)}")
    chosen.further = further
    code: int = chosen.run(chosen)
    return code
