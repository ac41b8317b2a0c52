"""Modules that are fetched when one of them is imported."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from twitchlib.serving.site.archive import packed
from twitchlib.snapshot.more import More


@pytest.fixture
def more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[More]:
    source = tmp_path / "source.py"
    source.write_text("VALUE = 3\n")
    content = packed({"rarely_needed/__init__.py": source, str(tmp_path / "elsewhere"): source})
    root = tmp_path / "course"
    finder = More({"rarely_needed"}, root, "more.bin")
    finder.fetch = {"more.bin": content}.__getitem__
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    monkeypatch.syspath_prepend(str(root))
    yield finder
    sys.modules.pop("rarely_needed", None)


def test_modules_are_fetched_and_found(more: More, tmp_path: Path) -> None:
    assert importlib.import_module("rarely_needed").VALUE == 3
    assert (tmp_path / "elsewhere").is_file()
    assert more not in sys.meta_path


def test_any_other_module_fetches_nothing(more: More) -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("not_there_at_all")
    assert more in sys.meta_path
