import dataclasses
from pathlib import Path
from typing import Any

import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.serving.config import Options, voila_config


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(notebooks=tmp_path)


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("--port", "port", -1),
        ("--port", "port", 65536),
        ("--base-url", "base_url", "course/"),
        ("--base-url", "base_url", "/course"),
        ("--base-url", "base_url", "//"),
        ("--base-url", "base_url", "/a b/"),
        ("--notebooks", "notebooks", Path("/no/such/folder")),
    ],
)
def test_a_value_that_is_not_allowed_is_named(
    options: Options, option: str, field: str, value: Any
) -> None:
    with pytest.raises(NotAllowedError) as refused:
        dataclasses.replace(options, **{field: value})
    assert refused.value.field == option
    assert str(refused.value.value) == str(value)


@pytest.mark.parametrize("base_url", ["/", "/course/", "/a/b-1/~c/"])
def test_the_edges_are_allowed(tmp_path: Path, base_url: str) -> None:
    for port in (0, 65535):
        Options(notebooks=tmp_path, port=port, base_url=base_url)


def test_options_reach_voila(tmp_path: Path) -> None:
    config = voila_config(Options(tmp_path, address="0.0.0.0", port=1, base_url="/x/"))  # noqa: S104
    assert config.Voila.ip == "0.0.0.0"  # noqa: S104
    assert config.Voila.port == 1
    assert config.Voila.base_url == "/x/"
    assert config.Voila.root_dir == str(tmp_path)


def test_a_visitor_sees_no_source_and_chooses_no_template(options: Options) -> None:
    config = voila_config(options).VoilaConfiguration
    assert config.strip_sources is True
    assert config.show_tracebacks is False
    assert config.allow_template_override == config.allow_theme_override == "NO"


def test_a_late_output_is_waited_for_and_a_lost_one_is_an_error(options: Options) -> None:
    executor = voila_config(options).VoilaExecutor
    assert executor.iopub_timeout >= 60
    assert executor.raise_on_iopub_timeout is True
