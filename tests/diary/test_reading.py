"""Diaries from anywhere: good rows are kept, bad ones are reported, nothing is run or lost."""

import codecs
import csv
import datetime
import io
import pickle
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twitchlib import diary
from twitchlib.diary import Diary, Entry, columns, parse, read
from twitchlib.diary.columns import match
from twitchlib.diary.files import MOST_BYTES, MOST_LINES
from twitchlib.errors import UnreadableError

HEADER = ",".join(columns())
SMALL = f"{HEADER}\n2026-03-31,4,calf,180,7.5,3,1,2,café\n2026-04-01,0,,,,,,,\n"
MARCH_31 = datetime.date(2026, 3, 31)


def one(column: str, cell: str, *, mark: str = ",", more: str = "") -> Diary:
    """Read a diary with one cell of interest."""
    return parse(
        f"date{mark}twitches{mark}{column}\n2026-03-31{mark}1{mark}{cell}\n{more}".encode()
    )


# ---------------------------------------------------------------- encodings and separators


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_whatever_a_spreadsheet_writes_is_read(
    encoding: str, mark: bytes, separator: str, newline: str
) -> None:
    text = SMALL.replace(",", separator).replace("\n", newline)
    first, second = parse(mark + text.encode(encoding)).entries
    assert first == Entry(MARCH_31, 4, "calf", 180, 7.5, 3, 1, 2, "café")
    assert second == Entry(datetime.date(2026, 4, 1), 0)


def test_the_line_that_excel_puts_first_names_the_separator() -> None:
    assert parse(b"sep=;\r\nDate;Twitches\r\n2026-03-31;4\r\n").entries == (Entry(MARCH_31, 4),)


