"""What several tests need from the quiz and the lessons' models."""

import math

import numpy as np

from twitchlib import guide, quiz
from twitchlib.figures.motor_pool import FUSED, ripple
from twitchlib.physiology import caffeine
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.widgets.twitch_types import clonus

ASKED = {question.id: question for question in quiz.questions().values()}


def right(name: str) -> quiz.Option:
    return next(option for option in ASKED[name].options if option.right)


def swings(hz: float, unit: int) -> float:
    return ripple(Discharges.of([unit] * 40, 0.1 + np.arange(40) / hz))


def fusion_hz(unit: int) -> float:
    return next(hz for hz in range(10, 60) if swings(hz, unit) <= FUSED)


def beats_hz(gain_s: float, delay_ms: float) -> float:
    """Return the clonus frequency of the foot in the lesson's dashboard; NaN if it dies out."""
    stop = clonus.clonus_stop()
    stop.controls.value = clonus.Stretch(gain_s=gain_s, delay_ms=delay_ms)
    return clonus.beats_hz(stop.result)


def first_gain_s(delay_ms: float) -> float:
    """Return the lowest gain with sustained clonus, in the steps of the dashboard's slider."""
    gains = [round(0.05 * step, 2) for step in range(31)]
    return next(gain for gain in gains if not math.isnan(beats_hz(gain, delay_ms)))


def left_mg(drink: str, drunk_h: float, bedtime_h: float, half_life_h: float) -> float:
    dose = guide.rows("drinks")[drink]["caffeine_mg"]
    body = caffeine.Caffeine(half_life_h=half_life_h)
    return float(caffeine.body_load(body, [(drunk_h, dose)], [bedtime_h]).caffeine_mg[0])
