"""What a site's pages have that a server's pages do not."""

import base64
import gzip
import hashlib
import json
import re
import struct
from pathlib import Path

import pytest

from twitchlib.serving import cli
from twitchlib.serving.site import archive
from twitchlib.serving.site.course import SiteCourse
from twitchlib.serving.site.pages import LESSONS_LEFT_OUT, guarded, with_pages

HEAD = '<head><meta charset="utf-8"><script>one()</script></head>'


def test_links_to_notebooks_lead_to_pages() -> None:
    text = '<a href="03_triggers.ipynb">3</a> <a href="04_x.ipynb#step">4</a> "05_y.ipynb"'
    assert with_pages(text) == (
        '<a href="03_triggers.html">3</a> <a href="04_x.html#step">4</a> "05_y.ipynb"'
    )


def test_a_lesson_without_a_page_is_left_as_a_notebook() -> None:
    (left_out,) = LESSONS_LEFT_OUT
    assert with_pages(f'<a href="{left_out}">8</a>') == f'<a href="{left_out}">8</a>'


def test_a_page_names_its_own_scripts_and_allows_no_others() -> None:
    page = guarded(f"{HEAD}<script>two()</script><script type='application/json'>{{}}</script>")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert page.index("Content-Security-Policy") < page.index("<script>")
    for script in ("one()", "two()"):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    scripts = next(part for part in policy[1].split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in policy[1]


def test_addresses_are_relative(tmp_path: Path) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# One"}
    (tmp_path / "01_one.ipynb").write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    )
    context = SiteCourse(tmp_path, "./").context("01_one.ipynb")
    assert context["lessons"][0]["url"] == "01_one.html"
    assert context["notes"] == "notes_01_one.html"
    assert not context["instructor"].startswith("/")


def test_an_archive_lists_names_and_sizes_and_then_the_contents(tmp_path: Path) -> None:
    files = {"a/one.pyc": tmp_path / "1", "two": tmp_path / "2"}
    files["a/one.pyc"].write_bytes(b"123")
    files["two"].write_bytes(b"45")
    whole = gzip.decompress(archive.packed(files))
    (length,) = struct.unpack("<I", whole[:4])
    assert json.loads(whole[4 : 4 + length]) == [["a/one.pyc", 3], ["two", 2]]
    assert whole[4 + length :] == b"12345"
    assert archive.packed(files) == archive.packed(files)


def test_a_folder_with_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert cli.main(["site", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
