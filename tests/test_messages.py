"""Every word that code shows is in the catalogue, and a catalogue reaches every word."""

from pathlib import Path

import pytest

from translation.unmarked import unmarked

ROOT = Path(__file__).parents[1]
# Words for who edits the tables, who packages the course, and for the catalogue itself.
FOR_MAKERS = {
    "guide/__init__.py",
    "guide/errors.py",
    "guide/references.py",
    "guide/schema.py",
    "guide/tables.py",
    "messages.py",
    "places.py",
}
MODULES = sorted(
    path.relative_to(ROOT / "twitchlib").as_posix() for path in ROOT.glob("twitchlib/**/*.py")
)


@pytest.mark.parametrize("module", [name for name in MODULES if name not in FOR_MAKERS])
def test_what_a_reader_sees_is_marked(module: str) -> None:
    source = (ROOT / "twitchlib" / module).read_text(encoding="utf-8")
    assert [f"{line}: {text}" for line, text in sorted(unmarked(source))] == []
