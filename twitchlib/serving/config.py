"""The options for serving the course, and the Voilà configuration that follows from them."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from traitlets.config import Config

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.places import folder
from twitchlib.serving.proxies import networks

__all__ = ["EXTENSIONS", "Options", "voila_config"]

EXTENSIONS: Final = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)
"""The front-end extensions a lesson needs: Jupyter widgets, their manager, our own."""

_HERE: Final = "twitchlib.serving"
_CELL_TIMEOUT_S: Final = 300
# nbclient gives up on the outputs of a cell 4 s after the kernel has answered, and drops them. On
# a busy machine that loses widgets from the page; waiting longer costs nothing when all is well.
_OUTPUT_TIMEOUT_S: Final = 120


@dataclass(frozen=True)
class Options:
    """Options for serving the course.

    Attributes
    ----------
    notebooks : pathlib.Path
        Folder of the lessons.
    address : str
        Address to listen on. By default only this computer can connect.
    port : int
        Port to listen on, 0 to 65535; 0 takes a free one.
    base_url : str
        Path under which the course is served, beginning and ending with a slash.
    fork : bool
        Whether visitors' copies are forked from a process in which their lesson was run once, on
        systems that allow it. Otherwise each copy runs its lesson again.
    visitors : int or None
        Most visitors at a time, 1 to 10,000; by default as many as there is memory for.
    hosts : tuple of str
        Names under which the course may be reached, besides this computer's own and IP addresses.
    behind : tuple of str
        Addresses of proxies on other computers, or of their networks, that are trusted to say
        where visitors come from. A proxy on this computer always is.
    metrics_port : int or None
        Port on which Prometheus finds metrics; none by default.
    metrics_address : str
        Address of that port. By default only this computer can connect.
    socket : pathlib.Path or None
        Unix socket to listen on instead of a port. Only this user can connect, so host names are
        not checked: that is left to whatever is in front of it, such as a hub.
    alone : bool
        Whether one person uses the course: then nothing is kept ready for others, and each page
        runs its lesson when it is opened.
    drain_min : float
        How long visitors may stay once the server has been asked to stop, 0 to 1440 min. It admits
        nobody during that time. 0 stops at once.

    Raises
    ------
    NotAllowedError
        If a value is not allowed; the error names the option, the value and what is allowed.
    """

    notebooks: Path = field(default_factory=lambda: folder("notebooks"))
    address: str = "127.0.0.1"
    port: int = 8866
    base_url: str = "/"
    fork: bool = True
    visitors: int | None = None
    hosts: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    metrics_port: int | None = None
    metrics_address: str = "127.0.0.1"
    socket: Path | None = None
    alone: bool = False
    drain_min: float = 0

    def __post_init__(self) -> None:
        """Check every option."""
        if not self.notebooks.is_dir():
            raise NotAllowedError("--notebooks", str(self.notebooks), _("a folder that exists"))
        if not 0 <= self.port <= 65535:
            raise NotAllowedError("--port", self.port, _("a whole number from 0 to 65535"))
        if self.visitors is not None and not 1 <= self.visitors <= 10_000:
            raise NotAllowedError("--visitors", self.visitors, _("a whole number from 1 to 10,000"))
        for host in self.hosts:
            if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", host, re.ASCII):
                raise NotAllowedError(
                    "--host", host, _("a name without port or path, such as school.example")
                )
        networks(self.behind)  # raises if one of them is not a network
        if self.metrics_port is not None and not 0 <= self.metrics_port <= 65535:
            raise NotAllowedError(
                "--metrics", self.metrics_port, _("a whole number from 0 to 65535")
            )
        if not 0 <= self.drain_min <= 1440:
            raise NotAllowedError(
                "--drain", self.drain_min, _("a number of minutes from 0 to 1,440")
            )
        if self.socket is not None and not self.socket.parent.is_dir():
            raise NotAllowedError("--socket", str(self.socket), _("a path in a folder that exists"))
        if not re.fullmatch(r"/([\w.~@%-]+/)*", self.base_url):
            raise NotAllowedError(
                "--base-url",
                self.base_url,
                _("a path that begins and ends with /, such as /course/"),
            )


def voila_config(options: Options) -> Config:
    """Return the Voilà configuration for `options`.

    Sources and tracebacks are stripped, kernels talk over Unix sockets in a private folder where
    the system has them (over TCP any local user could read and drive a visitor's kernel), and a
    page may send its kernel only widget messages. Voilà's own pool stays off: copies come from
    `twitchlib.serving.copies`.
    """
    config = Config()
    config.Voila.ip = options.address
    config.Voila.port = options.port
    config.Voila.base_url = options.base_url
    config.Voila.root_dir = str(options.notebooks.resolve())
    config.Voila.open_browser = False
    config.Voila.log_level = "WARN"
    config.Voila.config_file_paths = []  # they are for the user's other dashboards
    config.Voila.identity_provider_class = f"{_HERE}.connection.Everybody"
    config.Voila.kernel_websocket_connection_class = f"{_HERE}.connection.PageConnection"
    config.VoilaConfiguration.template = "twitchlib"
    config.VoilaConfiguration.theme = "light"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.preheat_kernel = False
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.extension_denylist = []
    config.VoilaConfiguration.multi_kernel_manager_class = f"{_HERE}.kernels.LessonKernels"
    config.VoilaExecutor.timeout = _CELL_TIMEOUT_S
    config.VoilaExecutor.iopub_timeout = _OUTPUT_TIMEOUT_S
    config.VoilaExecutor.raise_on_iopub_timeout = True
    # A restarted kernel would know nothing of the page that is open on it.
    config.KernelManager.autorestart = False
    config.KernelManager.transport = "ipc" if os.name == "posix" else "tcp"
    return config
