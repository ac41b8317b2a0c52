"""Each card is complete, and each model agrees with the published values on its card."""

import ast
import dataclasses
import importlib
from pathlib import Path

import pytest

from twitchlib import physiology
from twitchlib.errors import UnknownNameError
from twitchlib.physiology import Check, models
from twitchlib.quantity import describe

CHECKS = [
    pytest.param(check, id=f"{name}: {check.what}")
    for name, card in models().items()
    for check in card.checks
]


@pytest.mark.parametrize("check", CHECKS)
def test_model_agrees_with_publication(check: Check) -> None:
    assert check.low <= check.computed() <= check.high


@pytest.mark.parametrize("name", models())
def test_card_names_every_parameter_once_with_its_source(name: str) -> None:
    card = models()[name]
    markdown = card.to_markdown()
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    for part in card.parts:
        for known in describe(part).values():
            assert known.source
            matching = [
                row for row in rows if row.startswith(f"| {known.label} | {known.symbol} |")
            ]
            assert matching
            assert all("Illustrative" in row for row in matching) == known.illustrative
    assert card.holds
    assert card.omits
    assert "diagnosis" in markdown


@pytest.mark.parametrize("name", models())
def test_defaults_lie_in_their_ranges_and_published_constants_have_a_doi(name: str) -> None:
    for part in models()[name].parts:
        part()
        for known in describe(part).values():
            assert known.illustrative or "doi:10." in known.source


@pytest.mark.parametrize("name", models())
def test_no_parameter_class_is_missing_from_its_card(name: str) -> None:
    module = importlib.import_module(f"twitchlib.physiology.{name}")
    own = {
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and thing.__module__ == module.__name__
        and dataclasses.is_dataclass(thing)
        and describe(thing)
    }
    assert own <= set(models()[name].parts)


def test_each_card_is_found_by_module_name() -> None:
    assert all(card.name == name for name, card in models().items())


def test_refuses_an_unknown_card() -> None:
    with pytest.raises(UnknownNameError, match="phrenology"):
        models()["phrenology"]


def test_only_numba_code_is_imported_inside_functions() -> None:
    # Imports inside functions hide circular ones. Step loops are the exception: numba loads slowly.
    for path in Path(physiology.__file__).parent.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for inner in ast.walk(function):
                    if isinstance(inner, ast.ImportFrom) and "twitchlib" in str(inner.module):
                        assert str(inner.module).endswith(("_loop", "_loops")), path
