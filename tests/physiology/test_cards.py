"""Each card is whole, and each model agrees with what its card holds it against."""

import dataclasses
import importlib

import pytest

from twitchlib.errors import NotAllowedError
from twitchlib.physiology import axon
from twitchlib.physiology.cards import Check, model_card, model_names
from twitchlib.quantity import describe

CHECKS = [
    pytest.param(check, id=f"{name}: {check.what}")
    for name in model_names()
    for check in model_card(name).checks
]


@pytest.mark.parametrize("check", CHECKS)
def test_model_agrees_with_publication(check: Check) -> None:
    assert check.low <= check.computed() <= check.high


@pytest.mark.parametrize("name", model_names())
def test_card_names_every_parameter_once_with_its_source(name: str) -> None:
    card = model_card(name)
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


@pytest.mark.parametrize("name", model_names())
def test_default_lies_in_its_range_and_published_constants_have_a_doi(name: str) -> None:
    for part in model_card(name).parts:
        part()
        for known in describe(part).values():
            assert known.illustrative or "doi:10." in known.source


@pytest.mark.parametrize("name", model_names())
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
    assert own <= set(model_card(name).parts)


def test_cards_by_module() -> None:
    assert model_card(axon) is model_card("axon")


def test_refuses_what_has_no_card() -> None:
    with pytest.raises(NotAllowedError, match="phrenology"):
        model_card("phrenology")