def test_how_the_file_was_interpreted_is_reported() -> None:
    found = parse("Date;Twitches;Water\n31/3/2026;1;1,5\n".encode("cp1252"))
    assert found.remarks[3:] == (
        "Read as UTF-8, with semicolons between the cells.",
        "Numbers have a decimal comma.",
        "In dates with slashes or hyphens the day comes first.",
    )
    assert "CSV UTF-8" in parse("date,twitches,notes\n2026-03-31,1,é\n".encode("cp1252")).remarks[4]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"PK\x03\x04spreadsheet", "Save as"),
        (b"\xd0\xcf\x11\xe0spreadsheet", "Save as"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02\x03" * 10, "Save as|no column"),
        (b"a,b\n1,2\n", "no column for the date"),
        (b"date,sleep\n2026-03-31,7\n", "no column for the twitches"),
        (b"x" * (MOST_BYTES + 1), "2,000,000 bytes"),
        (b"date,twitches\n" + b"2026-03-31,1\n" * (2 * MOST_LINES), "20,000 lines"),
        (b"date,twitches" + b"," * 900_000, "100 columns"),
        (b"date,twitches" + b",a" * 900_000, "100 columns"),
    ],
)
def test_what_is_not_a_diary_is_refused_with_a_reason(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        parse(data)


def test_a_file_is_read_by_its_path_and_no_further_than_allowed(tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(SMALL, encoding="utf-8")
    assert len(read(file).entries) == len(read(str(file)).entries) == 2
    file.write_bytes(b"x" * (MOST_BYTES + 10))
    with pytest.raises(UnreadableError, match="bytes"):
        read(file)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv")


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026/3/31", "20260331", "31.3.2026", "31.03.26", "31 March 2026",
        "31-Mar-26", "March 31, 2026", "Mar 31st 2026", "Tue 31 Mar 2026", "Tuesday, 31 March 2026",
        "2026-03-31T08:15:00", "2026-03-31 08:15", "31. 3. 2026",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert parse(f'date;twitches\n"{text}";1\n'.encode()).entries[0].date == MARCH_31


def test_the_whole_column_shows_the_order_of_day_and_month() -> None:
    day_first = parse(b"date,twitches\n3/4/2026,1\n31/3/2026,1\n")
    assert [entry.date.month for entry in day_first.entries] == [3, 4]
    month_first = parse(b"date,twitches\n3/4/2026,1\n3/31/2026,1\n")
    assert [entry.date.month for entry in month_first.entries] == [3, 3]


@pytest.mark.parametrize(
    "rows", ["3/4/2026,1\n5/4/2026,1\n", "31/3/2026,1\n3/30/2026,1\n4/3/26,1\n"]
)
def test_an_ambiguous_order_is_requested_and_never_guessed(rows: str) -> None:
    data = f"date,twitches\n{rows}".encode()
    with pytest.raises(UnreadableError, match="2026-03-31") as refused:
        parse(data)
    error = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - it may cross processes
    assert error.argument == "day_first"
    assert rows.partition(",")[0] in str(error) == str(refused.value)
    assert {entry.date.month for entry in parse(data, day_first=False).entries} <= {3, 4, 5}
    assert parse(data, day_first=True).entries


@pytest.mark.parametrize("text", ["soon", "", "31.2.2026", "46112", "0000-00-00", "1.1.1066"])
def test_a_row_without_a_date_is_set_aside_word_for_word(text: str) -> None:
    found = parse(f"date;twitches;notes\n{text};3;dear me\n2026-03-31;1;\n".encode())
    assert found.entries == (Entry(MARCH_31, 1),)
    assert found.problems[0].row[1:] == ("3", "dear me")
    assert str(found.problems[0]).startswith("Line 2, date: ")


def test_a_date_years_away_from_the_others_is_a_slip() -> None:
    found = parse(b"date,twitches\n2026-03-31,1\n2062-04-01,1\n2026-04-02,1\n")
    assert len(found.entries) == 2
    assert "years away" in found.problems[0].what


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("sleep", "7.5", 7.5),
        ("sleep", '"7,5"', 7.5),
        ("sleep", ".5", 0.5),
        ("sleep", "7 h", 7),
        ("sleep", "450 min", 7.5),
        ("sleep (min)", "450", 7.5),
        ("water (ml)", "1 500", 1.5),
        ("water", '"0,500"', 0.5),
        ("caffeine", '"1,250.5"', 1250.5),
        ("caffeine", '"1.250,5"', 1250.5),
        ("caffeine", "1’250", 1250),
        ("caffeine", '"1,500"', 1500),
        ("caffeine", "1.500", 1.5),
        ("caffeine", "2e2", 200),
        ("caffeine (g)", "0.2", 200),
        ("caffeine", "–", None),
        ("caffeine", "n/a", None),
    ],
)
def test_a_number_is_read_in_the_units_of_its_column(
    column: str, cell: str, value: float | None
) -> None:
    found = one(column, cell)
    assert found.problems == ()
    habit = match(column).column
    assert habit
    assert getattr(found.entries[0], habit.id) == value


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("sleep", "lots", "“lots” is not a number from 0 to 24 h"),
        ("sleep", "25", "“25” is not a number"),
        ("sleep", "-1", "“-1” is not a number"),
        ("sleep", "7 nights", "“7 nights” is not a number"),
        ("sleep", "1e3", "is not a number"),
        ("sleep", "nan h", "is not a number"),
        ("sleep", "7.5.1", "is not a number"),
        ("caffeine", "9" * 400, "is not a number"),
        ("stress", "=1+1", "is not a number"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_the_row_kept(
    column: str, cell: str, what: str
) -> None:
    found = one(column, cell)
    assert found.entries == (Entry(MARCH_31, 1),)
    (problem,) = found.problems
    assert what in problem.what
    assert not problem.row
    assert str(problem).endswith("The cell counts as empty.")


def test_the_decimal_mark_of_the_file_settles_what_could_be_two_numbers() -> None:
    comma = one("caffeine", "1.500", mark=";", more="2026-04-01;1;12,5\n")
    assert comma.entries[0].caffeine_mg == 1500
    point = one("caffeine", '"1,500"', more="2026-04-01,1,12.5\n")
    assert point.entries[0].caffeine_mg == 1500
    decimal = one("water", "1,500", mark=";", more="2026-04-01;1;1,5\n")
    assert decimal.entries[0].water_l == 1.5


@pytest.mark.parametrize("cell", ["many", "-1", "2.5", "99999", "none"])
def test_a_row_without_a_usable_count_is_set_aside(cell: str) -> None:
    found = parse(f"date,twitches\n2026-03-31,{cell}\n2026-04-01,2\n".encode())
    assert [entry.twitches for entry in found.entries] == [2]
    assert found.problems[0].row
    assert found.problems[0].row == ("2026-03-31", cell)


def test_no_count_is_not_a_count_of_zero() -> None:
    assert parse(b"date,twitches,sleep\n2026-03-31,,7\n").entries[0].twitches is None


# ---------------------------------------------------------------- rows


def test_a_missing_quotation_mark_costs_one_row() -> None:
    found = parse(b'date,twitches,notes\n2026-03-31,1,"oh\n2026-04-01,2,\n2026-04-02,3,"a\nb"\n')
    assert [entry.twitches for entry in found.entries] == [2, 3]
    assert found.entries[1].notes == "a\nb"
    assert "quotation marks" in found.problems[0].what
    assert "2026-03-31" in found.problems[0].row[0]


def test_a_row_with_too_many_cells_is_set_aside_since_they_may_have_moved() -> None:
    found = parse(b"date,twitches,sleep\n2026-03-31,1,7,5\n2026-04-01,1,7,\n2026-04-02,1\n")
    assert [entry.date.day for entry in found.entries] == [1, 2]
    assert "4 cells where there are 3 headings" in found.problems[0].what


def test_two_values_of_a_habit_on_one_day_are_named_and_the_first_counts() -> None:
    found = parse(b"date,twitches,sleep\n2026-03-31,1,7\n2026-03-31,2,7\n2026-03-31,3,8\n")
    assert [entry.sleep_h for entry in found.entries] == [7, 7, None]
    assert "8 here and 7 for the same day in line 2" in found.problems[0].what


def test_a_duplicate_column_is_read_once() -> None:
    found = parse(b"date,twitches,Sleep,Sleep (min)\n2026-03-31,1,7,400\n")
    assert found.entries[0].sleep_h == 7
    assert "as an earlier heading does" in found.remarks[3]


def test_invisible_characters_are_made_visible_and_accents_stay() -> None:
    found = parse("date,twitches,notes\n2026-03-31,1,a\u202eb\x07é\u00a0ü\n".encode())
    assert found.entries[0].notes == "a\ufffdb\ufffdé\u00a0ü"


# ---------------------------------------------------------------- writing

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )),
        st.sampled_from("=+-@'\",;\n\t＝"),
    ),
    max_size=12,
).map(str.strip)  # fmt: skip
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 12, 31))


