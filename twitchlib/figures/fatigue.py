"""Figures of a muscle that tires: the force it holds, what that takes, and its strength left."""

import math
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from twitchlib.figures._traces import faint, label, line
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.palette import LIGHT
from twitchlib.physiology.fatigue import Hold
from twitchlib.words import lasting

__all__ = ["plot_hold", "plot_units"]

_EMG_MV: Final = 1.5
_PARTS: Final = [0, 50, 100]
# Two lines closer than this have no room for two names, in per cent.
_NEAR: Final = 40
# A line higher than this has its name below it, in per cent.
_HIGH: Final = 80
# Above this target the force sinks so soon that it is hard to tell from the most that is possible.
_STEEP: Final = 0.85
_ROWS: Final = 40
_COLUMNS: Final = 100
_LISTED: Final = 7


def plot_hold(hold: Hold, before: Hold | None = None) -> go.Figure:
    """Draw a force that is held, and the order, the units and the EMG that it takes.

    Parameters
    ----------
    hold : Hold
        The hold to show.
    before : Hold, optional
        An earlier hold, whose force is drawn as a faint line.

    Examples
    --------
    >>> from twitchlib.physiology.fatigue import MUSCLE, simulate
    >>> plot_hold(simulate(MUSCLE, 0.5, 120)).layout.title.text
    'Half of full force, held for 95 s'
    """
    end_s = float(hold.time_s[-1])
    percent = "%{x:.0f} s: %{y:.0f} %<extra></extra>"
    force = 100 * hold.force
    sentence = describe_hold(hold)
    traces: list[Any] = []
    if before is not None:
        seen = before.time_s <= end_s
        traces += faint(before.time_s[seen], 100 * before.force[seen], (hold.time_s, force))
        sentence += " " + _("Faint line: {held}.", held=_held(before))
    traces += [
        line(hold.time_s, 100 * hold.strongest, _("the most it can"), LIGHT["muscle"], 1.5)
        | {"line": {"color": LIGHT["muscle"], "width": 1.5, "dash": "dot"}}
        | {"hovertemplate": percent},
        line(hold.time_s, force, _("force"), LIGHT["muscle"], 3) | {"hovertemplate": percent},
        line(hold.time_s, 100 * hold.drive, _("order"), LIGHT["nerve"], 3)
        | {"yaxis": "y2", "hovertemplate": percent},
        line(
            hold.time_s, 100 * hold.working / hold.capacity.shape[1], _("units at work"),
            LIGHT["ink"], 1.5,
        )
        | {"yaxis": "y2", "hovertemplate": percent},
        line(hold.time_s, hold.emg_mv, _("EMG"), LIGHT["nerve"], 3)
        | {"yaxis": "y3", "hovertemplate": "%{x:.0f} s: %{y:.2f} mV<extra></extra>"},
    ]  # fmt: skip
    return figure(
        traces,
        title=_title(hold),
        description=sentence,
        height=600,
        clock=1,
        x={"title": _("Time (s)"), "range": [0, end_s], "anchor": "y3"},
        y={"title": _("Force (%)"), "range": [0, 106], "domain": [0.6, 1], "tickvals": _PARTS},
        yaxis2={
            "title": {"text": _("Order, units (%)")},
            "range": [0, 106],
            "domain": [0.29, 0.54],
            "tickvals": _PARTS,
        },
        yaxis3={
            "title": {"text": _("EMG (mV)")},
            "range": [0, _EMG_MV],
            "domain": [0, 0.23],
            "tickvals": [0, 0.5, 1],
        },
        shapes=_marked(hold),
        annotations=_labels(hold),
    )


def _marked(hold: Hold) -> list[dict[str, Any]]:
    """Return lines at the force to hold, and at the end of holding it."""
    dashed = {"color": LIGHT["attention"], "width": 1.5, "dash": "dash"}
    level: dict[str, Any] = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "line": dashed}
    target = 100 * hold.target
    marked = [level | {"y0": target, "y1": target}]
    if 0 < hold.endurance_s < math.inf:
        end = {"x0": hold.endurance_s, "x1": hold.endurance_s, "y0": 0, "y1": 1}
        marked.append({"type": "line", "yref": "paper", "line": dashed} | end)
    return marked


