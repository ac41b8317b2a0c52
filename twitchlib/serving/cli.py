"""The ``twitchlib`` command: ``serve`` for a classroom, ``lab`` for a student."""

import argparse
import os
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import twitchlib
from twitchlib import guide, messages
from twitchlib.errors import NotAllowedError
from twitchlib.guide.errors import GuideError
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.places import PROGRESS, folder

__all__ = ["main"]

_NAME: Final = "twitchlib"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_NAME,
        description=_(
            "An interactive course on muscle twitching. It teaches; it does not diagnose."
        ),
    )
    parser.add_argument("--version", action="version", version=twitchlib.__version__)
    commands = parser.add_subparsers(dest="command", required=True)

    serve = commands.add_parser("serve", help=_("serve the lessons as pages, for a classroom"))
    serve.add_argument("--port", type=int, default=8866, help=_("port to listen on (%(default)s)"))
    serve.add_argument(
        "--address",
        default="127.0.0.1",
        help=_("address to listen on; 0.0.0.0 lets other computers in (%(default)s)"),
    )
    serve.add_argument(
        "--visitors",
        type=int,
        metavar="N",
        help=_("maximum number of visitors at a time; by default, as many as memory allows"),
    )
    serve.add_argument(
        "--host",
        action="append",
        default=[],
        metavar=_("NAME"),
        help=_("a name under which the course may be reached, such as that of a proxy"),
    )
    serve.add_argument(
        "--behind",
        action="append",
        default=[],
        metavar=_("ADDRESS"),
        help=_(
            "a proxy on another computer, or its network, trusted to say where visitors come from"
        ),
    )
    serve.add_argument(
        "--metrics",
        type=int,
        metavar=_("PORT"),
        help=_("publish metrics for Prometheus on this port"),
    )
    serve.add_argument(
        "--metrics-address",
        default="127.0.0.1",
        metavar=_("ADDRESS"),
        help=_("address for the metrics; other computers cannot reach the default (%(default)s)"),
    )
    serve.add_argument(
        "--socket",
        type=Path,
        metavar=_("FILE"),
        help=_("for a hub: listen on this Unix socket instead, which only you can reach"),
    )
    serve.add_argument(
        "--alone",
        action="store_true",
        help=_("for one person: run a lesson when it is opened, and keep nothing ready"),
    )
    serve.add_argument(
        "--drain",
        type=float,
        default=0,
        metavar=_("MINUTES"),
        help=_(
            "when terminated (SIGTERM), admit nobody and give visitors this long to finish; a "
            "second signal stops at once (%(default)s)"
        ),
    )
    serve.add_argument(
        "--base-url", default="/", metavar=_("/PATH/"), help=_("path behind a proxy (%(default)s)")
    )
    serve.add_argument(
        "--no-fork",
        dest="fork",
        action="store_false",
        help=_("run the lesson again for each visitor, as on systems that cannot fork"),
    )
    serve.add_argument("--open", action="store_true", help=_("open the course in a browser"))
    serve.add_argument(
        "--notebooks", type=Path, metavar=_("FOLDER"), help=_("serve these notebooks instead")
    )
    serve.set_defaults(run=_serve)

    site = commands.add_parser(
        "site", help=_("write the lessons as a folder of files that needs no server")
    )
    site.add_argument("folder", type=Path, help=_("the site: a new folder, or a site to replace"))
    site.add_argument(
        "--notebooks", type=Path, metavar=_("FOLDER"), help=_("write these notebooks instead")
    )
    site.add_argument(
        "--numpy",
        type=Path,
        metavar=_("FILE"),
        default=os.environ.get("TWITCHLIB_NUMPY"),
        help=_(
            "numpy for Pyodide; fetched from Pyodide’s distribution unless given here or in "
            "TWITCHLIB_NUMPY"
        ),
    )
    site.add_argument(
        "--pandas",
        type=Path,
        metavar=_("FILE"),
        default=os.environ.get("TWITCHLIB_PANDAS"),
        help=_(
            "pandas for Pyodide, likewise (TWITCHLIB_PANDAS); without it, code that makes tables "
            "does not run on the site"
        ),
    )
    site.set_defaults(run=_site)

    lab = commands.add_parser("lab", help=_("copy the lessons and open them in JupyterLab"))
    lab.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("twitchlib-notebooks"),
        help=_("folder for your notebooks (%(default)s)"),
    )
    lab.epilog = _("Further options go to JupyterLab, such as --no-browser or --port=9999.")
    lab.set_defaults(run=_lab)
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _complain(text: object) -> int:
    sys.stderr.write(f"{_NAME}: {text}\n")
    return 2


