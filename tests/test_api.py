"""Everything public is listed, documented and shown in an example."""

import difflib
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from twitchdocs.public import modules, surface

API = Path(__file__).with_name("api.txt")
MODULES = tuple(modules())


def public(kind: Any) -> list[Any]:
    """Return each public object of a kind once, as a test parameter."""
    found = {
        getattr(module, name): f"{module.__name__}.{name}"
        for module in MODULES
        for name in module.__all__
        if kind(inspect.unwrap(getattr(module, name)))
    }
    return [pytest.param(thing, id=name) for thing, name in found.items()]


def test_nothing_public_changes_unnoticed() -> None:
    before, now = API.read_text(encoding="utf-8").splitlines(), surface().splitlines()
    changes = "\n".join(
        difflib.unified_diff(before, now, "tests/api.txt", "twitchlib", lineterm="", n=1)
    )
    if changes:
        pytest.fail(
            f"{changes}\n\nThe public names differ from those in tests/api.txt. If that is"
            " intended, run `make api` and record the change in CHANGELOG.md. A name is deprecated"
            " before it is removed (CONTRIBUTING.md).",
            pytrace=False,
        )


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_module_says_what_it_is_for(module: ModuleType) -> None:
    assert len(inspect.getdoc(module) or "") > 20
    assert len(set(module.__all__)) == len(module.__all__)
    assert not [name for name in module.__all__ if name.startswith("_")]


@pytest.mark.parametrize("function", public(inspect.isfunction))
def test_a_function_is_explained_with_types_and_an_example(function: Any) -> None:
    assert "Examples\n--------\n>>> " in (inspect.getdoc(function) or "")
    hints = inspect.get_annotations(inspect.unwrap(function))
    assert {*inspect.signature(function).parameters, "return"} <= set(hints)


@pytest.mark.parametrize("cls", public(inspect.isclass))
def test_a_class_is_explained(cls: Any) -> None:
    assert cls.__doc__
    assert not cls.__doc__.startswith(f"{cls.__name__}("), "only what dataclass generates"
