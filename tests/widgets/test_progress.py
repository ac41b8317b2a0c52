"""The progress panel: reported by lesson, saved, loaded, merged, forgotten only on purpose."""

from typing import Any

import pytest

from tests.widgets.parts import send
from twitchlib import guide, quiz
from twitchlib.quiz import Progress
from twitchlib.quiz.attempts import LARGEST_FILE
from twitchlib.widgets.progress import ANSWERS, ProgressPanel

ASKED = quiz.lessons()["03_triggers"]
DONE = Progress().after(ASKED[0], ASKED[0].key)
MORE = Progress().after(ASKED[1], ASKED[1].key)


@pytest.fixture
def panel() -> ProgressPanel:
    return ProgressPanel()


def test_every_existing_lesson_has_its_line(panel: ProgressPanel) -> None:
    ANSWERS.progress = DONE
    lines = {line[0][:2]: line[1:] for line in panel._shown["lessons"]}
    existing = [name for name in quiz.lessons() if name in guide.rows("lessons")]
    assert list(lines) == [name[:2] for name in existing]
    assert lines["03"] == [f"1 of {len(ASKED)}", "1"]
    total = sum(map(len, quiz.lessons().values()))
    assert panel._shown["summary"] == (
        f"In the whole course: 1 of {total} answered, 1 right at first try."
    )


def test_at_the_end_of_a_lesson_two_sentences_suffice() -> None:
    panel = ProgressPanel("03_triggers")
    assert panel._shown["lessons"] == []
    assert panel._shown["summary"].startswith(
        f"In this lesson: none of {len(ASKED)} answered yet. In"
    )


def test_what_is_saved_can_be_loaded(panel: ProgressPanel) -> None:
    assert panel._shown["file"] == ""
    ANSWERS.progress = DONE
    saved = panel._shown["file"]
    ANSWERS.progress = MORE
    shown = send(panel, {"file": saved})
    assert ANSWERS.progress == DONE.merged(MORE)
    assert shown["message"] == "Answers loaded: 1. New here: 1."
    assert Progress.from_json(shown["file"]) == DONE.merged(MORE)


@pytest.mark.parametrize("text", ["", "{", '{"format": "cake"}', "x" * (LARGEST_FILE + 1)])
def test_a_bad_file_is_refused_and_nothing_is_lost(panel: ProgressPanel, text: str) -> None:
    ANSWERS.progress = DONE
    shown = send(panel, {"file": text})
    assert shown["message"].endswith("Nothing was changed.")
    assert ANSWERS.progress == DONE


def test_answers_kept_by_the_browser_are_restored_silently(panel: ProgressPanel) -> None:
    ANSWERS.progress = MORE
    assert send(panel, {"stored": DONE.to_json()})["message"] == ""
    assert ANSWERS.progress == DONE.merged(MORE)
    assert send(panel, {"stored": "nonsense"})["message"] == ""
    assert ANSWERS.progress == DONE.merged(MORE)


def test_forgetting_leaves_nothing(panel: ProgressPanel) -> None:
    other = ProgressPanel("03_triggers")
    ANSWERS.progress = DONE
    shown = send(panel, {"forget": True})
    assert ANSWERS.progress == Progress()
    assert (shown["file"], other._shown["file"]) == ("", "")
    assert shown["message"] == "Your answers are forgotten."


@pytest.mark.parametrize("edit", [{}, {"file": 1}, {"stored": None}, {"forget": "yes"}, {"x": {}}])
def test_a_meaningless_change_does_nothing(panel: ProgressPanel, edit: dict[str, Any]) -> None:
    ANSWERS.progress = DONE
    send(panel, edit)
    assert ANSWERS.progress == DONE


def test_a_closed_widget_no_longer_follows() -> None:
    panel = ProgressPanel()
    seen: list[int] = []
    ANSWERS.follow(panel, lambda: seen.append(1))
    ANSWERS.progress = DONE
    panel.close()
    ANSWERS.progress = Progress()
    assert seen == [1]
