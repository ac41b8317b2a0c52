"""What a student's server does at its start: lessons into the home, dashboards beside them.

Jupyter reads this file where JUPYTER_CONFIG_PATH leads to its folder, or from /etc/jupyter.
"""

import os
import sys
from pathlib import Path

from twitchlib.places import folder
from twitchlib.serving.lab import copy_lessons, environment

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - defined by Jupyter

HOME = Path.home()

# Never over a student's own work; see `copy_lessons`.
copy_lessons(folder("notebooks"), HOME / "muscle-twitching")

# How the course sets up JupyterLab.
os.environ.update(environment())

# Read by every lesson, as a notebook and as a dashboard, so that answers outlive the tab.
os.environ.setdefault("TWITCHLIB_PROGRESS", str(HOME / "twitchlib-progress.json"))

# Nothing is asked of the internet.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"

# The dashboards come from a server of the student's own, started when they are first asked for. It
# listens on a Unix socket that only the student can open: on a port, others on the same computer
# could go around the sign-in.
c.ServerProxy.servers = {
    "course": {
        "command": [
            sys.executable, "-c", "from twitchlib.serving.cli import main; exit(main())",
            "serve", "--alone", "--socket", "{unix_socket}", "--base-url", "{base_url}course/",
        ],
        "unix_socket": True,
        "absolute_url": True,
        "timeout": 60,
        "launcher_entry": {"title": "Muscle twitching: dashboards"},
    }
}  # fmt: skip
