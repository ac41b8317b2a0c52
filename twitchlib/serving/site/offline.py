"""What lets a site open without a network, and from a phone's home screen."""

import hashlib
import json
from pathlib import Path
from typing import Final

from twitchlib.messages import gettext as _

__all__ = ["put_manifest", "put_offline"]

_SCRIPT: Final = Path(__file__).parent / "static" / "offline.js"
_NAME: Final = "offline.js"
_PAPER: Final = "#FCFBF8"


def put_offline(site: Path) -> str:
    """Write the script that keeps a site's files in the browser, once all of them are there.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.

    Returns
    -------
    str
        The site's version, which follows from its files.
    """
    files = {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file() and file.name != _NAME and file.stat().st_size
    }
    listed = json.dumps(files, separators=(",", ":"))
    version = hashlib.sha256(listed.encode()).hexdigest()[:12]
    script = _SCRIPT.read_text(encoding="utf-8")
    script = script.replace("{version}", version).replace("{files}", listed)
    (site / _NAME).write_text(script, encoding="utf-8")
    return version


def put_manifest(site: Path, icon: str) -> str:
    """Write what a phone needs to put the course on its home screen, and return its address.

    Parameters
    ----------
    site : pathlib.Path
        Folder of the site.
    icon : str
        Address of the icon.
    """
    manifest = {
        "name": _("Muscle twitching"),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    name = "manifest.webmanifest"
    (site / name).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return name
