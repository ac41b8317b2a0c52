"""A hub on this computer, for trying the course in one: `make hub`.

Anybody can sign in with any name and the password below, and all servers run as the same user.
So this is not a hub for a class; for that, see the other files in this folder.
"""

import os
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - defined by JupyterHub

HERE = Path(__file__).parent
PORT = int(os.environ.get("HUB_PORT", "8000"))
STATE = Path(os.environ.get("HUB_STATE", HERE / "state")).resolve()
STATE.mkdir(parents=True, exist_ok=True)

c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{os.environ.get('HUB_API_PORT', '8081')}"
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.cleanup_servers = True

c.ConfigurableHTTPProxy.command = [
    str(HERE / "node_modules" / ".bin" / "configurable-http-proxy"),
    "--log-level",
    "warn",
]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ.get('HUB_PROXY_PORT', '8082')}"
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ.get("HUB_PASSWORD", "twitching")
c.Authenticator.allow_all = True

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "home" / "{username}")
c.Spawner.default_url = "/lab/tree/muscle-twitching/00_start_here.ipynb"
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(HERE / "jupyter")}
if hasattr(os, "geteuid") and os.geteuid() == 0:
    c.Spawner.args = ["--allow-root"]
c.Spawner.poll_interval = 5  # s until a server that was killed may be started again
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
