"""A claim is shown with its verdict in words, its reason and its sources."""

from pathlib import Path

import pytest

from tests.widgets.parts import text
from twitchlib import guide, widgets
from twitchlib.widgets.claims import claim_markup, evidence


@pytest.mark.parametrize("claim", guide.rows("claims"))
def test_every_claim_can_be_shown(claim: str) -> None:
    row = guide.rows("claims")[claim]
    markup = claim_markup(claim)
    assert text(row["claim"]) in markup
    assert text(row["comment"]) in markup
    assert guide.rows("verdicts")[row["verdict"]]["word"] in markup
    assert (text(row["unchecked"]) in markup) if row["unchecked"] else ("Not checked" not in markup)
    for key in row["references"]:
        assert text(guide.references()[key].short) in markup


def test_several_claims_form_one_list() -> None:
    assert evidence("G01", "G19").html.count("<li>") == 2


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(KeyError, match="G99"):
        evidence("G99")


def test_no_name_of_the_package_hides_a_module_of_it() -> None:
    modules = {path.stem for path in Path(widgets.__file__).parent.glob("*.py")}
    assert not modules & set(widgets.__all__)
    assert all(getattr(widgets, name) is not None for name in widgets.__all__)
