"""The ledger lets every claim be found, and the corrections are there."""

import pytest

from twitchlib import guide
from twitchlib.errors import NotAllowedError
from twitchlib.widgets.ledger import Filter, Ledger, corrections
from twitchlib.widgets.prose import text

CLAIMS = guide.rows("claims")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()


@pytest.mark.parametrize("field", ["verdict", "topic"])
def test_a_filter_by_a_word_that_there_is_not_is_refused(field: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{field} = 'banana': must be one of any, "):
        Filter(**{field: "banana"})


@pytest.mark.parametrize("verdict", ["any", *guide.rows("verdicts")])
def test_every_verdict_with_every_topic(ledger: Ledger, verdict: str) -> None:
    for topic in ("any", *dict.fromkeys(row["topic"] for row in CLAIMS.values())):
        ledger.controls.set(verdict=verdict, topic=topic)
        assert list(ledger.found) == [
            name
            for name, row in CLAIMS.items()
            if verdict in ("any", row["verdict"]) and topic in ("any", row["topic"])
        ]
        assert f"{len(ledger.found)} of {len(CLAIMS)} claims." in ledger._list.html
        for name in ledger.found:
            assert text(CLAIMS[name]["claim"]) in ledger._list.html


def test_the_ten_corrections_are_those_marked_in_the_ledger() -> None:
    rows = guide.rows("corrections")
    assert len(rows) == 10
    corrected = [claim for row in rows.values() for claim in row["claims"]]
    assert sorted(corrected) == sorted(name for name, row in CLAIMS.items() if row["correction"])
    assert all(text(row["instead"]) in corrections().html for row in rows.values())
