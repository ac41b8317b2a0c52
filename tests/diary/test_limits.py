"""No file occupies a kernel for long, and one without a usable day is refused with the reason."""

import datetime
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.diary import Entry, columns, limits, parse, simulate
from twitchlib.diary.cells import decimal_mark, is_day_first
from twitchlib.errors import UnreadableError

# One of these took a minute, the others longer than anyone would wait.
HOSTILE = {
    "many T before no clock": "b'date,twitches\\n' + b'T' * 40_000 + b'x,1\\n'",
    "a date of blanks": "b'date,twitches\\n' + b' ' * 1_900_000 + b',1\\n'",
    "blanks, then no clock": "b'date,twitches\\n' + (b'x' + b' ' * 1990 + b'y,1\\n') * 990",
    "T, cell after cell": "b'date,twitches\\n' + (b'T' * 1990 + b'x,1\\n') * 990",
    "a date of a megabyte": "b'date,twitches\\n' + b'1' + b' T' * 60_000 + b',1\\n'",
    "a count of a megabyte": "b'date,twitches\\n2026-03-31,' + b'1 ' * 60_000 + b'\\n'",
    "quotation marks": "b'date,twitches\\n' + (b'\"' + b'a' * 96 + b'\\n') * 19_000",
    "nothing but commas": "b'date,twitches\\n' + b',' * 1_900_000 + b'\\n'",
}
PATIENCE_S = 50


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_to_occupy_a_kernel_does_not(kind: str) -> None:
    code = (
        "import json\nfrom twitchlib import diary\n"
        f"data = {HOSTILE[kind]} + b'2026-03-31,1\\n'\n"
        "found = diary.parse(data, day_first=True)\n"
        "print(json.dumps([len(found.entries), len([p for p in found.problems if p.row])]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    entries, set_aside = json.loads(done.stdout)
    assert entries == 1
    assert set_aside or "commas" in kind


def test_a_clock_time_is_searched_once_per_run_of_blanks() -> None:
    # Quadratic work on a run ten times as long as any allowed cell would not finish.
    text = "T" * (10 * limits.LONGEST_NOTE)
    assert is_day_first([(2, f"31/3/2026{text}")]) is None
    assert decimal_mark([" " * (10 * limits.LONGEST_NOTE)]) == ""
    assert (
        parse(b"date,twitches\n2026-03-31   08:15,1\n2026-04-01T   9:00,2\n").entries[1].twitches
        == 2
    )


def test_a_cell_that_is_too_long_is_named_and_the_rest_kept() -> None:
    long = "x" * (limits.LONGEST_CELL + 1)
    note = "n" * (limits.LONGEST_NOTE + 1)
    found = parse(
        f"date,twitches,sleep,notes\n2026-03-31,1,{long},fine\n{long},2,7,\n2026-04-02,3,7,{note}\n"
        f"2026-04-03,4,7,{note[1:]}\n".encode()
    )
    assert [entry.twitches for entry in found.entries] == [1, 3, 4]
    assert [problem.line for problem in found.problems] == [2, 3, 4]
    assert "it has 2,001 characters, more than the limit of 2,000" in found.problems[0].what
    assert found.problems[1].row
    assert found.problems[1].row[0] == long
    assert "20,001 characters" in found.problems[2].what
    assert found.entries[2].notes == note[1:]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"date" + b"!" * 300 + b",twitches\n2026-03-31,1\n", "heading has more than 200 char"),
        (b'"date,twitches\n2026-03-31,1\n', "first row, .* quotation marks do not match"),
        (b"sep=,\ndate,twitches" + b",x" * 100 + b"\n2026-03-31,1\n", "more than 100 cells"),
    ],
)
def test_headings_are_bounded(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        parse(data)


def test_a_row_of_very_many_cells_is_set_aside() -> None:
    found = parse(b"date,twitches\n2026-03-31,1\n2026-04-01,1" + b",x" * 200 + b"\n")
    assert "more than 100 cells" in found.problems[0].what
    assert found.problems[0].row[0].startswith("2026-04-01,1,x")


# ---------------------------------------------------------------- no usable row


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", "It has headings, but no rows below them."),
        ("soon,1\n", "1 row, which cannot be used. Line 2, date: “soon” is not a date"),
        ("31/3/2567,1\n2567-04-01,2\n", "Buddhist calendar: write 2024 for 2567"),
        ("45321,1\n", "“45321” may be the day number of a spreadsheet"),
        (
            "45321,1\n2024-02-01,many\n",
            "2 rows, and none of them can be used. Line 2, date: “45321”",
        ),
        ("soon,1\n" * 9, "Line 4, date: .* And 6 more."),
    ],
)
def test_a_diary_without_a_usable_row_is_refused_with_the_reasons(rows: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        parse(f"date,twitches\n{rows}".encode())


def test_a_day_without_a_count_is_a_usable_row() -> None:
    assert parse(b"date,twitches\n2026-03-31,\n").entries[0].twitches is None


# ---------------------------------------------------------------- day numbers of spreadsheets


def test_a_column_of_day_numbers_is_read_and_reported() -> None:
    found = parse(b'date,twitches\n45321,1\n45322.5,2\n"45323,25",3\n')
    assert [entry.date for entry in found.entries] == [
        datetime.date(2024, 1, 30) + datetime.timedelta(days=i) for i in range(3)
    ]
    assert "The dates are the day numbers of a spreadsheet: 45321 is 2024-01-30." in found.remarks


@pytest.mark.parametrize("other", ["2024-02-01", "40326", "99999", "12345"])
def test_day_numbers_among_other_things_are_not_guessed(other: str) -> None:
    try:
        found = parse(f"date,twitches\n45321,1\n{other},2\n".encode())
    except UnreadableError as error:
        assert "“45321” may be the day number" in str(error)
    else:
        assert found.entries == (Entry(datetime.date(2024, 2, 1), 2),)


def test_a_buddhist_year_is_named_in_a_diary_that_has_others() -> None:
    found = parse(b"date,twitches\n2024-03-31,1\n2567-04-01,2\n")
    assert len(found.entries) == 1
    assert "write 2024 for 2567" in found.problems[0].what


# ---------------------------------------------------------------- anything at all

GOOD = simulate(seed=1, n_days=20).to_csv().encode()
FOREIGN = re.compile(r"/(tmp|work|home)\b|\bNone\b|Error|Traceback|invalid literal|codec")


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(GOOD) - 1),
            st.binary(min_size=1, max_size=8)
            | st.sampled_from([b'"', b"\n", b",,,", b"T" * 50, b"45321", b"2567-01-01", b"\0\0"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, len(GOOD)),
)
def test_a_damaged_diary_is_read_or_refused_in_our_own_words(
    edits: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray(GOOD)
    for at, new in edits:
        data[at : at + len(new)] = new
    try:
        found = parse(bytes(data[:end]))
    except UnreadableError as error:
        assert str(error)
        assert not FOREIGN.search(str(error))
    else:
        assert found.entries
        for problem in found.problems:
            assert not FOREIGN.search(problem.what)
        for entry in found.entries:
            for name, column in columns().items():
                value = getattr(entry, name)
                assert value is None or column.low is None or column.accepts(value)
