"""Every claim can be found in the ledger, and the corrections are complete."""

import pytest

from tests.widgets.parts import text
from twitchlib import guide
from twitchlib.errors import NotAllowedError
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.ledger import Filter, Ledger, corrections

CLAIMS = guide.rows("claims")


@pytest.fixture(scope="module")
def ledger() -> Dashboard[Filter, tuple[str, ...]]:
    return Ledger()


@pytest.mark.parametrize("field", ["verdict", "topic"])
def test_a_filter_by_an_unknown_word_is_refused(field: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{field} = 'banana': must be one of any, "):
        Filter(**{field: "banana"})


@pytest.mark.parametrize("verdict", ["any", *guide.rows("verdicts")])
def test_every_verdict_with_every_topic(
    ledger: Dashboard[Filter, tuple[str, ...]], verdict: str
) -> None:
    for topic in ("any", *dict.fromkeys(row["topic"] for row in CLAIMS.values())):
        ledger.controls.set(verdict=verdict, topic=topic)
        assert list(ledger.result) == [
            name
            for name, row in CLAIMS.items()
            if verdict in ("any", row["verdict"]) and topic in ("any", row["topic"])
        ]
        assert f"{len(ledger.result)} of {len(CLAIMS)} claims." in ledger.words.html
        for name in ledger.result:
            assert text(CLAIMS[name]["claim"]) in ledger.words.html


def test_the_ten_corrections_are_those_marked_in_the_ledger() -> None:
    rows = guide.rows("corrections")
    assert len(rows) == 10
    corrected = [claim for row in rows.values() for claim in row["claims"]]
    assert sorted(corrected) == sorted(name for name, row in CLAIMS.items() if row["correction"])
    assert all(text(row["instead"]) in corrections().html for row in rows.values())
