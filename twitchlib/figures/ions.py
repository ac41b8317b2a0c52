"""Figures of ions around a motor axon: what they do to its threshold, and to its quiet."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import numpy as np
import plotly.graph_objects as go

from twitchlib.figures import membrane
from twitchlib.figures.theme import figure
from twitchlib.palette import LIGHT
from twitchlib.physiology import axon, excitability
from twitchlib.physiology._arrays import FloatArray
from twitchlib.physiology.axon import AxonRun, MotorNode
from twitchlib.physiology.ions import BODY, Plasma, Screening

__all__ = [
    "Curve", "State", "calcium_curve", "describe_excitability", "divalent_mm", "plot_excitability",
    "plot_probe", "potassium_curve", "probe", "state", "threshold_ua_cm2",
]  # fmt: skip

State = Literal["answers", "too weak", "fires by itself", "blocked"]

ORDINARY_TEST_UA_CM2: Final = 450
TOP_UA_CM2: Final = 1000

_WIDTH_MS: Final = 0.1
_TEST_MS: Final = 80
_LENGTH_MS: Final = 100
_SETTLED_MS: Final = 20
# Chosen: it tips a node that cannot rest, and leaves an ordinary one in peace.
_NOISE_UA_CM2: Final = 2
# Chosen: a node that is depolarised too far to fire stays above, one that rests below.
_BLOCKED_MV: Final = -73

_POTASSIUM_MM: Final = np.arange(2, 10.01, 0.5)
_DIVALENT_MM: Final = np.array([0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.1, 1.38, 1.7, 2.1, 2.5, 3])


@dataclass(frozen=True, eq=False)
class Curve:
    """How the threshold of a node depends on one ion, the others being ordinary.

    Attributes
    ----------
    ion_mm : ndarray, shape (n,)
        What is varied, in mmol/L: potassium, or calcium with magnesium's share (`divalent_mm`).
    threshold_ua_cm2 : ndarray, shape (n,)
        Weakest 0.1 ms pulse that fires; NaN where the node does not rest ready to fire.
    doing : tuple of str
        What the node does there, as `state` returns it.
    """

    ion_mm: FloatArray
    threshold_ua_cm2: FloatArray
    doing: tuple[State, ...]

    def span(self, doing: State) -> tuple[float, float] | None:
        """Return from where to where the node does something, halfway to where it does not."""
        at = [i for i, does in enumerate(self.doing) if does == doing]
        if not at:
            return None
        low, high = max(at[0] - 1, 0), min(at[-1] + 1, self.ion_mm.size - 1)
        return (
            float(self.ion_mm[at[0]] + self.ion_mm[low]) / 2,
            float(self.ion_mm[at[-1]] + self.ion_mm[high]) / 2,
        )


def divalent_mm(plasma: Plasma) -> float:
    """Return calcium and, by its weight, magnesium: what shifts the gates, in mmol/L.

    Examples
    --------
    >>> round(divalent_mm(BODY), 2)
    1.38
    """
    return plasma.calcium_mm + Screening().magnesium_weight * plasma.magnesium_mm


@cache
def potassium_curve() -> Curve:
    """Return the threshold against potassium, worked out once per process."""
    return _curve(_POTASSIUM_MM, [Plasma(potassium_mm=float(k)) for k in _POTASSIUM_MM])


@cache
def calcium_curve() -> Curve:
    """Return the threshold against calcium with magnesium's share, worked out once per process."""
    # Only their weighted sum counts, so calcium alone can stand for both.
    surroundings = [Plasma(calcium_mm=float(d), magnesium_mm=0) for d in _DIVALENT_MM]
    return _curve(_DIVALENT_MM, surroundings)


def _curve(ion_mm: FloatArray, surroundings: list[Plasma]) -> Curve:
    doing = tuple(state(probe(plasma)) for plasma in surroundings)
    thresholds = [
        threshold_ua_cm2(plasma, does) for plasma, does in zip(surroundings, doing, strict=True)
    ]
    return Curve(ion_mm, np.array(thresholds), doing)


def probe(plasma: Plasma, test_ua_cm2: float = ORDINARY_TEST_UA_CM2) -> AxonRun:
    """Run a motor axon's node in its surroundings, with a test pulse of 0.1 ms after 80 ms.

    The node starts from rest, and a little noise stirs it, as no living membrane is quite still.

    Parameters
    ----------
    plasma : Plasma
        The surroundings.
    test_ua_cm2 : float
        Strength of the pulse; unless given, a fifth above the ordinary threshold.
    """
    return axon.simulate(
        MotorNode().bathed(plasma),
        [(_TEST_MS, _WIDTH_MS, test_ua_cm2)],
        _LENGTH_MS,
        noise_ua_cm2=_NOISE_UA_CM2,
        sample_ms=_WIDTH_MS,
    )


