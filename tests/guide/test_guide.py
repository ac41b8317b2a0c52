"""The course's own tables: complete, consistent, and honest about what was not checked."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from twitchlib import guide
from twitchlib.errors import UnknownNameError
from twitchlib.places import folder
from twitchlib.quantity import describe
from twitchlib.risk import Habits

CONTENT = [name for name in guide.tables() if name != "claims" and "claims" in guide.tables()[name]]


def test_every_table_is_described_column_by_column() -> None:
    for name in guide.tables():
        assert guide.load().schema[name].description, name
        assert all(guide.tables()[name].values()), name


def test_every_file_in_data_is_described() -> None:
    described = {resource.path for resource in guide.load().schema.values()}
    present = {path.name for path in folder("data").iterdir() if path.is_file()}
    assert present - described == {"README.md", "datapackage.json"}


def test_the_claims_are_numbered_without_a_gap() -> None:
    claims = list(guide.rows("claims"))
    assert claims == [f"G{number:02d}" for number in range(1, len(claims) + 1)]


def test_every_claim_is_taught_by_some_row() -> None:
    used = {
        claim for name in CONTENT for row in guide.rows(name).values() for claim in row["claims"]
    }
    assert used == set(guide.rows("claims"))


def test_every_source_is_used() -> None:
    used = {
        key
        for name in guide.tables()
        for row in guide.rows(name).values()
        for key in [*row.get("references", ()), *row.get("basis", ())]
    }
    assert used == set(guide.references())


def test_every_source_says_where_it_is_or_what_was_read() -> None:
    for reference in guide.references().values():
        assert reference.address or reference.note, reference.id
        assert reference.year, reference.id
        assert not reference.doi.startswith("http"), reference.id


def test_a_verdict_other_than_weak_rests_on_a_source_or_says_that_none_was_checked() -> None:
    for name, claim in guide.rows("claims").items():
        if claim["verdict"] != "weak":
            assert claim["references"] or claim["unchecked"], name


def test_the_corrections_are_marked() -> None:
    marked = {name for name, claim in guide.rows("claims").items() if claim["correction"]}
    assert marked == {
        "G01", "G08", "G12", "G16", "G18", "G19", "G44", "G20", "G27", "G34", "G36", "G45",
    }  # fmt: skip
    assert not any(guide.rows("claims")[name]["verdict"] == "supports" for name in marked)


def test_the_tables_cover_the_guide() -> None:
    assert {row["kind"] for row in guide.rows("causes").values()} == {
        "trigger",
        "lifestyle",
        "condition",
    }
    assert {"low-potassium", "low-magnesium", "dehydration", "multiple-sclerosis", "als"} <= set(
        guide.rows("causes")
    )
    assert list(guide.rows("actions")) == ["normal", "persistent", "severe"]


def test_factors_are_the_habits_in_their_order() -> None:
    known = describe(Habits)
    assert list(guide.rows("factors")) == list(known)
    for name, row in guide.rows("factors").items():
        limits = sorted([row["may_beyond"], row["likely_beyond"]])
        assert known[name].low < limits[0] < limits[1] < known[name].high
        assert row["healthy_side"] == ("low" if row["may_beyond"] == limits[0] else "high")
        assert all("{value}" in row[f"reason_{level}"] for level in guide.rows("levels"))
        assert (row["illustrative"] == "both") == (not row["basis"])


def test_bands_require_more_as_they_rise() -> None:
    rows = list(guide.rows("bands").values())
    assert [row["rank"] for row in rows] == list(range(len(rows)))
    assert (rows[0]["min_contributing"], rows[0]["min_likely"]) == (0, 0)
    for lower, higher in pairwise(rows):
        assert higher["min_contributing"] >= lower["min_contributing"]
        assert higher["min_likely"] >= lower["min_likely"]


def test_lessons_are_the_notebooks() -> None:
    assert list(guide.rows("lessons")) == sorted(
        path.stem for path in folder("notebooks").glob("*.ipynb")
    )


def test_no_table_gives_a_probability_or_names_your_disease() -> None:
    for name in ("factors", "levels", "bands"):
        for row in guide.rows(name).values():
            text = " ".join(str(value) for value in row.values())
            assert "%" not in text
            assert not re.search(r"you (probably |may )?have (als|ms|multiple)", text.lower())


def test_a_table_is_a_typed_frame() -> None:
    claims = guide.table("claims")
    assert claims.index.name == "id"
    assert claims["correction"].dtype == "boolean"
    assert isinstance(claims.loc["G19", "references"], tuple)
    assert guide.table("drinks")["caffeine_mg"].dtype in ("Float64", "Int64")
    assert pd.isna(guide.table("claims")["unchecked"]).any()


def test_an_unknown_table_is_refused_with_the_known_names() -> None:
    for ask in (guide.rows, guide.table, guide.tables().__getitem__):
        with pytest.raises(UnknownNameError, match="table = 'cakes': must be one of lessons, "):
            ask("cakes")


def test_an_unknown_row_is_refused_with_the_known_ids() -> None:
    with pytest.raises(UnknownNameError, match=r"row of verdicts = 'weakly': .* mean 'weak'\?"):
        guide.rows("verdicts")["weakly"]
    with pytest.raises(UnknownNameError, match="reference = 'nobody1900'"):
        guide.references()["nobody1900"]


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Walton, C. and Kalmar, J. and Cafarelli, E.", "Walton et al. 2002"),
        ("Walton, C. and Kalmar, J.", "Walton and Kalmar 2002"),
        ("Walton, C.", "Walton 2002"),
        ("", "J Physiol 2002"),
    ],
)
def test_a_source_is_cited_by_author_and_year(author: str, short: str) -> None:
    reference = guide.Reference("w", author, "On", "J Physiol", "2002", "10.1/x", "", "")
    assert reference.short == short
    assert reference.address == "https://doi.org/10.1/x"