def _labels(hold: Hold) -> list[dict[str, Any]]:
    """Return the names of the lines, beside them where there is room."""
    early, later = (int(part * hold.time_s.size) for part in (0.03, 0.3))
    order = 100 * float(hold.drive[early])
    units = 100 * float(hold.working[early]) / hold.capacity.shape[1]
    if hold.target > _STEEP:
        names = [(later, _("force"), "muscle", "y", 100 * hold.force[later], "bottom")]
    else:
        names = [
            (early, _("the most it can"), "muscle", "y", 100 * hold.strongest[early], "bottom"),
            (early, _("force"), "muscle", "y", 100 * hold.force[early], "top"),
        ]
    if units - order < _NEAR:
        names.append((early, _("order; thin: units at work"), "nerve", "y2", order, "top"))
    else:
        side = "bottom" if units < _HIGH else "top"
        names += [
            (early, _("order"), "nerve", "y2", order, "top"),
            (early, _("units at work"), "ink", "y2", units, side),
        ]
    return [
        label(float(hold.time_s[at]), float(y), words, colour, "left", side) | {"yref": axis}
        for at, words, colour, axis, y, side in names
    ]


def _title(hold: Hold) -> str:
    if hold.endurance_s == 0:
        return _("Full effort: the force sinks at once")
    part = _part(hold.target)
    if hold.endurance_s == math.inf:
        return _("{part}, still held after {time}", part=part, time=lasting(hold.time_s[-1]))
    return _("{part}, held for {time}", part=part, time=lasting(hold.endurance_s))


def _part(target: float) -> str:
    if target == 0.5:
        return _("Half of full force")
    return _("{percent:.0f} % of full force", percent=100 * target)


def _held(hold: Hold) -> str:
    percent = 100 * hold.target
    if hold.endurance_s == 0:
        return _("full effort, {left:.0f} % left after {time}", left=100 * hold.force[-1],
                 time=lasting(hold.time_s[-1]))  # fmt: skip
    if hold.endurance_s == math.inf:
        return _("{percent:.0f} %, still held after {time}", percent=percent,
                 time=lasting(hold.time_s[-1]))  # fmt: skip
    return _("{percent:.0f} %, held for {time}", percent=percent, time=lasting(hold.endurance_s))


def _last_held(hold: Hold) -> int:
    """Return the index of the last moment at which the force is held."""
    return max(int(np.searchsorted(hold.time_s, hold.endurance_s)) - 1, 0)


def describe_hold(hold: Hold) -> str:
    """Return in a sentence how a force was held, and what it took.

    Examples
    --------
    >>> from twitchlib.physiology.fatigue import MUSCLE, simulate
    >>> describe_hold(simulate(MUSCLE, 1, 60))
    'At full effort, the muscle sinks to 53 % of full force in 60 s.'
    """
    left, end = 100 * hold.force[-1], lasting(hold.time_s[-1])
    if not hold.working.any():
        return _("There is nothing to hold, and no unit fires.")
    if hold.endurance_s == 0:
        return _(
            "At full effort, the muscle sinks to {left:.0f} % of full force in {end}.",
            left=left,
            end=end,
        )
    last = _last_held(hold)
    grows = {
        "order": 100 * hold.drive[0],
        "more": 100 * hold.drive[last],
        "units": hold.working[0],
        "all_units": hold.working[last],
        "emg_mv": hold.emg_mv[0],
        "more_mv": hold.emg_mv[last],
    }
    if hold.endurance_s == math.inf:
        return _(
            "{part} is still held after {end}. Meanwhile the order grows from {order:.0f} to "
            "{more:.0f} % of the maximum, the units at work from {units} to {all_units}, and the "
            "EMG from {emg_mv:.2f} to {more_mv:.2f} mV, root mean square.",
            part=_part(hold.target), end=end, **grows,
        )  # fmt: skip
    return _(
        "{part} is held for {time}. Meanwhile the order grows from {order:.0f} % to the maximum, "
        "the units at work from {units} to {all_units}, and the EMG from {emg_mv:.2f} to "
        "{more_mv:.2f} mV, root mean square. Then the force sinks, to {left:.0f} % after {end}.",
        part=_part(hold.target), time=lasting(hold.endurance_s), left=left, end=end, **grows,
    )  # fmt: skip