def number(name: str) -> st.SearchStrategy[float | None]:
    column = columns()[name]
    assert column.low is not None
    assert column.high is not None
    return st.none() | st.floats(column.low, column.high).map(lambda value: round(value, 9) + 0.0)


ENTRIES = st.lists(
    st.builds(
        Entry, DAYS, st.none() | st.integers(0, 10_000), TEXT, number("caffeine_mg"),
        number("sleep_h"), number("stress"), number("exercise_h"), number("water_l"), TEXT,
    ),
    min_size=1, max_size=6, unique_by=lambda entry: entry.date,
)  # fmt: skip


@given(ENTRIES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_written_diary_is_read_back_to_the_last_digit(
    entries: list[Entry], encoding: str
) -> None:
    found = Diary(tuple(entries))
    back = parse(found.to_csv().encode(encoding))
    assert back.problems == ()
    assert back.entries == found.entries


@given(ENTRIES)
def test_no_written_cell_is_a_formula(entries: list[Entry]) -> None:
    text = Diary(tuple(entries)).to_csv()
    for row in csv.reader(text.splitlines(keepends=True)):
        for cell in row:
            assert not cell.strip().startswith(("=", "+", "-", "@", "＝"))


def test_a_file_is_written_for_spreadsheets_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    year = diary.simulate(seed=1, n_days=30)
    diary.write(year, file)
    assert file.read_bytes().startswith(codecs.BOM_UTF8)
    assert read(file).entries == year.entries


# ---------------------------------------------------------------- anything at all


@given(st.binary(max_size=300))
@example(b",")
def test_any_bytes_give_a_diary_or_a_reason(data: bytes) -> None:
    try:
        parse(data)
    except UnreadableError as error:
        assert str(error)


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_every_row_that_is_not_empty_is_an_entry_or_is_set_aside(
    rows: list[list[str]], mark: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(["date", "twitches", "sleep", "notes"])
    writer.writerows([["2026-03-31", "1", "7", ""], *rows])
    found = parse(out.getvalue().encode(), day_first=True)
    written = 1 + sum(any(cell.strip() for cell in row) for row in rows)
    assert len(found.entries) + sum(bool(p.row) for p in found.problems) == written


def test_a_number_out_of_range_makes_no_entry() -> None:
    with pytest.raises(ValueError, match="sleep_h = 25: must be a number from 0 to 24 h"):
        Entry(MARCH_31, sleep_h=25)


def test_a_diary_is_a_typed_frame_in_the_order_of_its_days() -> None:
    frame = parse(b"date,twitches\n2026-04-01,1\n2026-03-31,\n").to_frame()
    assert list(frame["date"].dt.day) == [31, 1]
    assert list(frame.columns) == list(columns())
    assert frame["twitches"].isna().tolist() == [True, False]
    assert Diary().to_frame().empty
