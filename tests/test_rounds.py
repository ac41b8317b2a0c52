"""The table of what was taken for what in a game."""

from hypothesis import given
from hypothesis import strategies as st

from twitchlib.rounds import confusion

NAMES = ("clonus", "spasm", "myoclonus", "tremor")
KIND = st.sampled_from(NAMES)


@given(st.lists(st.tuples(KIND, KIND), max_size=12))
def test_the_table_counts_every_answer_once(answers: list[tuple[str, str]]) -> None:
    table = confusion(answers, NAMES)
    assert sum(sum(row.values()) for row in table.values()) == len(answers)
    assert all(list(row) == list(table) for row in table.values())
    assert set(table) == {kind for pair in answers for kind in pair}
    right = sum(table[kind][kind] for kind in table)
    assert right == sum(was == said for was, said in answers)