def plot_units(hold: Hold) -> go.Figure:
    """Draw how much strength each unit has left, and which units are at work.

    Examples
    --------
    >>> from twitchlib.physiology.fatigue import MUSCLE, simulate
    >>> plot_units(simulate(MUSCLE, 0.5, 120)).layout.title.text
    'Unit 97 is the most tired: 22 % of its strength is left'
    """
    units = hold.capacity.shape[1]
    rows = np.unique(np.linspace(0, units - 1, _ROWS).round().astype(int))
    columns = np.unique(np.linspace(0, hold.time_s.size - 1, _COLUMNS).round().astype(int))
    left = 100 * hold.capacity
    traces: list[Any] = [
        {
            "type": "heatmap",
            "x": hold.time_s[columns].astype(np.float32),
            "y": (rows + 1).astype(np.float32),
            "z": np.rint(left[np.ix_(columns, rows)].T).astype(np.uint8),
            "zmin": 0,
            "zmax": 100,
            "colorscale": [[0, LIGHT["muscle"]], [1, LIGHT["grid"]]],
            "colorbar": {
                "title": {"text": _("Strength<br>left (%)"), "font": {"size": 14}},
                "tickvals": _PARTS,
                "thickness": 12,
                "outlinewidth": 0,
                "len": 0.9,
            },
            "hovertemplate": _("%{x:.0f} s, unit %{y:.0f}: %{z:.0f} % left") + "<extra></extra>",
        },
        line(hold.time_s, hold.working, _("units at work"), LIGHT["nerve"], 3)
        | {"hovertemplate": _("%{x:.0f} s: units 1 to %{y:.0f} work") + "<extra></extra>"},
    ]
    return figure(
        traces,
        title=_units_title(hold),
        description=describe_units(hold),
        height=420,
        clock=1,
        table={
            "columns": [_("Motor unit"), _("Begins after (s)"), _("Strength left at the end (%)")],
            "rows": [
                [str(unit + 1), _began(hold, unit), f"{left[-1, unit]:.0f}"]
                for unit in np.unique(np.linspace(0, units - 1, _LISTED).round().astype(int))
            ],
        },
        x={"title": _("Time (s)"), "range": [0, float(hold.time_s[-1])]},
        y={"title": _("Motor unit"), "range": [0.5, units + 0.5], "nticks": 5},
        annotations=[
            # The smallest units hardly tire, so the words stay readable.
            label(
                float(hold.time_s[0]),
                0.03 * units,
                _("units below the line work"),
                "nerve",
                "left",
                "bottom",
            )
        ],
    )


def _began(hold: Hold, unit: int) -> str:
    fires = hold.rate_hz[:, unit] > 0
    return f"{hold.time_s[fires.argmax()]:.0f}" if fires.any() else "–"


def _most_tired(hold: Hold) -> tuple[int, float]:
    """Return the number of the most tired unit, and its strength left in per cent."""
    unit = int(hold.capacity[-1].argmin())
    return unit + 1, 100 * float(hold.capacity[-1, unit])


def _units_title(hold: Hold) -> str:
    unit, left = _most_tired(hold)
    if left < 0.5:
        spent = int((100 * hold.capacity[-1] < 0.5).sum())
        return ngettext("{n} unit has no strength left", "{n} units have no strength left", spent)
    if left > 99.5:
        return _("No unit is tired")
    return _("Unit {unit} is the most tired: {left:.0f} % of its strength is left", unit=unit,
             left=left)  # fmt: skip


def describe_units(hold: Hold) -> str:
    """Return in a sentence how tired the units are.

    Examples
    --------
    >>> from twitchlib.physiology.fatigue import MUSCLE, simulate
    >>> describe_units(simulate(MUSCLE, 0.5, 120))[:64]
    'After 2 min the first unit has 99 % of its strength, unit 97 the'
    """
    unit, left = _most_tired(hold)
    later = int(hold.working[-1] - hold.working[0])
    tired = _(
        "After {time} the first unit has {first:.0f} % of its strength, unit {unit} the least, "
        "{left:.0f} %, and the last unit {last:.0f} %.",
        time=lasting(hold.time_s[-1]),
        first=100 * hold.capacity[-1, 0],
        unit=unit,
        left=left,
        last=100 * hold.capacity[-1, -1],
    )
    if not later:
        return tired
    joined = ngettext(
        "{n} unit joined in along the way.", "{n} units joined in along the way.", later
    )
    return f"{tired} {joined}"
