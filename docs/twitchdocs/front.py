"""Supply the scripts that draw the lessons: the course's own front end, and plotly.js.

Both are modules, which a page opened from a disk cannot import from a file. So each is stored as
text in a classic script, from which the page makes the module.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twitchdocs.pages import put
from twitchlib.serving.render import BUNDLES
from twitchlib.snapshot import common

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["add_scripts", "write_scripts"]

_MODULES: Final = {"front": BUNDLES / "front.js", "figures": BUNDLES / "plotly.js"}
_STYLE: Final = BUNDLES / "front.css"
_PARTS: Final = (*_MODULES, "common")


def write_scripts(folder: Path) -> None:
    """Write the scripts and the style sheet into a folder.

    Raises
    ------
    ExtensionError
        If Node.js has not bundled them.
    """
    from sphinx.errors import ExtensionError  # others use this package without Sphinx

    try:
        texts = {name: file.read_text(encoding="utf-8") for name, file in _MODULES.items()}
        style = _STYLE.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ExtensionError(
            f"{error.filename} is missing, and the lessons cannot be drawn without it: "
            "install Node.js, then run `make clean` and `make docs`"
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**texts, "common": common.module()}.items():
        script = f"(globalThis.twitchlibParts ??= {{}}).{name} = {json.dumps(text)};\n"
        put(folder / f"{name}.js", script)
    put(folder / _STYLE.name, style)


def add_scripts(
    app: "Sphinx", page: str, _template: str, _context: dict[str, Any], _tree: object
) -> None:
    """Load the scripts and the style sheet on the pages of lessons only."""
    if page.startswith("lessons/"):
        app.add_css_file(_STYLE.name)
        for name in (*_PARTS, "lesson"):
            app.add_js_file(f"{name}.js", loading_method="defer")
