"""Configure a student's server: copy the lessons into their home, and offer the dashboards.

Jupyter reads this file from /etc/jupyter, or from any folder that JUPYTER_CONFIG_PATH lists.
"""

import os
import sys
from pathlib import Path

from twitchlib.places import folder
from twitchlib.serving.lab import copy_lessons, environment

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - defined by Jupyter

HOME = Path.home()

# This never overwrites a student's own work; see `copy_lessons`.
copy_lessons(folder("notebooks"), HOME / "muscle-twitching")

# The course's defaults for JupyterLab.
os.environ.update(environment())

# Every lesson reads this, both as a notebook and as a dashboard, so that answers outlive the tab.
os.environ.setdefault("TWITCHLIB_PROGRESS", str(HOME / "twitchlib-progress.json"))

# Make no requests to the internet.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"

# The dashboards come from the student's own course server, which is started when first needed. It
# listens on a Unix socket that only the student can open: on a port, others on the same computer
# could bypass the sign-in.
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
