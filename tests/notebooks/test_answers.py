"""The answers under the drawings that open a lesson give the drawings' own numbers."""

import re

import nbformat
import pytest

from twitchlib import scenes
from twitchlib.places import folder
from twitchlib.widgets import openers

NUMBER_WORDS = {"two": 2, "nine": 9}


def answer_below(lesson: str, summary: str) -> str:
    """Return the answer that is folded below a question."""
    cells = nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4).cells
    (answer,) = (cell.source for cell in cells if f"<summary>{summary}</summary>" in cell.source)
    return " ".join(answer.split())


def test_a_flutter_has_as_many_pulses_as_its_answer_says() -> None:
    found = re.search(
        r"burst of (\w+) to (\w+) pulses",
        answer_below("00_start_here", "How many pulses make one flutter?"),
    )
    assert found
    fluttering = openers.flutter()
    spikes_s = fluttering.discharges.time_s
    counts = [
        int(((spikes_s >= event.onset_s) & (spikes_s <= event.offset_s)).sum())
        for event in fluttering.events
    ]
    assert [NUMBER_WORDS[word] for word in found.groups()] == [min(counts), max(counts)]


def test_the_way_takes_as_long_as_its_answer_says() -> None:
    answer = answer_below("01_nervous_system", "Where does it lose most of its time?")
    arrives_ms, pulls_ms = (1000 * moment.time_s for moment in scenes.path().moments[3:5])
    stated_ms = [float(ms) for ms in re.findall(r"(\d+) ms", answer)]
    assert stated_ms == pytest.approx([arrives_ms, pulls_ms - arrives_ms], abs=0.5)
