"""Progress in a student's own file."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from twitchlib import quiz
from twitchlib.places import PROGRESS
from twitchlib.quiz import Progress
from twitchlib.widgets._kept import keep
from twitchlib.widgets.progress import Answers

FIRST, SECOND = [one for one in quiz.lessons()["03_triggers"] if isinstance(one.key, str)][:2]


def answered(answers: Answers, question: quiz.Question) -> None:
    answers.progress = answers.progress.after(question, question.key)


def kept_in(file: Path) -> Answers:
    answers = Answers()
    keep(answers, file)
    return answers


def test_the_next_kernel_knows_the_answers(tmp_path: Path) -> None:
    file = tmp_path / "new" / "progress.json"
    answered(kept_in(file), FIRST)
    assert kept_in(file).progress.attempts.keys() == {FIRST.id}
    assert [path.name for path in file.parent.iterdir()] == ["progress.json"]


def test_two_kernels_do_not_undo_each_others_answers(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    one, other = kept_in(file), kept_in(file)
    answered(one, FIRST)
    answered(other, SECOND)
    assert kept_in(file).progress.attempts.keys() == {FIRST.id, SECOND.id}


def test_answers_that_are_forgotten_are_gone(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    answers = kept_in(file)
    answered(answers, FIRST)
    answers.progress = Progress()
    assert not file.exists()
    assert kept_in(file).progress == Progress()


def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "progress.json"
    file.write_text("{", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        answered(kept_in(file), FIRST)
    assert file.read_text(encoding="utf-8") == "{"
    assert "progress.json" in caplog.text


def test_a_file_that_cannot_be_written_does_not_stop_an_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answers = kept_in(tmp_path / "file" / "progress.json")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        answered(answers, FIRST)
    assert answers.progress.attempts.keys() == {FIRST.id}
    assert "no progress is kept" in caplog.text


def test_a_lesson_keeps_its_answers_in_the_file_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    answered(kept_in(file), FIRST)
    code = (
        "from twitchlib.widgets.progress import ANSWERS, ProgressPanel\n"
        "print(*ANSWERS.progress.attempts, ProgressPanel()._spec['kept'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, PROGRESS: str(file)},
    )
    assert done.stdout.split() == [FIRST.id, "progress.json"]
