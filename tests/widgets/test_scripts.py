"""The scripts of the widgets, read as a translator's tools read them."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

SCRIPTS = Path(__file__).parents[2] / "twitchlib/widgets/js"


@pytest.mark.parametrize("script", [path.name for path in sorted(SCRIPTS.glob("*.js"))])
def test_every_marked_text_reaches_the_catalogue(script: str) -> None:
    # The reader of scripts takes a slash after a word, as in `return /"/`, for a division, and
    # then mistakes code for text up to the end of the file.
    path = SCRIPTS / script
    marked = re.findall(r"\bgettext\(", path.read_text(encoding="utf-8"))
    found = list(extract_from_file("javascript", path, keywords={"gettext": None}))
    assert len(found) == len(marked)