def state(run: AxonRun) -> State:
    """Return what a node does in a `probe`."""
    spikes = run.spike_ms
    if ((spikes > _SETTLED_MS) & (spikes < _TEST_MS)).any():
        return "fires by itself"
    if (spikes >= _TEST_MS).any():
        return "answers"
    return "blocked" if _settled_mv(run) > _BLOCKED_MV else "too weak"


def _settled_mv(run: AxonRun) -> float:
    before = (run.time_ms > _SETTLED_MS) & (run.time_ms < _TEST_MS)
    return float(np.median(run.potential_mv[before]))


def threshold_ua_cm2(plasma: Plasma, doing: State) -> float:
    """Return the weakest pulse of 0.1 ms that makes the node fire, NaN where it does not rest."""
    if doing in ("fires by itself", "blocked"):
        return math.nan
    return excitability.threshold(MotorNode().bathed(plasma), _WIDTH_MS)


_TITLES: Final[dict[State, str]] = {
    "answers": "Quiet and ready: one test pulse, one spike",
    "too weak": "Quiet and hard to rouse: the test pulse fails",
    "fires by itself": "It fires by itself, before any pulse",
    "blocked": "Blocked: stuck too high to fire",
}


def plot_probe(run: AxonRun, before: AxonRun | None = None) -> go.Figure:
    """Draw what a node does by itself, and what it makes of the test pulse.

    Parameters
    ----------
    run : AxonRun
        A `probe`.
    before : AxonRun, optional
        An earlier one, whose potential stays as a faint line.

    Examples
    --------
    >>> plot_probe(probe(Plasma(potassium_mm=3))).layout.title.text
    'Quiet and hard to rouse: the test pulse fails'
    """
    doing = state(run)
    answers = int((run.spike_ms >= _TEST_MS).sum())
    title = _TITLES[doing]
    if doing == "answers" and answers > 1:
        title = f"Easily upset: one test pulse, {membrane.count(answers, 'spike').lower()}"
    return membrane.plot_run(
        run, before, title=title, description=_describe_probe(run), highest_ua_cm2=TOP_UA_CM2
    )


def _describe_probe(run: AxonRun) -> str:
    alone = int((run.spike_ms < _TEST_MS).sum())
    after = run.spike_ms.size - alone
    return (
        f"{membrane.count(alone, 'spike')} before the test pulse, "
        f"{membrane.count(after, 'spike').lower()} from then on; "
        f"between spikes the potential is about {_settled_mv(run):.0f} mV.".replace("-", "−")
    )


def plot_excitability(plasma: Plasma, doing: State) -> go.Figure:
    """Draw the threshold against potassium and against calcium and magnesium, and where we are.

    The curves hold with the other ions ordinary. Where the node is now is marked on both: off
    the curve where other ions are not ordinary, at the foot where it fires by itself, at the top
    where nothing makes it fire.

    Parameters
    ----------
    plasma : Plasma
        The surroundings now.
    doing : str
        What the node does there, as `state` returns it of a `probe`.
    """
    threshold = threshold_ua_cm2(plasma, doing)
    if math.isnan(threshold):
        now_ua_cm2 = 0.0 if doing == "fires by itself" else float(TOP_UA_CM2)
    else:
        now_ua_cm2 = min(threshold, TOP_UA_CM2)
    panels = [
        (potassium_curve(), plasma.potassium_mm, BODY.potassium_mm, "x", "y"),
        (calcium_curve(), divalent_mm(plasma), divalent_mm(BODY), "x2", "y2"),
    ]
    traces: list[Any] = []
    shapes: list[Any] = []
    annotations: list[Any] = []
    for curve, now_mm, ordinary_mm, x, y in panels:
        axes = {"xaxis": x, "yaxis": y}
        traces += [
            {
                "type": "scatter",
                "x": curve.ion_mm,
                "y": curve.threshold_ua_cm2,
                "name": "the other ions ordinary",
                "mode": "lines",
                "line": {"color": LIGHT["nerve"], "width": 3},
                "hovertemplate": "%{x:.2f} mmol/L: %{y:.0f} µA/cm²<extra></extra>",
                **axes,
            },
            {
                "type": "scatter",
                "x": [now_mm],
                "y": [now_ua_cm2],
                "name": "now",
                "mode": "markers",
                "marker": {
                    "size": 15,
                    "symbol": "diamond",
                    "color": LIGHT["attention"],
                    "line": {"color": LIGHT["page"], "width": 2},
                },
                "cliponaxis": False,
                "hovertemplate": f"now: {doing}<extra></extra>",
                **axes,
            },
        ]
        shapes += _zones(curve, ordinary_mm, x, y)
        annotations += _zone_labels(curve, ordinary_mm, x, y)
    rows = {"range": [0, TOP_UA_CM2], "nticks": 5}
    threshold_title = "Threshold<br>(µA/cm²)"
    return figure(
        traces,
        title="How hard it is to make the axon fire",
        description=describe_excitability(plasma, threshold, doing),
        table=_table(),
        height=500,
        x={"title": "Potassium (mmol/L)", "range": [2, 10], "anchor": "y"},
        y={"title": threshold_title, "domain": [0.62, 1]} | rows,
        xaxis2={
            "title": {"text": f"{_DIVALENT} (mmol/L)"},
            "range": [_DIVALENT_MM[0], _DIVALENT_MM[-1]],
            "anchor": "y2",
        },
        yaxis2={"title": {"text": threshold_title}, "domain": [0, 0.38]} | rows,
        shapes=shapes,
        annotations=annotations,
    )


