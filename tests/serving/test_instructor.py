"""Steps, links, QR codes and notes."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import ask
from tests.servers import Server
from twitchlib import guide
from twitchlib.places import folder
from twitchlib.serving import instructor
from twitchlib.serving.lessons import find_lessons
from twitchlib.snapshot.qr import qr_svg

LESSONS = {"03_triggers.ipynb": "/voila/render/03_triggers.ipynb"}
ORIGIN = "http://room12:8866"


def test_the_steps_of_a_lesson_are_its_second_level_headings(course: Path) -> None:
    assert [s.heading for s in instructor.steps(course / "02_broken.ipynb")] == ["Afterwards"]
    assert instructor.steps(course / "01_buttons.ipynb") == ()


def test_a_step_says_whether_it_belongs_to_the_core() -> None:
    found = {s.heading: s.core for s in instructor.steps(folder("notebooks") / "07_emg_lab.ipynb")}
    assert found["Try: the bench"]
    assert not found["Try: three muscles under the needle"]


@pytest.mark.parametrize("row", guide.rows("teaching").values(), ids=lambda row: row["id"])
def test_every_note_belongs_to_an_existing_step(row: guide.Row) -> None:
    notebook = folder("notebooks") / f"{row['lesson']}.ipynb"
    assert row["step"] in [step.heading for step in instructor.steps(notebook)]


def test_notes_follow_the_order_of_their_lesson_and_fit_two_periods() -> None:
    for lesson in find_lessons(folder("notebooks")):
        headings = [s.heading for s in instructor.steps(folder("notebooks") / lesson.file)]
        notes = instructor.notes(lesson, "")
        taken = dict.fromkeys(n["step"] for n in notes)  # a step may have two notes
        assert [*taken] == [h for h in headings if h in taken]
        assert sum(note["minutes"] for note in notes) <= 90


def test_a_link_has_state_step_and_presenting() -> None:
    made = instructor.link(
        ORIGIN, LESSONS, to="03_triggers.ipynb#Predict", state="preset=exam-week", present=True
    )
    assert made.address == (
        "http://room12:8866/voila/render/03_triggers.ipynb?preset=exam-week&present#Predict"
    )
    assert not made.local


def test_a_copied_address_is_accepted_as_state() -> None:
    made = instructor.link(
        "http://localhost:8866",
        LESSONS,
        to="03_triggers.ipynb",
        state="http://localhost:8866/voila/render/03_triggers.ipynb?sleep_h=5&present#Observe",
    )
    assert made.address == "http://localhost:8866/voila/render/03_triggers.ipynb?sleep_h=5"
    assert made.local


@pytest.mark.parametrize(
    ("to", "state", "words"),
    [
        ("99_none.ipynb", "", "no lesson '99_none.ipynb'"),
        ("03_triggers.ipynb", "sleep", "'sleep' cannot be read"),
        ("03_triggers.ipynb", "a=" + 2000 * "x", "longer than 2000"),
    ],
)
def test_a_link_that_cannot_be_made_is_explained(to: str, state: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        instructor.link(ORIGIN, LESSONS, to=to, state=state)


@given(
    st.dictionaries(
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9).filter(
            lambda name: name != "present"
        ),
        st.text(min_size=1, max_size=20),
        max_size=4,
    )
)
def test_a_state_arrives_as_it_was_given(values: dict[str, str]) -> None:
    made = instructor.link(ORIGIN, LESSONS, to="03_triggers.ipynb", state=urlencode(values))
    assert {k: v for k, (v,) in parse_qs(urlsplit(made.address).query).items()} == values


def test_a_qr_code_is_an_image_with_a_name() -> None:
    root = ET.fromstring(qr_svg("http://room12:8866/"))  # noqa: S314 - it is our own
    assert root.findtext("title") == "QR code of the link"
    assert float(root.attrib["viewBox"].split()[2]) >= 29  # version 2 and its quiet zone


def test_an_address_that_no_camera_could_read_has_no_code() -> None:
    def made(state: str) -> instructor.Link:
        return instructor.link(ORIGIN, LESSONS, to="03_triggers.ipynb", state=state)

    assert made("sleep_h=4").qr
    assert made("a" * 1900 + "=1").qr == ""


def test_the_page_makes_a_link(serve: Callable[..., Server], course: Path) -> None:
    url = serve(course).url
    page = ask(url + "instructor").text
    assert "Start here" in page
    assert "QR code of the link" not in page
    page = ask(url + "instructor?to=00_start_here.ipynb%23More&present=on").text
    assert "00_start_here.ipynb?present#More" in page
    assert "QR code of the link" in page
    page = ask(url + "instructor?to=%3Cimg%20src=x%3E").text
    assert "There is no lesson" in page
    assert "<img" not in page
    assert "About 5 minutes." in page
    assert "About 5 minutes." in ask(url + "none").text  # the list of lessons
    assert ask(url + "instructor/notes/00_start_here").status == 200
    assert ask(url + "instructor/notes/..%2f..%2fREADME").status == 404
