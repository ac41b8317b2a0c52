"""What the questions on new cases say about models and tables agrees with them."""

import numpy as np
import pytest

from tests.quiz.asked import beats_hz
from twitchlib import emg, guide, quiz, triage
from twitchlib.physiology import bathed_node, motor_units
from twitchlib.physiology.ions import BODY
from twitchlib.widgets.emg_lab.settings import NEEDLE, analysed
from twitchlib.widgets.shown import settings_tried

ASKED = quiz.questions()


def rests_mv(potassium_mm: float) -> float:
    return bathed_node.settled_mv(
        bathed_node.probe(BODY.replace(potassium_mm=potassium_mm), seed=0)
    )


@pytest.mark.parametrize(
    ("name", "before_mm", "after_mm", "said"),
    [
        ("potassium-3-to-5", 3, 5, "less negative"),
        ("potassium-5-to-3", 5, 3, "more negative"),
        ("potassium-4-to-6", 4, 6, "less negative"),
    ],
)
def test_potassium_moves_the_rest_as_the_answer_says(
    name: str, before_mm: float, after_mm: float, said: str
) -> None:
    rises = rests_mv(after_mm) > rests_mv(before_mm)
    assert said == ("less negative" if rises else "more negative")
    assert said in next(option.text for option in ASKED[name].tier(1) if option.right)


def test_what_is_said_about_a_class_agrees_with_the_source() -> None:
    note = guide.references()["silverthorn2002"].note
    said = ASKED["potassium-3-to-5"].explanation
    for words in ("36 of 96 students had the direction right", "8 of the"):
        assert words.removesuffix(" the") in said
        assert words in note


def test_a_twitch_of_the_middle_unit_takes_as_long_as_stated() -> None:
    time_ms = float(motor_units.units(motor_units.POOL).contraction_ms[59])
    assert f"takes {time_ms:.0f} ms" in ASKED["slow-nerve"].explanation


def test_just_below_the_step_the_foot_stops() -> None:
    assert beats_hz(0.45, 50) > 0
    assert np.isnan(beats_hz(0.4, 50))


def test_a_shorter_path_beats_faster() -> None:
    said = ASKED["short-legs"].explanation
    for delay_ms in (30, 60):
        assert f"{delay_ms} ms give {beats_hz(0.5, delay_ms):.1f}" in said


def test_a_leg_that_grew_weak_must_be_seen_today() -> None:
    noor = triage.advise(triage.Answers.all_no(weakness="yes", weeks="yes"))
    assert noor.reading is not None
    assert noor.reading.id == "today"
    assert "today" in next(o.text for o in ASKED["by-the-rail"].tier(1) if o.right)


def test_the_detector_gives_the_stated_scores() -> None:
    question = ASKED["f1-of-nine-tenths"]
    assert question.trace is not None
    tried = settings_tried(question.trace["seed"])
    chosen = tried[12]
    assert (chosen.hits, chosen.missed, chosen.extra) == (17, 2, 0)
    assert f"about {chosen.f1:.2f}" in question.explanation
    assert f"falls to {tried[15].f1:.2f}" in question.explanation
    best, rounded, *_ = question.options
    assert max(tried, key=lambda setting: tried[setting].f1) == best.low
    assert f"{tried[10].f1:.2f}" in best.feedback
    assert [setting for setting, match in tried.items() if 0.87 < match.f1 < 0.9] == [8, 15, 20]
    assert f"{tried[20].f1:.2f}" in rounded.feedback
    assert (tried[30].missed, tried[30].extra, f"{tried[30].f1:.2f}") == (6, 0, "0.81")
    assert all(tried[setting].extra for setting in (6, 8))


def test_the_three_muscles_differ_in_what_the_feedback_names() -> None:
    """Whatever the seed, muscle disease gives many short potentials, and nerve damage high ones."""
    for seed in range(25):
        healthy, muscle, nerve = (
            analysed(example.simulate(6, seed=seed), NEEDLE).features
            for example in emg.examples().values()
        )
        assert nerve.amplitude_mv > 2 * max(healthy.amplitude_mv, muscle.amplitude_mv), seed
        assert muscle.active_share > 1.5 * max(healthy.active_share, nerve.active_share), seed
        assert muscle.median_hz > 1.5 * max(healthy.median_hz, nerve.median_hz), seed
    for name in ("needle-ill-muscle", "needle-ill-nerve"):
        stands_for = [option.text for option in ASKED[name].tier(1)]
        assert stands_for == ["Healthy muscle", "Muscle disease", "Nerve damage"]
    assert list(emg.examples()) == ["healthy", "myopathy", "neuropathy"]
