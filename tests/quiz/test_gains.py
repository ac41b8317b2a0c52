"""Gains: raw and normalised, of one student and of a class, with bad files skipped."""

import csv
import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import quiz
from twitchlib.errors import UnreadableError
from twitchlib.quiz import Progress
from twitchlib.quiz.gains import MOST_FILES, gain_of_texts

FORMS = quiz.forms()


def wrong(question: quiz.Question) -> object:
    if question.kind == "number":
        return -1
    if question.kind == "two-tier":
        return tuple(
            next(option.id for option in question.tier(tier) if not option.right) for tier in (1, 2)
        )
    return next(option.id for option in question.options if not option.right)


def student(before: int, after: int, first: str = "A") -> Progress:
    """Return the progress of a student with these numbers of right answers before and after."""
    progress = Progress().tossed(first)
    second = "B" if first == "A" else "A"
    for form, right in ((first, before), (second, after)):
        for place, question in enumerate(FORMS[form]):
            answer = question.key if place < right else wrong(question)
            progress = progress.after(question, answer)
    return progress


@given(st.integers(0, 12), st.integers(0, 12), st.sampled_from("AB"))
def test_the_gain_is_what_was_counted(before: int, after: int, first: str) -> None:
    found = quiz.gain(student(before, after, first))
    assert (found.right_before, found.right_after, found.raw) == (before, after, after - before)
    assert found.first == first
    if before == 12:
        assert math.isnan(found.normalised)
    else:
        assert found.normalised == pytest.approx((after - before) / (12 - before))
        assert found.normalised <= 1
    assert list(found.before) == list(found.after) == [q.concept for q in FORMS["A"]]
    assert found.to_frame()["after"].sum() == after


def test_an_incomplete_test_says_what_is_missing() -> None:
    with pytest.raises(UnreadableError, match="not been started"):
        quiz.gain(Progress())
    half = Progress().tossed("A")
    with pytest.raises(UnreadableError, match="before the course is not complete: 0 of 12"):
        quiz.gain(half)
    for question in FORMS["A"]:
        half = half.after(question, question.key)
    with pytest.raises(UnreadableError, match="after the course is not complete: 0 of 12"):
        quiz.gain(half)


CLASS = {
    "one.json": student(4, 8),
    "two.json": student(6, 9, "B"),
    "three.json": student(2, 10),
    "four.json": student(12, 12, "B"),
}


def test_a_class_has_means_an_interval_and_hake_s_gain() -> None:
    found = gain_of_texts({name: one.to_json() for name, one in CLASS.items()})
    assert found.mean == pytest.approx((4 + 3 + 8 + 0) / 4)
    assert found.normalised == pytest.approx((39 - 24) / (48 - 24))  # of the class averages
    low, high = found.interval
    assert 0 <= low < found.mean < high <= 8
    assert found.interval == (low, high)
    shares = found.by_concept()
    assert shares["gain"].sum() == pytest.approx(found.mean)
    assert shares["before"].between(0, 1).all()


def test_an_easier_form_shows_in_the_gains_by_first_form() -> None:
    """Those who begin with the easier form gain less, so the groups differ by twice that."""
    easier = 2
    files = {
        **{f"a{n}.json": student(4 + easier, 8) for n in range(3)},
        **{f"b{n}.json": student(4, 8 + easier, "B") for n in range(3)},
    }
    rows = gain_of_texts({name: one.to_json() for name, one in files.items()}).by_first_form()
    assert rows["files"].tolist() == [3, 3]
    assert rows["raw_gain"].tolist() == [4 - easier, 4 + easier]
    assert rows["raw_gain"].mean() == 4
    alone = gain_of_texts({"one.json": CLASS["one.json"].to_json()}).by_first_form()
    assert alone["files"].tolist() == [1, 0]
    assert [bool(alone[name].isna()["B"]) for name in alone] == [False, True, True, True]


def test_bad_files_are_named_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(CLASS["one.json"].to_json(), encoding="utf-8")
    (tmp_path / "cake.json").write_text("cake", encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "huge.json").write_bytes(b" " * 2_000_000)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "good.json").write_text(CLASS["two.json"].to_json(), encoding="utf-8")
    names = ["good.json", "cake.json", "bytes.json", "huge.json", "gone.json", "other/good.json"]
    found = quiz.class_gain(tmp_path / name for name in names)
    assert sorted(one.raw for one in found.gains.values()) == [3, 4]
    assert {"cake.json", "bytes.json", "huge.json", "gone.json"} == set(found.left_out)
    assert "not a progress file" in found.left_out["cake.json"]


def test_more_files_than_a_class_are_skipped() -> None:
    files = {f"{n}.json": CLASS["one.json"].to_json() for n in range(MOST_FILES + 2)}
    found = gain_of_texts(files)
    assert len(found.gains) == MOST_FILES
    assert list(found.left_out) == [f"{MOST_FILES}.json", f"{MOST_FILES + 1}.json"]


def test_too_few_students_give_no_interval() -> None:
    for files in ({}, {"one.json": CLASS["one.json"].to_json()}):
        assert all(math.isnan(edge) for edge in gain_of_texts(files).interval)
    assert math.isnan(gain_of_texts({}).mean)
    assert math.isnan(gain_of_texts({}).normalised)


def test_the_table_for_a_spreadsheet_has_files_concepts_and_means() -> None:
    files = {name: one.to_json() for name, one in CLASS.items()}
    found = gain_of_texts(files | {"=cmd()": CLASS["one.json"].to_json()})
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    began = 2 * ["mean of those who began with it"]
    assert [row["file"] for row in rows] == [*CLASS, "'=cmd()", *began, "mean of the class"]
    assert [(row["first_form"], float(row["raw_gain"])) for row in rows[-3:-1]] == [
        ("A", pytest.approx((4 + 8 + 4) / 3, abs=1e-3)),
        ("B", 1.5),
    ]
    assert float(rows[0]["raw_gain"]) == 4
    assert float(rows[-1]["raw_gain"]) == pytest.approx(found.mean)
    concepts = [question.concept for question in FORMS["A"]]
    assert sum(int(float(rows[0][concept])) for concept in concepts) == 4
