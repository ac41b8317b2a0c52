"""The widgets' scripts: their texts reach translators, and they draw with the tested plotly.js."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "twitchlib/widgets/js"


@pytest.mark.parametrize("script", [path.name for path in sorted(SCRIPTS.glob("*.js"))])
def test_every_marked_text_reaches_the_catalogue(script: str) -> None:
    # The extractor takes a slash after a word, as in `return /"/`, for a division, and then
    # mistakes code for text up to the end of the file.
    path = SCRIPTS / script
    marked = re.findall(r"\bgettext\(", path.read_text(encoding="utf-8"))
    found = list(extract_from_file("javascript", path, keywords={"gettext": None}))
    assert len(found) == len(marked)


@pytest.mark.parametrize("script", ["figure_view.js", "plotly_course.js"])
def test_shortcuts_are_for_the_plotly_that_is_bundled(script: str) -> None:
    # Any other version is drawn slowly, with public functions only: test before changing this.
    pinned = json.loads((ROOT / "package.json").read_text())["devDependencies"]["plotly.js"]
    (tested,) = re.findall(r'const TESTED = "(.+)"', (SCRIPTS / script).read_text())
    assert tested == pinned
