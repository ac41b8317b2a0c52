"""Where the server listens, and where it talks to its kernels."""

import errno
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any, Final

import psutil
from tornado.netutil import bind_sockets, bind_unix_socket

from twitchlib.messages import gettext as _

__all__ = ["PortTakenError", "bind", "bind_file", "private_folder", "reachable"]

# A Unix socket's path has at most 104 bytes on some systems; the file name takes about 55 of them.
_FOLDER_BYTES: Final = 45
_FOLDER: Final = "twitch_"


class PortTakenError(OSError):
    """The port is in use, or this user may not listen on it."""


def bind(port: int, address: str) -> list[Any]:
    """Return listening sockets.

    Raises
    ------
    PortTakenError
        If the port or the address is not available; the message says why.
    """
    try:
        return bind_sockets(port, address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(_("port {port} is already in use", port=port)) from error
        if error.errno == errno.EACCES:
            refused = _("port {port} needs rights that you do not have", port=port)
            raise PortTakenError(refused) from error
        if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
            foreign = _("{address} is not an address of this computer", address=address)
            raise PortTakenError(foreign) from error
        raise


def bind_file(path: Path) -> list[Any]:
    """Return a listening Unix socket that only this user can connect to.

    Raises
    ------
    PortTakenError
        If it cannot be made there; the message says why.
    """
    if path.exists() and not path.is_socket():
        raise PortTakenError(_("{path} exists already, and is not a socket", path=path))
    try:
        return [bind_unix_socket(str(path), mode=0o600)]
    except OSError as error:
        raise PortTakenError(f"{path}: {error}") from error


def private_folder() -> str:
    """Make a folder for the kernels' sockets, and remove those of servers that were killed."""
    # Only the owner can read it, which is what keeps a kernel's sockets private.
    root = tempfile.gettempdir()
    if os.name == "posix" and len(root.encode()) > _FOLDER_BYTES:
        root = "/tmp"  # noqa: S108
    _sweep_folders(Path(root))
    return tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}_", dir=root)


def _sweep_folders(root: Path) -> None:
    """Remove what was left behind by servers that were killed and could not tidy up."""
    for folder in root.glob(f"{_FOLDER}*_*"):
        pid = folder.name.removeprefix(_FOLDER).partition("_")[0]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)) and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)  # other users' folders stay


def reachable(address: str) -> str:
    """Return what to type into an address bar to reach a server that listens on an address."""
    if address in {"", "0.0.0.0", "::"}:  # noqa: S104
        return socket.gethostname()
    return f"[{address}]" if ":" in address else address
