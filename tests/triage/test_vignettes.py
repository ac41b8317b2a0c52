"""The made-up cases cover the table, and each is judged by the rules alone."""

from twitchlib import guide, triage


def test_there_are_at_least_eight_and_every_row_comes_up() -> None:
    found = [v.advice.action for v in triage.vignettes().values()]
    assert len(found) >= 8
    assert {action.id if action else None for action in found} == {
        "normal",
        "persistent",
        "severe",
        None,
    }


def test_being_unsure_and_being_sudden_come_up() -> None:
    told = [v.advice.answers for v in triage.vignettes().values()]
    assert any("unsure" in vars(answers).values() for answers in told)
    assert any(answers.sudden == "yes" for answers in told)


def test_a_story_does_not_give_its_row_away() -> None:
    names = [row["name"].lower() for row in guide.rows("actions").values()]
    for vignette in triage.vignettes().values():
        assert not any(name in vignette.story.lower() for name in names)
