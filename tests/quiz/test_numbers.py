"""The numbers of the quiz are those that the lessons' own models and tables give."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from twitchlib import guide, quiz, twitches
from twitchlib.figures.motor_pool import FUSED, ripple
from twitchlib.physiology import axon, caffeine, excitability, motor_units
from twitchlib.physiology.motor_pool import Discharges

ASKED = {question.id: question for question in quiz.questions()}


def fusion_hz(unit: int) -> float:
    trains = (Discharges.of([unit] * 40, 0.1 + np.arange(40) / hz) for hz in range(10, 60))
    return next(hz for hz, train in enumerate(trains, 10) if ripple(train) <= FUSED)


def all_units_percent() -> float:
    """Return the effort at which the last unit joins in, as a part of the greatest."""
    return 100 * float(motor_units.units().drive.max())


def beats_hz() -> float:
    beats = twitches.simulate("clonus", seed=1, duration_s=6).events
    return 1 / float(np.median(np.diff([beat.onset_s for beat in beats])))


def espresso_mg() -> float:
    dose = guide.rows("drinks")["espresso"]["caffeine_mg"]
    return float(caffeine.body_load([23], doses=[(13, dose)]).caffeine_mg[0])


MEASURED: dict[str, Callable[[], float]] = {
    "threshold-1ms": lambda: excitability.threshold(width_ms=1.0),
    "fusion-rate": lambda: fusion_hz(60),
    "all-units": all_units_percent,
    "clonus-rate": beats_hz,
    "espresso-left": espresso_mg,
    "six-cups": lambda: (
        6 * guide.rows("drinks")["filter-coffee"]["caffeine_mg"]
        - guide.rows("factors")["caffeine_mg"]["may_beyond"]
    ),
    "false-alarms": lambda: 100 * (1 - 0.95**8),
    "rate-from-interval": lambda: 1000 / 69,
    "watch-90s": lambda: 100 * (1 - math.exp(-3 * 1.5)),
}
READ = {  # by claim, the words that hold the number
    "als-new-cases": ("G21", "1.75 new cases"),
    "followed-121": ("G30", "none had motor neurone disease"),
    "two-years-on": ("G34", "93 % still had it"),
    "stretching-gain": ("G47", "1.2 cramps a night fewer"),
}
RULES = {"isolation-rule"}  # the rule of a study, named by its reference


@pytest.mark.parametrize("name", MEASURED)
def test_the_models_give_the_number(name: str) -> None:
    assert quiz.grade(ASKED[name], MEASURED[name]()).right


@pytest.mark.parametrize("name", READ)
def test_the_ledger_holds_the_number(name: str) -> None:
    claim, words = READ[name]
    assert claim in ASKED[name].claims
    assert words in guide.rows("claims")[claim]["comment"]


def test_no_number_is_left_unchecked() -> None:
    numbers = {name for name, question in ASKED.items() if question.kind == "number"}
    assert numbers == {*MEASURED, *READ, *RULES}


def test_what_the_explanations_say_of_the_models() -> None:
    assert (fusion_hz(1), fusion_hz(120)) == (17, 47)
    half = excitability.threshold(width_ms=0.5)
    assert round(half, 1) == 13.3
    assert 1.8 < half / excitability.threshold(width_ms=1.0) < 2
    much = 10 * half
    alone, again = ([(5, 0.5, much)], [(5, 0.5, much), (10, 0.5, much)])
    assert axon.simulate(pulses=alone, duration_ms=30).spike_ms.size == 1
    assert axon.simulate(pulses=again, duration_ms=30).spike_ms.size == 1


def test_the_drinks_stand_in_the_order_of_their_table() -> None:
    names = {row["name"]: row["caffeine_mg"] for row in guide.rows("drinks").values()}
    asked = ASKED["drinks-by-caffeine"]
    found = {option.id: names[option.text.split(",")[0]] for option in asked.options}
    amounts = [found[id_] for id_ in asked.key] if isinstance(asked.key, tuple) else []
    assert amounts == sorted(amounts, reverse=True)
    assert len(set(amounts)) == len(amounts) == 5


def length_ms(kind: str, preset: str) -> float:
    events = twitches.simulate(kind, preset=preset, seed=1, duration_s=20).events
    return 1000 * float(np.median([event.offset_s - event.onset_s for event in events]))


def test_events_last_as_long_as_their_order_says() -> None:
    lengths = [
        length_ms("fasciculation", "disease_strong"),
        length_ms("myoclonus", "cortical"),
        length_ms("clonus", "spastic"),
        length_ms("spasm", "cramp"),
    ]
    assert lengths[:3] == pytest.approx([13, 30, 110], rel=0.3)
    assert lengths[3] > 2000


TRACED = {  # name of the recording's kind and preset, as the right answer says it
    ("fasciculation", "disease_strong"): "Fasciculation",
    ("clonus", "spastic"): "Clonus",
    ("spasm", "stretched"): "Cramp",
    ("myoclonus", "cortical"): "Cortical myoclonus",
    ("myoclonus", "negative"): "Negative myoclonus",
    ("myokymia", "limb"): "Myokymia",
    ("voluntary", "gentle"): "A voluntary pull",
    ("neuromyotonia", "runs"): "Neuromyotonia",
}


@pytest.mark.parametrize(
    "question", [q for q in ASKED.values() if q.trace], ids=lambda question: question.id
)
def test_a_recording_is_what_its_answer_says(question: quiz.Question) -> None:
    trace = question.trace
    assert trace is not None
    right = next(option for option in question.options if option.right)
    assert right.text == TRACED[trace.kind, trace.preset]
    recording = twitches.simulate(
        trace.kind, preset=trace.preset, seed=trace.seed, duration_s=trace.duration_s
    )
    assert len(recording.events) >= (1 if trace.kind == "spasm" else 3)
