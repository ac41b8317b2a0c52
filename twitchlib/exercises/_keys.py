"""The answers to the exercises, and where likely mistakes lead, as the library computes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, SupportsFloat

import numpy as np

from twitchlib import emg, risk, triage, twitches
from twitchlib.arrays import FloatArray
from twitchlib.physiology import axon, caffeine, excitability, ions

__all__ = ["KEYS", "Key"]

_RESTED: Final = 3
_CUP_H: Final = 15.0
_LEFT_MG: Final = 50
_FINE_H: Final = 0.01


@dataclass(frozen=True)
class Key:
    """The answer to an exercise, and the answers to which likely mistakes lead.

    Attributes
    ----------
    right : callable
        Returns the answer.
    slack : float
        How far an answer may be from the right one and still count; the same for the mistakes.
    mistakes : mapping of str to callable
        Each returns the answer to which that mistake leads. The first that fits counts.
    """

    right: Callable[[], float]
    slack: float
    mistakes: Mapping[str, Callable[[], float]]


def _cases(*actions: str) -> float:
    advice = [triage.advise(answers).action for answers in triage.vignettes().values()]
    return float(sum(action is not None and action.id in actions for action in advice))


@cache
def _weeks() -> tuple[tuple[risk.Assessment, risk.Assessment], ...]:
    """Return each example week as it is, and as it would be with little tiredness."""
    weeks = risk.presets().values()
    rested = (week.replace(tiredness=min(week.tiredness, _RESTED)) for week in weeks)
    return tuple(zip(map(risk.assess, weeks), map(risk.assess, rested), strict=True))


def _lower_bands() -> float:
    return float(sum(rested.band.rank < tired.band.rank for tired, rested in _weeks()))


def _lower_levels() -> float:
    changes = [rested.levels_since(tired) for tired, rested in _weeks()]
    return float(sum(change.get("tiredness", 0) < 0 for change in changes))


@cache
def _low_since() -> float:
    """Return the first hour at which less than 50 mg of the cup is left."""
    hours = np.arange(_CUP_H + 1, _CUP_H + 24, _FINE_H)
    body = caffeine.Caffeine(half_life_h=5)
    left_mg = caffeine.body_load(body, [(_CUP_H, 200)], hours).caffeine_mg
    return float(hours[left_mg < _LEFT_MG][0])


@cache
def _thresholds(kind: type[axon.MotorNode | axon.SquidAxon]) -> tuple[float, float]:
    """Return the threshold of an axon in ordinary plasma, and in plasma with less calcium."""
    ordinary, low = ions.Plasma(), ions.Plasma(calcium_mm=0.9)
    before, after = (excitability.threshold(kind().bathed(salts)) for salts in (ordinary, low))
    return before, after


def _fall(part: Callable[[float, float], float], *, squid: bool = False) -> float:
    return part(*_thresholds(axon.SquidAxon if squid else axon.MotorNode))


@cache
def _clonus() -> emg.Features:
    return emg.analyse(twitches.simulate("clonus", seed=1, duration_s=10)).features


@cache
def _units() -> tuple[FloatArray, FloatArray]:
    """Return the intervals of the first unit and of the last one to join in."""
    spikes = twitches.simulate("voluntary", seed=3, duration_s=10).discharges
    first, last = spikes.unit.min(), spikes.unit.max()
    return np.diff(spikes.time_s[spikes.unit == first]), np.diff(spikes.time_s[spikes.unit == last])


def _faster(compare: Callable[[FloatArray, FloatArray], SupportsFloat]) -> float:
    return float(compare(*_units()))


KEYS: Final[Mapping[str, Key]] = MappingProxyType(
    {
        "most-urgent": Key(
            lambda: _cases("severe"),
            0,
            {
                "all": lambda: float(len(triage.vignettes())),
                "not-calm": lambda: len(triage.vignettes()) - _cases("normal"),
                "any-doctor": lambda: _cases("persistent", "severe"),
                "other-row": lambda: _cases("persistent"),
            },
        ),
        "rested-weeks": Key(
            _lower_bands,
            0,
            {
                "level": _lower_levels,
                "same": lambda: len(_weeks()) - _lower_bands(),
                "all": lambda: float(len(_weeks())),
            },
        ),
        "cup-at-three": Key(
            _low_since,
            0.11,
            {
                "before": lambda: _CUP_H,
                "since": lambda: _low_since() - _CUP_H,
                "clock": lambda: _low_since() - 24,
                "one-half-life": lambda: _CUP_H + 5,
            },
        ),
        "less-calcium": Key(
            lambda: _fall(lambda before, after: 100 * (1 - after / before)),
            0.5,
            {
                "sign": lambda: _fall(lambda before, after: 100 * (after / before - 1)),
                "share": lambda: _fall(lambda before, after: 1 - after / before),
                "what-is-left": lambda: _fall(lambda before, after: 100 * after / before),
                "of-the-new": lambda: _fall(lambda before, after: 100 * (before / after - 1)),
                "difference": lambda: _fall(lambda before, after: before - after),
                "squid": lambda: _fall(lambda a, b: 100 * (1 - b / a), squid=True),
            },
        ),
        "beats": Key(
            lambda: _clonus().rhythm_hz,
            0.05,
            {
                "events": lambda: float(_clonus().events),
                "each-second": lambda: _clonus().events / 10,
                "minute": lambda: _clonus().rate_per_min,
                "period": lambda: 1 / _clonus().rhythm_hz,
                "within": lambda: _clonus().within_hz,
            },
        ),
        "small-and-large": Key(
            lambda: _faster(lambda first, last: 1 / np.median(first) - 1 / np.median(last)),
            0.05,
            {
                "sign": lambda: _faster(lambda a, b: 1 / np.median(b) - 1 / np.median(a)),
                "times": lambda: _faster(lambda a, b: np.median(b) / np.median(a)),
                "mean": lambda: _faster(lambda a, b: 1 / np.mean(a) - 1 / np.mean(b)),
                "count": lambda: _faster(lambda a, b: (a.size - b.size) / 10),
                "pauses": lambda: _faster(lambda a, b: np.median(b) - np.median(a)),
            },
        ),
    }
)
"""By exercise."""
