"""Each fact of the guide is taught by a cell of a lesson, as a table lists.

``python -m tests.notebooks.test_coverage`` prints the table.
"""

import nbformat
import pytest

from twitchlib import guide
from twitchlib.places import folder

FACTS = guide.rows("guide_facts")
CALLS = {  # that show the rows of a table
    "actions": ("action_table(", "Ledger("),
    "causes": ("TriggersDashboard(", "evidence("),
    "conditions": ("conditions(",),
    "normal": ("normal_situations(", "evidence("),
    "remedies": ("CarePlan(", "Foods(", "judge_claims("),
    "signal_path": ("signal_path(", "evidence("),
    "triage_rules": ("WarningSigns(",),
    "twitching": ("statements(",),
}


def cells_with(lesson: str, words: str) -> list[str]:
    cells = nbformat.read(folder("notebooks") / f"{lesson}.ipynb", as_version=4).cells
    return [cell.source for cell in cells if words in " ".join(cell.source.split())]


def coverage() -> str:
    """Return the table of facts, lessons and cells, as Markdown."""
    lines = [
        "| fact of the guide | claims | lesson | cell | row |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row['fact']} | {', '.join(row['claims'])} | {row['lesson']} "
        f"| {row['cell']} | {row['row'] or ''} |"
        for row in FACTS.values()
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("fact", FACTS)
def test_a_cell_teaches_the_fact(fact: str) -> None:
    row = FACTS[fact]
    found = cells_with(row["lesson"], row["cell"])
    assert found, f"no cell of {row['lesson']} holds {row['cell']!r}"
    if row["row"]:
        table, name = row["row"].split("/")
        assert name in guide.rows(table)
        calls = CALLS.get(table, ())
        assert not calls or any(call in source for source in found for call in calls), row["row"]


def test_every_claim_is_among_the_facts() -> None:
    assert {claim for row in FACTS.values() for claim in row["claims"]} == set(guide.rows("claims"))


def test_the_table_has_a_line_for_each_fact() -> None:
    assert len(coverage().splitlines()) == len(FACTS) + 2


if __name__ == "__main__":
    print(coverage())  # noqa: T201 - this is what the command is for
