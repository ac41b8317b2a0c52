"""The needle at rest and its game, driven as a reader drives them."""

from typing import Any

import pytest

from tests.widgets.parts import reproduced, said, send, shown_code
from twitchlib.needle import discharges, naming
from twitchlib.quantity import choices, describe
from twitchlib.widgets import EmgLab, NeedleAtRest, NeedleGame
from twitchlib.widgets.emg_lab.at_rest import AtRest
from twitchlib.widgets.emg_lab.needle_game import NeedleNaming

pytestmark = pytest.mark.usefixtures("nothing_fails_silently")


class TestAtRest:
    @pytest.mark.parametrize("name", choices(AtRest)["discharge"].options)
    def test_every_discharge_can_be_chosen_and_is_not_called_a_diagnosis(self, name: str) -> None:
        rest = NeedleAtRest()
        rest.controls.set(discharge=name)
        known = discharges()[name]
        assert rest.views[0].title.startswith(known.title)
        assert known.tells_apart in rest.words.html
        assert "It is not a diagnosis." in rest.words.html
        assert "By these rules" in rest.details.html

    def test_every_control_at_its_ends(self) -> None:
        rest = NeedleAtRest()
        start = said(rest.views[0])
        for name, known in describe(AtRest).items():
            for value in (known.low, known.high):
                rest.controls.set(**{name: value})
                assert said(rest.views[0])
            rest.controls.set(**{name: known.default})
        assert said(rest.views[0]) == start

    def test_the_shown_code_runs_and_gives_the_same_figure(self) -> None:
        rest = NeedleAtRest()
        rest.controls.set(discharge="myotonic", distance_mm=0.3)
        leaves = reproduced(shown_code(rest))
        assert leaves["layout.meta"]["description"] == said(rest.views[0])

    def test_a_link_for_one_of_the_two_is_no_problem_for_the_other(self) -> None:
        rest, lab = NeedleAtRest(), EmgLab()
        for query in ("?discharge=endplate-spikes&distance_mm=0.3", "?source=tremor&evidence=5"):
            assert rest.address
            rest.address.take_query(query)
            lab.address.take_query(query)
            assert "tw-problem" not in rest.address.problems.html + lab.address.problems.html
        rest.address.take_query("?distance_mm=9")
        assert "distance_mm in the link" in rest.address.problems.html


def asked(game: NeedleNaming) -> dict[str, Any]:
    (question,) = game.question._spec["asked"]
    shown: dict[str, Any] = question
    return shown


class TestGame:
    def test_a_whole_game_is_counted_and_another_follows(self) -> None:
        game = NeedleNaming()
        drawn = naming.rounds(1)
        for number, one in enumerate(drawn, start=1):
            assert f"Recording {number} of 10" in asked(game)["prompt"][0]
            assert discharges()[one.kind].word not in str(game.sound._clip)
            assert game.dashboard.views[0].title == "A needle in a muscle at rest"
            send(game.question, {"answers": {asked(game)["id"]: one.kind}})
            assert game.dashboard.views[0].title.startswith(discharges()[one.kind].title)
            if number < len(drawn):
                send(game.question, {"at": 1})
        assert "10 of 10 right" in game.score.html
        send(game.question, {"at": 1})
        assert game.dashboard.controls.value.needle_game == 2
        assert game.answers == []

    def test_a_wrong_answer_gets_the_evidence_against_it(self) -> None:
        game = NeedleNaming()
        kind = naming.rounds(1)[0].kind
        wrong = next(name for name in discharges() if name != kind)
        send(game.question, {"answers": {asked(game)["id"]: wrong}})
        lines = game.question._shown["results"][asked(game)["id"]]["said"]
        assert lines[0].startswith("Not this time: ")
        assert lines[1] == discharges()[kind].tells_apart
        assert any(line.startswith("Against") for line in lines)

    def test_it_is_a_dashboard_of_the_lesson(self) -> None:
        assert NeedleGame().result.duration_s == naming.LENGTH_S