def _zones(curve: Curve, ordinary_mm: float, x: str, y: str) -> list[dict[str, Any]]:
    """Return shades where the node does not rest, and a line at the ordinary concentration."""
    place = {"xref": x, "yref": f"{y} domain", "y0": 0, "y1": 1, "layer": "below"}
    shades = [
        place
        | {
            "type": "rect",
            "x0": span[0],
            "x1": span[1],
            "line": {"width": 0},
            "fillcolor": LIGHT["grid"],
            "opacity": opacity,
        }
        for doing, opacity in _SHADES.items()
        if (span := curve.span(doing))
    ]
    line = {"color": LIGHT["calm"], "width": 2, "dash": "dot"}
    return [*shades, place | {"type": "line", "x0": ordinary_mm, "x1": ordinary_mm, "line": line}]


_SHADES: Final[dict[State, float]] = {"fires by itself": 0.6, "blocked": 1.0}


def _zone_labels(curve: Curve, ordinary_mm: float, x: str, y: str) -> list[dict[str, Any]]:
    place = {"xref": x, "yref": f"{y} domain", "y": 0.98, "yanchor": "top", "showarrow": False}
    labels = [
        place
        | {
            "x": (span[0] + span[1]) / 2,
            "text": doing.replace(" ", "<br>", 1),
            "font": {"color": LIGHT["ink"], "size": 13},
        }
        for doing in _SHADES
        if (span := curve.span(doing))
    ]
    ordinary = {
        "x": ordinary_mm,
        "xanchor": "left",
        "xshift": 5,
        "text": "ordinary",
        "font": {"color": LIGHT["calm"], "size": 13},
    }
    return [*labels, place | ordinary]


def _table() -> dict[str, Any]:
    rows = [
        [name, round(float(ion), 2), None if math.isnan(at) else round(float(at)), _ALONE[doing]]
        for name, curve in (
            ("Potassium", potassium_curve()),
            (_DIVALENT, calcium_curve()),
        )
        for ion, at, doing in zip(curve.ion_mm, curve.threshold_ua_cm2, curve.doing, strict=True)
    ]
    return {
        "columns": ["Varied", "Concentration (mmol/L)", "Threshold (µA/cm²)", "The axon"],
        "rows": rows,
    }


_ALONE: Final[dict[State, str]] = {
    "answers": "rests",
    "too weak": "rests",
    "fires by itself": "fires by itself",
    "blocked": "is blocked",
}
_DIVALENT: Final = "Calcium + 0.3 × magnesium"


def describe_excitability(plasma: Plasma, threshold: float, doing: State) -> str:
    """Return where the node is now, in one sentence.

    Examples
    --------
    >>> describe_excitability(Plasma(potassium_mm=3), 498, "too weak")
    'Now: potassium 3, calcium 1.2, magnesium 0.6 mmol/L; threshold 498 µA/cm².'
    """
    here = (
        f"Now: potassium {plasma.potassium_mm:g}, calcium {plasma.calcium_mm:g}, "
        f"magnesium {plasma.magnesium_mm:g} mmol/L; "
    )
    if doing == "fires by itself":
        return here + "no push is needed, it fires by itself."
    if doing == "blocked":
        return here + "no push makes it fire, it is blocked."
    if math.isinf(threshold):
        return here + "no pulse of 0.1 ms is strong enough."
    return here + f"threshold {threshold:.0f} µA/cm²."
