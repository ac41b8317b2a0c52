"""Gains as figures: what moved, in words, rows and marks."""

from tests.quiz.test_gains import student
from twitchlib import quiz
from twitchlib.figures.gains import plot_class_concepts, plot_files, plot_gain
from twitchlib.quiz.gains import gain_of_texts

CONCEPTS = [question.concept for question in quiz.forms()["A"]]
CLASS = gain_of_texts(
    {
        "a.json": student(4, 8).to_json(),
        "b.json": student(6, 5, "B").to_json(),
        "c.json": student(12, 12).to_json(),
    }
)


def test_the_concepts_of_a_student_are_named_and_drawn_from_the_top() -> None:
    figure = plot_gain(quiz.gain(student(1, 2)))
    assert figure.layout.title.text == "1 of 12 before, 2 of 12 after"
    assert f"New after the course: {CONCEPTS[1]}." in figure.layout.meta["description"]
    rows = figure.layout.meta["table"]["rows"]
    assert rows[0] == [CONCEPTS[0], "right", "right"]
    assert rows[1] == [CONCEPTS[1], "not yet", "right"]
    assert list(figure.data[1].text) == CONCEPTS[::-1]
    assert [note.text for note in figure.layout.annotations] == CONCEPTS[::-1]


def test_a_class_is_drawn_in_percent_by_concept() -> None:
    figure = plot_class_concepts(CLASS)
    rows = {row[0]: row[1:] for row in figure.layout.meta["table"]["rows"]}
    assert rows[CONCEPTS[0]] == [100, 100, 0]
    assert rows[CONCEPTS[4]] == [67, 100, 33]
    assert (
        f"The most was gained in “{CONCEPTS[4]}” (+33 points)"
        in (figure.layout.meta["description"])
    )
    assert figure.layout.xaxis.title.text == "Students who were right (%)"


def test_files_are_drawn_with_their_mean_and_its_interval() -> None:
    figure = plot_files(CLASS)
    assert figure.layout.title.text == "On average +1.0 of 12"
    assert list(figure.data[0].text) == ["b.json", "c.json", "a.json"]
    assert "by bootstrap over students" in figure.layout.meta["description"]
    assert len(figure.layout.shapes) == 2
    assert figure.layout.meta["table"]["rows"][1][-1] == "–"  # all were right before
    alone = plot_files(gain_of_texts({"a.json": student(4, 8).to_json()}))
    assert "too few files" in alone.layout.meta["description"]
    assert len(alone.layout.shapes) == 1
