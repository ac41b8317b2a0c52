"""What was gained between two tests: by concept, and by student."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from twitchlib.figures._traces import marks
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT
from twitchlib.quiz import ClassGain, Gain

__all__ = ["plot_class_concepts", "plot_files", "plot_gain"]

_ROW_PX: Final = 30
_NAMED_ROW_PX: Final = 42
_LONGEST_NAME: Final = 18
_ABOVE_PX: Final = 130


def plot_gain(found: Gain) -> go.Figure:
    """Draw what one student got right before and after, concept by concept.

    Parameters
    ----------
    found : Gain
        What the student gained.

    Examples
    --------
    >>> plot_gain(Gain("A", {"Clonus": False}, {"Clonus": True})).layout.title.text
    '0 of 1 before, 1 of 1 after'
    """
    total = len(found.before)
    words = {False: _("not yet"), True: _("right")}
    gained = [name for name in found.before if found.after[name] and not found.before[name]]
    lost = [name for name in found.before if found.before[name] and not found.after[name]]
    return _dumbbells(
        found.before,
        found.after,
        title=_(
            "{before} of {total} before, {after} of {total} after",
            before=found.right_before,
            after=found.right_after,
            total=total,
        ),
        description=_(
            "New after the course: {came}. Right before, but not after: {lost}.",
            came="; ".join(gained) or _("none"),
            lost="; ".join(lost) or _("none"),
        ),
        x={
            "title": _("Answer"),
            "range": [-0.15, 1.3],
            "tickvals": [0, 1],
            "ticktext": [words[False], words[True]],
        },
        rows=[[name, words[found.before[name]], words[found.after[name]]] for name in found.before],
    )


def plot_class_concepts(found: ClassGain) -> go.Figure:
    """Draw the share of a class that was right before and after, concept by concept.

    Parameters
    ----------
    found : ClassGain
        What the class gained; at least one file.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> concepts = [question.concept for question in quiz.forms()["A"]]
    >>> one = Gain("A", dict.fromkeys(concepts, False), dict.fromkeys(concepts, True))
    >>> plot_class_concepts(ClassGain({"a.json": one}, {})).layout.title.text
    'Right before and after, by concept'
    """
    table = found.by_concept()
    percent = {name: [round(100 * share) for share in row] for name, row in table.T.items()}
    most = max(percent, key=lambda name: percent[name][2])
    least = min(percent, key=lambda name: percent[name][2])
    return _dumbbells(
        {str(name): row[0] for name, row in percent.items()},
        {str(name): row[1] for name, row in percent.items()},
        title=_("Right before and after, by concept"),
        description=_(
            "The most was gained in “{most}” ({up:+} points), the least in “{least}” ({down:+}).",
            most=most,
            up=percent[most][2],
            least=least,
            down=percent[least][2],
        ),
        x={"title": _("Students who were right (%)"), "range": [-6, 118]},
        rows=[[name, *row] for name, row in percent.items()],
        extra=[_("Gain")],
    )


def plot_files(found: ClassGain) -> go.Figure:
    """Draw the raw gain of each student's file, with the mean of the class and its interval.

    Parameters
    ----------
    found : ClassGain
        What the class gained; at least one file.

    Examples
    --------
    >>> one = Gain("A", {"Clonus": False}, {"Clonus": True})
    >>> plot_files(ClassGain({"a.json": one}, {})).layout.title.text
    'On average +1.0 of 1'
    """
    files = sorted(found.gains, key=lambda name: found.gains[name].raw)
    total = len(next(iter(found.gains.values())).before)
    low, high = found.interval
    known = not math.isnan(low)
    interval = (
        _("95 % interval {low:+.1f} to {high:+.1f}, by bootstrap over students", low=low, high=high)
        if known
        else _("too few files for an interval")
    )
    shapes = [
        {"type": "rect", "x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"width": 0}, "fillcolor": LIGHT["calm"], "opacity": 0.15},
    ] if known else []  # fmt: skip
    shapes.append(
        {"type": "line", "x0": found.mean, "x1": found.mean, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"color": LIGHT["calm"], "width": 2}}
    )  # fmt: skip
    return figure(
        [
            marks(
                [found.gains[name].raw for name in files],
                list(range(len(files))),
                _("gain"),
                {"color": LIGHT["nerve"], "size": 10},
                "%{text}: %{x:+}",
            )
            | {"text": files}
        ],
        title=_("On average {mean:+.1f} of {total}", mean=found.mean, total=total),
        description=_(
            "{n} files. Mean gain {mean:+.1f}; {interval}. Normalised gain of the class {g:.2f}.",
            n=len(files),
            mean=found.mean,
            interval=interval,
            g=found.normalised,
        ),
        height=_ABOVE_PX + _ROW_PX * len(files),
        x={"title": _("Gain (extra right answers out of {total})", total=total), "dtick": 2},
        y={
            "title": _("File"),
            "range": [-0.6, len(files) - 0.4],
            "tickvals": list(range(len(files))),
            "ticktext": [_short(name) for name in files],
        },
        table={
            "columns": [_("File"), _("First form"), _("Before"), _("After"), _("Gain"),
                        _("Normalised gain")],
            "rows": [
                [name, one.first, one.right_before, one.right_after, one.raw,
                 "–" if math.isnan(one.normalised) else f"{one.normalised:.2f}"]
                for name, one in ((name, found.gains[name]) for name in files)
            ],
        },
        shapes=shapes,
    )  # fmt: skip


def _dumbbells(
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    title: str,
    description: str,
    x: dict[str, Any],
    rows: Sequence[Sequence[object]],
    extra: Sequence[str] = (),
) -> go.Figure:
    """Draw two marks per row, joined by a line: hollow before, filled after."""
    names = list(before)[::-1]
    heights = list(range(len(names)))
    joined: list[float | None] = []
    places: list[int | None] = []
    for height, name in enumerate(names):
        joined += [float(before[name]), float(after[name]), None]
        places += [height, height, None]
    mark = {"type": "scatter", "mode": "markers", "y": heights, "text": names}
    return figure(
        [
            {"type": "scatter", "mode": "lines", "x": joined, "y": places, "name": _("change"),
             "line": {"color": LIGHT["line"], "width": 2}, "hoverinfo": "skip"},
            mark
            | {"x": [float(before[name]) for name in names], "name": _("before"),
               "marker": {"size": 15, "symbol": "circle-open", "color": LIGHT["muted"],
                          "line": {"width": 2}}},
            mark
            | {"x": [float(after[name]) for name in names], "name": _("after"),
               "marker": {"size": 9, "color": LIGHT["nerve"]}},
        ],
        title=title,
        description=_("○ before, ● after. {description}", description=description),
        height=_ABOVE_PX + _NAMED_ROW_PX * len(names),
        x=x,
        y={"title": _("Concept"), "range": [-0.6, len(names)], "tickvals": heights,
           "showticklabels": False},
        table={"columns": [_("Concept"), _("Before"), _("After"), *extra], "rows": list(rows)},
        # A name above its row leaves the full width to the marks, even on a phone.
        annotations=[
            {"x": 0, "xref": "paper", "xanchor": "left", "y": height + 0.36, "text": name,
             "showarrow": False, "font": {"size": 14, "color": LIGHT["ink"]}}
            for height, name in enumerate(names)
        ],
    )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
