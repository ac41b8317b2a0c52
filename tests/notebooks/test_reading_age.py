"""The words for readers are plain: every lesson and table stays within a measured limit.

The Flesch–Kincaid grade is the school year in which a text is easy to read, computed from words
per sentence and syllables per word. Readers of about 14 are in grade 8 or 9; the limit is lower,
since people read about their health when they are worried.
"""

import re

import nbformat
import pytest
import textstat

from twitchlib import guide
from twitchlib.places import folder

HIGHEST = 7.0
LESSONS = sorted(guide.rows("lessons"))
TABLES = {
    "actions": ("symptoms", "action", "studies_add"),
    "additions": ("what", "do"),
    "causes": ("guide_says", "how", "evidence"),
    "conditions": ("means_it", "comes_with", "found_by", "in_balance"),
    "corrections": ("instead",),
    "normal": ("guide_says", "studies_find"),
    "nuances": ("text",),
    "readings": ("action", "reason"),
    "remedies": ("guide_says", "how_to", "ask_first", "studies_find"),
    "safety_net": ("text",),
    "triage_questions": ("question", "help"),
    "triage_rules": ("reason",),
    "twitching": ("statement",),
    "vignettes": ("story", "why"),
    "warning_signs": ("sign", "because"),
}


def prose(markdown: str) -> str:
    """Return the sentences of a lesson, without headings, tables, code, addresses or markup."""
    linked = re.sub(
        r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"^#.*$", "", markdown, flags=re.MULTILINE)
    )
    text = re.sub(r"<[^>]+>|`[^`]*`|[*_>]", " ", linked)
    blocks = re.split(r"\n\s*\n|^\s*(?:-|\d+\.) ", text, flags=re.MULTILINE)
    kept = [" ".join(block.split()) for block in blocks if "|" not in block]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in kept if part)


def grade(text: str) -> float:
    found: float = textstat.flesch_kincaid_grade(text)
    return found


def lesson_text(lesson: str) -> str:
    cells = nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4).cells
    markdown = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return prose(markdown)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_plain(lesson: str) -> None:
    assert grade(lesson_text(lesson)) <= HIGHEST


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_plain(table: str) -> None:
    rows = guide.rows(table).values()
    assert grade(" ".join(row[name] for row in rows for name in TABLES[table] if row[name])) <= (
        HIGHEST
    )


def test_the_measure_distinguishes_plain_from_hard() -> None:
    plain = "A twitch is short. It goes away by itself. You can watch it for a while."
    hard = (
        "Spontaneous fasciculation potentials necessitate differential electrodiagnostic "
        "characterisation notwithstanding symptomatological insignificance."
    )
    assert grade(plain) < HIGHEST < grade(hard)
    assert prose("# Title\n\n- one\n- two [words](a.ipynb)\n\n| a | b |") == "one. two words."