def _forget_student() -> None:
    """Keep lessons from reading or writing the answers of whoever runs this command."""
    os.environ.pop(PROGRESS, None)


def _serve(chosen: argparse.Namespace) -> int:
    # Imported here so that --help and --version do not wait for a web server to load.
    from twitchlib.serving.config import Options
    from twitchlib.serving.endpoints import PortTakenError
    from twitchlib.serving.running import serve

    try:
        # A broken table is reported here, not by a page full of apologies.
        guide.load()
        options = Options(
            notebooks=chosen.notebooks or folder("notebooks"),
            address=chosen.address,
            port=chosen.port,
            base_url=chosen.base_url,
            fork=chosen.fork,
            visitors=chosen.visitors,
            hosts=tuple(chosen.host),
            behind=tuple(chosen.behind),
            metrics_port=chosen.metrics,
            metrics_address=chosen.metrics_address,
            socket=chosen.socket,
            alone=chosen.alone,
            drain_min=chosen.drain,
        )
    except (NotAllowedError, FileNotFoundError, GuideError) as error:
        return _complain(error)

    if not options.alone:
        _forget_student()

    def announce(url: str, room: int) -> None:
        _say(_("The course is at {url} (stop with Ctrl-C)", url=url))
        _say(ngettext("Room for about {n} visitor.", "Room for about {n} visitors.", room))
        if chosen.open:
            webbrowser.open(url)

    try:
        serve(options, announce)
    except PortTakenError as error:
        return _complain(_("{problem}: choose another with --port or --address", problem=error))
    return 0


def _site(chosen: argparse.Namespace) -> int:
    from twitchlib.serving.once import LessonFailedError
    from twitchlib.serving.site.build import Wanted, write
    from twitchlib.serving.site.frozen import FreezeError
    from twitchlib.serving.site.python import PythonMissingError

    wanted = Wanted(
        notebooks=chosen.notebooks or folder("notebooks"),
        target=chosen.folder,
        numpy=chosen.numpy,
        pandas=chosen.pandas,
    )
    _forget_student()
    try:
        guide.load()
        write(wanted, lambda part: _say(_("made: {part}", part=part)))
    except FileExistsError:
        return _complain(_("{folder} holds something other than a site", folder=chosen.folder))
    except (OSError, GuideError, PythonMissingError, FreezeError, LessonFailedError) as error:
        return _complain(error)
    _say(_("The site is in {folder}: put it on any file server", folder=chosen.folder))
    return 0


def _lab(chosen: argparse.Namespace) -> int:
    from twitchlib.serving.lab import copy_lessons, open_lab

    try:
        copied = copy_lessons(folder("notebooks"), chosen.folder)
    except OSError as error:
        return _complain(error)
    if copied.new:
        names = ", ".join(copied.new)
        _say(_("Copied to {folder}: {names}", folder=chosen.folder, names=names))
    if copied.renewed:
        names = ", ".join(copied.renewed)
        _say(_("Newer versions in {folder}: {names}", folder=chosen.folder, names=names))
    if copied.kept:
        names = ", ".join(copied.kept)
        _say(_("Kept as they are in {folder}: {names}", folder=chosen.folder, names=names))
    return open_lab(chosen.folder, chosen.further)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code.

    Parameters
    ----------
    arguments : sequence of str or None
        What was typed after ``twitchlib``; by default the arguments of this process.

    Returns
    -------
    int
        0 on success, 2 for options, a language or a port that cannot be used.
    """
    try:
        messages.language()
    except ValueError as error:
        return _complain(error)
    parser = _parser()
    chosen, further = parser.parse_known_args(arguments)
    if further and chosen.command != "lab":
        parser.error(_("no such option: {options}", options=" ".join(further)))
    chosen.further = further
    code: int = chosen.run(chosen)
    return code
