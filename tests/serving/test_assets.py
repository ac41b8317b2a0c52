import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.assets import Assets, Part, Shelf, digest, packed, part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shelf = tmp_path / "shelf"
    (shelf / "mine").mkdir(parents=True)
    (shelf / "mine" / "page.js").write_text("let x = 1;" * 100, encoding="utf-8")
    (shelf / "mine" / "notes.txt").write_text("private", encoding="utf-8")
    (shelf / "other.js").write_text("x", encoding="utf-8")
    (tmp_path / "secret.js").write_text("secret", encoding="utf-8")
    return shelf


def test_a_file_is_found_by_shelf_and_path(folder: Path) -> None:
    assets = Assets([Shelf("a-1", (folder.parent / "none", folder), within=("mine/",))])
    assert assets.find("a-1", "mine/page.js") == folder / "mine" / "page.js"


@pytest.mark.parametrize(
    ("shelf", "path"),
    [
        ("a-2", "mine/page.js"),
        ("a-1", "mine/notes.txt"),
        ("a-1", "mine/none.js"),
        ("a-1", "mine"),
        ("a-1", "other.js"),
        ("a-1", "mine/../other.js/../../secret.js"),
        ("a-1", "mine/../../secret.js"),
    ],
)
def test_a_file_that_may_not_be_served_does_not_exist(folder: Path, shelf: str, path: str) -> None:
    assert Assets([Shelf("a-1", (folder,), within=("mine/",))]).find(shelf, path) is None


@given(parts=st.lists(st.sampled_from(["..", ".", "mine", "page.js", "", "secret.js", "~"])))
def test_no_path_leads_out_of_the_shelf(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / "secret.js").write_text("secret", encoding="utf-8")
    (root / "inside" / "mine").mkdir(parents=True, exist_ok=True)
    found = Shelf("a", (root / "inside",)).find("/".join(parts))
    assert found is None or found.is_relative_to(root / "inside")


def test_the_name_of_a_folder_changes_with_its_contents(folder: Path) -> None:
    before = digest(folder)
    assert digest(folder) == before
    (folder / "other.js").write_text("y", encoding="utf-8")
    assert digest(folder) != before
    assert digest(folder.parent / "none") == ""


def test_packing(folder: Path) -> None:
    file = folder / "mine" / "page.js"
    plain, small = packed(file, file.stat().st_mtime_ns)
    assert small is not None
    assert len(small) < len(plain)
    assert gzip.decompress(small) == plain == file.read_bytes()


def test_a_file_that_does_not_get_smaller_is_left_alone(folder: Path) -> None:
    noise = folder / "noise.js"
    noise.write_bytes(os.urandom(2000))
    assert packed(noise, 0)[1] is None


def test_a_page_gets_the_plain_and_the_compressed_size_of_a_file(folder: Path) -> None:
    file = folder / "mine" / "page.js"
    plain, small = packed(file, file.stat().st_mtime_ns)
    assert small is not None
    assert part("/static/page.js", file) == Part("/static/page.js", len(plain), len(small))
    assert part("/static/none.js", folder / "none.js") is None
