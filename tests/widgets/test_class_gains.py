"""The gain of a class: files opened in the kernel, bad ones named, one table to save."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiz.test_gains import student
from tests.widgets.parts import send
from twitchlib.widgets.class_gains import ClassFiles, ClassGains
from twitchlib.widgets.figure_view import FigureView

FILES = {"one.json": student(4, 8).to_json(), "two.json": student(6, 9, "B").to_json()}


def views(gains: ClassGains) -> list[FigureView]:
    return [child for child in gains.children if isinstance(child, FigureView)]


def test_files_become_two_figures_and_a_table() -> None:
    gains = ClassGains()
    assert views(gains) == []
    assert send(gains.files, {"files": FILES})["opened"] == "2 files are compared."
    one, other = views(gains)
    assert gains.files.value.mean == 3.5
    send(gains.files, {"files": {"one.json": FILES["one.json"]}})
    assert views(gains) == [one, other]
    assert b"one.json" in gains._download._make()


def test_it_says_that_the_forms_were_not_equated_and_who_began_with_which() -> None:
    gains = ClassGains()
    send(gains.files, {"files": FILES})
    said = gains._forms.html
    assert "Nobody has measured yet whether the two forms are equally hard." in said
    assert "1 began with form A and gained +4.0." in said
    assert "1 began with form B and gained +3.0." in said
    assert "cancels out" in said
    send(gains.files, {"files": {"one.json": FILES["one.json"], "x.json": FILES["one.json"]}})
    assert "2 began with form A and gained +4.0 on average." in gains._forms.html
    assert "may come from the forms alone" in gains._forms.html


def test_a_bad_file_is_named_and_left_out() -> None:
    gains = ClassGains()
    send(gains.files, {"files": {**FILES, "<b>cake</b>": "cake"}})
    assert "&lt;b&gt;cake&lt;/b&gt;" in gains._left_out.html
    assert len(gains.files.value.gains) == 2
    shown = send(gains.files, {"files": {"cake": ""}})
    assert shown["problem"] == "None of these files could be used."
    assert views(gains) == []


WEIRD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def files() -> ClassFiles:
    return ClassFiles()


@given(edit=st.dictionaries(st.sampled_from(["files", "x"]), WEIRD))
def test_whatever_is_sent_is_read_or_named(files: ClassFiles, edit: dict[str, Any]) -> None:
    send(files, edit)
    assert not files.value.gains
