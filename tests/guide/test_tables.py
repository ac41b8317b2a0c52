"""A teacher who edits a table gets a location and a remedy, never a broken page."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib.guide.errors import GuideError
from twitchlib.guide.schema import Field
from twitchlib.guide.tables import read_guide

FIELDS: list[dict[str, Any]] = [
    {
        "name": "id",
        "type": "string",
        "description": "",
        "constraints": {"required": True, "pattern": "[a-z-]+"},
    },
    {
        "name": "kind",
        "type": "string",
        "description": "",
        "constraints": {"enum": ["trigger", "lifestyle"]},
    },
    {
        "name": "amount",
        "type": "number",
        "description": "",
        "constraints": {"minimum": 0, "maximum": 10},
    },
    {"name": "count", "type": "integer", "description": ""},
    {"name": "sure", "type": "boolean", "description": ""},
    {"name": "also", "type": "list", "description": ""},
    {"name": "sources", "type": "list", "description": ""},
]
HEADER = "id,kind,amount,count,sure,also,sources\n"
GOOD = HEADER + "tea,trigger,2.5,3,true,,smith2000\ncoffee,,,,,tea,\n"


def write(folder: Path, table: str | bytes = GOOD) -> Path:
    keys = [
        {"fields": "also", "reference": {"resource": "things", "fields": "id"}},
        {"fields": "sources", "reference": {"resource": "references", "fields": "id"}},
    ]
    package = {
        "resources": [
            {
                "name": "things",
                "path": "things.csv",
                "schema": {"fields": FIELDS, "foreignKeys": keys},
            },
            {"name": "references", "path": "references.bib"},
        ]
    }
    (folder / "datapackage.json").write_text(json.dumps(package))
    (folder / "things.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    (folder / "references.bib").write_text("@article{smith2000, title={On tea}, year={2000}}")
    return folder


def test_cells_get_their_types(tmp_path: Path) -> None:
    rows = read_guide(write(tmp_path)).tables["things"]
    assert dict(rows["tea"]) == {
        "id": "tea",
        "kind": "trigger",
        "amount": 2.5,
        "count": 3,
        "sure": True,
        "also": (),
        "sources": ("smith2000",),
    }
    assert rows["coffee"]["also"] == ("tea",)
    assert rows["coffee"]["amount"] is None


def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm(tmp_path: Path) -> None:
    table = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert list(read_guide(write(tmp_path, table)).tables["things"]) == ["tea", "coffee"]


@pytest.mark.parametrize(
    ("row", "line", "column", "what"),
    [
        ("tea,habit,,,,,", 2, "kind", "'habit' is not one of trigger, lifestyle"),
        (",trigger,,,,,", 2, "id", "is empty"),
        ("Tea,trigger,,,,,", 2, "id", "'Tea' is not of the form"),
        ("tea,,11,,,,", 2, "amount", "11 is not a number from 0 to 10"),
        ("tea,,nan,,,,", 2, "amount", "nan is not a number from 0 to 10"),
        ("tea,,much,,,,", 2, "amount", "'much' is not a number"),
        ("tea,,,1.5,,,", 2, "count", "'1.5' is not a whole number"),
        ("tea,,,,yes,,", 2, "sure", "'yes' is neither 'true' nor 'false'"),
        ("tea,,,,,milk,", 2, "also", "'milk' is not in things"),
        ("tea,,,,,tea;tea,", 2, "also", "names the same thing twice"),
        ("tea,,,,,,nobody1999", 2, "sources", "'nobody1999' is not in references"),
        ("tea,,,,,,\ntea,,,,,,", 3, "id", "'tea' is already in line 2"),
        ("tea,a,b,,,,,", 2, None, "has 8 cells where the header has 7"),
    ],
)
def test_a_bad_cell_is_named(
    tmp_path: Path, row: str, line: int, column: str | None, what: str
) -> None:
    with pytest.raises(GuideError) as caught:
        read_guide(write(tmp_path, HEADER + row + "\n"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("things.csv", line, column)
    assert what in problem.what
    assert "data/things.csv" in str(caught.value)


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(GuideError) as caught:
        read_guide(write(tmp_path, HEADER + "tea,habit,99,,,,\nTEA,,,,maybe,milk,\n"))
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (2, "kind"),
        (2, "amount"),
        (3, "id"),
        (3, "sure"),
        (3, "also"),
    ]


@pytest.mark.parametrize(
    ("header", "column", "what"),
    [
        (HEADER.replace("kind", "sort"), "sort", "is unknown"),
        (HEADER.replace(",kind", ""), "kind", "is missing"),
        (HEADER.replace("kind", "kind,kind"), "kind", "appears twice"),
    ],
)
def test_a_bad_header_is_named(tmp_path: Path, header: str, column: str, what: str) -> None:
    with pytest.raises(GuideError) as caught:
        read_guide(write(tmp_path, header))
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (1, column)
    assert what in problem.what


def test_a_table_in_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="CSV UTF-8"):
        read_guide(write(tmp_path, (HEADER + "tea,,,,,,\n").encode("utf-16")))


@pytest.mark.parametrize("name", ["things.csv", "datapackage.json", "references.bib"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()
    with pytest.raises(GuideError, match=name):
        read_guide(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": [{}]}'])
def test_a_broken_description_is_refused(tmp_path: Path, text: str) -> None:
    (write(tmp_path) / "datapackage.json").write_text(text)
    with pytest.raises(GuideError, match=r"datapackage\.json"):
        read_guide(tmp_path)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("@article{a, year={2000}}", "'a' has no title"),
        ("@article{a, title={A}}\n@article{a, title={B}}", "line 2: cannot be read: .*a"),
    ],
)
def test_a_bad_bibliography_is_refused(tmp_path: Path, text: str, what: str) -> None:
    (write(tmp_path, HEADER) / "references.bib").write_text(text)
    with pytest.raises(GuideError, match=what):
        read_guide(tmp_path)


@settings(deadline=None)  # the first example imports the parser
@given(st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=6))
def test_no_content_raises_any_other_error(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[field["name"] for field in FIELDS], *lines])
    folder = write(tmp_path_factory.mktemp("t"), text.getvalue().encode("utf-8", "replace"))
    try:
        read_guide(folder)
    except GuideError as error:
        assert all(problem.what and problem.file for problem in error.problems)


@given(st.sampled_from(["string", "integer", "number", "boolean", "list"]), st.text())
def test_parsing_a_cell_gives_a_value_or_a_sentence(kind: str, text: str) -> None:
    try:
        value = Field("x", kind, "").parse(text)
    except ValueError as error:
        assert str(error)
    else:
        assert value is None or isinstance(value, (str, int, float, tuple))
