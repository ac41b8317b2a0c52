import shutil
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.paths import jupyter_config_path
from jupyter_server.services.config.manager import ConfigManager

from twitchlib.serving import lab
from twitchlib.serving.lab import copy_lessons


def test_lessons_are_copied_to_a_new_folder(course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "a" / "mine"
    copied = copy_lessons(course, mine)
    assert copied.new == ("00_start_here.ipynb", "01_buttons.ipynb", "02_broken.ipynb")
    assert copied.kept == ()
    for name in copied.new:
        assert (mine / name).read_bytes() == (course / name).read_bytes()


def test_existing_files_are_never_overwritten(course: Path, tmp_path: Path) -> None:
    (tmp_path / "01_buttons.ipynb").write_text("my answers", encoding="utf-8")
    (tmp_path / "diary.csv").write_text("day", encoding="utf-8")
    copied = copy_lessons(course, tmp_path)
    assert copied.new == ("00_start_here.ipynb", "02_broken.ipynb")
    assert copied.kept == ("01_buttons.ipynb",)
    assert (tmp_path / "01_buttons.ipynb").read_text(encoding="utf-8") == "my answers"
    assert (tmp_path / "diary.csv").read_text(encoding="utf-8") == "day"
    assert copy_lessons(course, tmp_path).new == ()


def test_a_file_in_the_way_is_named(course: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(NotADirectoryError, match="mine"):
        copy_lessons(course, tmp_path / "mine")


def test_a_newer_version_replaces_what_nobody_has_changed(course: Path, tmp_path: Path) -> None:
    source, mine = tmp_path / "source", tmp_path / "mine"
    shutil.copytree(course, source)
    copy_lessons(source, mine)
    (mine / "01_buttons.ipynb").write_text("my answers", encoding="utf-8")
    for name in ("00_start_here", "01_buttons"):
        (source / f"{name}.ipynb").write_text("newer", encoding="utf-8")
    copied = copy_lessons(source, mine)
    assert copied.renewed == ("00_start_here.ipynb",)
    assert copied.kept == ("01_buttons.ipynb", "02_broken.ipynb")
    assert (mine / "00_start_here.ipynb").read_text(encoding="utf-8") == "newer"
    assert (mine / "01_buttons.ipynb").read_text(encoding="utf-8") == "my answers"
    # The renewed notebook has not been changed either, so the next version replaces it, too.
    (source / "00_start_here.ipynb").write_text("newest", encoding="utf-8")
    assert copy_lessons(source, mine).renewed == ("00_start_here.ipynb",)


def test_what_was_deleted_comes_back(course: Path, tmp_path: Path) -> None:
    copy_lessons(course, tmp_path)
    (tmp_path / "02_broken.ipynb").unlink()
    assert copy_lessons(course, tmp_path).new == ("02_broken.ipynb",)


@pytest.mark.parametrize("damage", ["{", "[]", "12"])
def test_without_a_readable_record_everything_is_the_users_own(
    course: Path, tmp_path: Path, damage: str
) -> None:
    source, mine = tmp_path / "source", tmp_path / "mine"
    shutil.copytree(course, source)
    copy_lessons(source, mine)
    (mine / ".twitchlib-lessons.json").write_text(damage, encoding="utf-8")
    (source / "00_start_here.ipynb").write_text("newer", encoding="utf-8")
    assert copy_lessons(source, mine).renewed == ()
    assert (mine / "00_start_here.ipynb").read_bytes() == (
        course / "00_start_here.ipynb"
    ).read_bytes()


def test_jupyterlab_neither_fetches_news_nor_asks_whether_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Unless its setting is yes or no, it asks, whatever the address of the news."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "mine"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "school"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", lab.environment()["JUPYTER_CONFIG_PATH"])
    assert str(tmp_path / "school") in jupyter_config_path()
    manager: Any = ConfigManager(config_dir_name="labconfig")
    defaults = manager.get("default_setting_overrides")
    assert defaults["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
