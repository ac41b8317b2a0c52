"""The game: unseen recordings, answers that are judged and explained, a score and its table."""

from typing import Any

import pytest

from tests.widgets.parts import send
from twitchlib.twitches import naming
from twitchlib.widgets.twitch_types.naming import NamingGame

pytestmark = pytest.mark.usefixtures("nothing_fails_silently")


@pytest.fixture
def game() -> NamingGame:
    return NamingGame()


def asked(game: NamingGame) -> dict[str, Any]:
    (question,) = game.question._spec["asked"]
    shown: dict[str, Any] = question
    return shown


def reply(game: NamingGame) -> dict[str, Any]:
    said: dict[str, Any] = game.question._shown["results"][asked(game)["id"]]
    return said


def answer(game: NamingGame, kind: str) -> None:
    send(game.question, {"answers": {asked(game)["id"]: kind}})


def go_on(game: NamingGame) -> None:
    send(game.question, {"at": 1})


def shown(game: NamingGame) -> str:
    return str(
        {path: leaf for path, leaf in game.dashboard.views[0]._leaves.items() if "layout" in path}
    )


def test_before_the_answer_nothing_gives_it_away(game: NamingGame) -> None:
    for one in naming.rounds(1):
        assert one.kind not in shown(game)
        assert one.kind not in str(game.sound._clip)
        assert one.kind not in game.dashboard.code.html
        answer(game, one.options[0])
        go_on(game)


def test_a_right_answer_is_confirmed_and_explained(game: NamingGame) -> None:
    kind = naming.rounds(1)[0].kind
    answer(game, kind)
    feedback = reply(game)
    assert feedback["key"] == kind
    assert feedback["said"][0].startswith("Right: ")
    assert feedback["said"][1].startswith("Part at fault: ")
    assert any(line.startswith("For it: ") for line in feedback["said"])
    assert not any(line.startswith("Against") for line in feedback["said"])
    assert kind in shown(game)
    assert "1 of 1 right" in game.score.html


def test_a_wrong_answer_gets_the_evidence_against_it(game: NamingGame) -> None:
    kind = naming.rounds(1)[0].kind
    wrong = next(other for other in naming.LEVELS["clear"] if other != kind)
    answer(game, wrong)
    feedback = reply(game)
    assert feedback["key"] == kind
    assert feedback["said"][0].startswith("Not this time: ")
    against = [line for line in feedback["said"] if line.startswith("Against")]
    assert against
    assert all("Not kept" in line for line in against)
    assert "0 of 1 right" in game.score.html


def test_a_whole_game_is_counted_and_another_follows(game: NamingGame) -> None:
    drawn = naming.rounds(1)
    for number, one in enumerate(drawn, start=1):
        assert f"Recording {number} of {len(drawn)}" in asked(game)["prompt"][0]
        answer(game, one.kind)
        if number < len(drawn):
            assert asked(game)["next"] == "Next recording"
            go_on(game)
    assert f"{len(drawn)} of {len(drawn)} right" in game.score.html
    assert game.answers == [(one.kind, one.kind) for one in drawn]
    assert asked(game)["next"] == "Play another game"
    go_on(game)
    assert game.dashboard.controls.value.game == 2
    assert game.answers == []
    assert "Recording 1 of" in asked(game)["prompt"][0]
    assert game.dashboard.result.seed == naming.rounds(2)[0].seed


def test_another_number_starts_another_game(game: NamingGame) -> None:
    answer(game, "clonus")
    game.dashboard.controls.set(game=7)
    assert game.answers == []
    assert game.question.value.answer == ""
    assert game.dashboard.result.seed == naming.rounds(7)[0].seed
    assert "Nothing answered yet" in game.score.html


def test_the_last_game_is_followed_by_the_first(game: NamingGame) -> None:
    game.dashboard.controls.set(game=999)
    for one in naming.rounds(999):
        answer(game, one.kind)
        go_on(game)
    assert game.dashboard.controls.value.game == 1


def test_the_table_has_a_row_and_a_column_for_each_kind(game: NamingGame) -> None:
    kind = naming.rounds(1)[0].kind
    wrong = next(other for other in naming.LEVELS["clear"] if other != kind)
    answer(game, wrong)
    assert game.score.html.count('scope="row"') == game.score.html.count('scope="col"') == 2
    assert "<caption>" in game.score.html
