"""The numbers in the answers of the quiz agree with the lessons' own models and tables."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.quiz.asked import ASKED, beats_hz, first_gain_s, fusion_hz, left_mg
from twitchlib import care, emg, guide, quiz
from twitchlib.physiology import axon, caffeine, excitability, motor_pool
from twitchlib.physiology.motor_units import POOL
from twitchlib.widgets.nervous_system.movement import SAMPLE_HZ, SEED, Effort
from twitchlib.widgets.shown import settings_tried


def units_at(percent: float) -> int:
    """Return how many units are recruited at an effort, as counted by the lesson's dashboard."""
    drive = Effort(effort_percent=percent).drive
    run = motor_pool.simulate(POOL, drive, sample_hz=SAMPLE_HZ, seed=SEED)
    return int(np.unique(run.discharges.unit).size)


def mistakes() -> float:
    """Return the errors of 30 bars, of which 20 mark one of 24 potentials."""
    truth = np.arange(24.0)
    found = np.concatenate([truth[:20], 0.5 + np.arange(10.0)])
    match = emg.Match(found, truth)
    assert (match.hits, match.missed, match.extra) == (20, 4, 10)
    return match.missed + match.extra


def hours_behind(dose_mg: float, other_mg: float, half_life_h: float) -> float:
    """Return how long after ten hours a dose has fallen to what is left of the other then."""
    body = caffeine.Caffeine(half_life_h=half_life_h)
    hours = np.linspace(10, 30, 2001)
    left = caffeine.body_load(body, [(0, dose_mg)], hours).caffeine_mg
    wanted = caffeine.body_load(body, [(0, other_mg)], [10.0]).caffeine_mg[0]
    return float(hours[np.argmax(left <= wanted)]) - 10


def surest_setting(f1: float) -> float:
    """Return the highest setting of the question's detector that still reaches an F1."""
    trace = ASKED["f1-of-nine-tenths"].trace
    assert trace is not None
    tried = settings_tried(trace["seed"])
    return max(setting for setting, match in tried.items() if match.f1 >= f1)


MEASURED: dict[str, Callable[[], float]] = {
    "threshold-2ms": lambda: excitability.threshold(axon.SQUID, width_ms=2.0),
    "fusion-unit-100": lambda: fusion_hz(100),
    "units-at-tenth": lambda: units_at(10),
    "gain-at-20ms": lambda: first_gain_s(20),
    "clonus-long-way": lambda: beats_hz(1, 100),
    "slow-coffee": lambda: left_mg("filter-coffee", 14, 23, 9),
    "six-cups": lambda: (
        6 * guide.rows("drinks")["filter-coffee"]["caffeine_mg"]
        - guide.rows("factors")["caffeine_mg"]["may_beyond"]
    ),
    "false-alarms": lambda: 100 * (1 - 0.95**8),
    "rate-from-interval": lambda: 1000 / 69,
    "count-the-cost": mistakes,
    "slow-nerve": lambda: 1000 * (1 / 20 - 1 / 50),
    "double-dose": lambda: hours_behind(160, 80, 5),
    "bananas-a-potato": lambda: (
        care.foods()["potato-baked"].potassium_mg / care.foods()["banana"].potassium_mg
    ),
    "f1-of-nine-tenths": lambda: surest_setting(0.9),
    "ten-hours-later": lambda: 120 * 0.5 ** (10 / 5),
    "eight-hours-later": lambda: 160 * 0.5 ** (8 / 4),
}
READ = {  # by claim, the words that hold the number
    "als-new-cases": ("G21", "1.75 new cases"),
    "followed-121": ("G30", "none had motor neurone disease"),
    "of-fifty": ("G03", "every one had twitches in a foot muscle"),
    "two-years-on": ("G34", "93 % still had it"),
    "stretching-gain": ("G47", "1.2 cramps a night fewer"),
}
QUOTED = [  # other numbers that the quiz takes from the ledger
    ("als-new-cases", "G21", "up to 1 in 300"),
    ("minute-and-marathon", "G16", "24 %"),
    ("minute-and-marathon", "G16", "15 minutes"),
    ("banana", "G45", "4.4 to 4.5 or 4.6 mmol/L"),
    ("litres-before-match", "G44", "2014 two young"),
    ("two-percent-dry", "G19", "24.6 pulses a second"),
    ("eyelids", "G15", "6.9"),
    ("eyelids", "G15", "4.8"),
    ("rate-from-interval", "G10", "14.5"),
]


@pytest.mark.parametrize("name", MEASURED)
def test_the_models_give_the_number(name: str) -> None:
    assert quiz.grade(ASKED[name], MEASURED[name]()).right


@pytest.mark.parametrize("name", READ)
def test_the_ledger_holds_the_number(name: str) -> None:
    claim, words = READ[name]
    assert claim in ASKED[name].claims
    assert words in guide.rows("claims")[claim]["comment"]


@pytest.mark.parametrize(("name", "claim", "words"), QUOTED)
def test_the_ledger_holds_what_is_quoted(name: str, claim: str, words: str) -> None:
    asked = ASKED[name]
    assert claim in asked.claims
    said = " ".join([asked.explanation, *(option.feedback for option in asked.options)])
    assert words in said
    assert words in guide.rows("claims")[claim]["comment"]


def test_no_number_is_left_unchecked() -> None:
    numbers = {name for name, question in ASKED.items() if question.kind == "number"}
    assert numbers == {*MEASURED, *READ}
