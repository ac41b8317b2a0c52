"""An axon with its myelin, and the voltage along it while a spike runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.physiology.cable import CableRun, Stretch
from twitchlib.scenes._scene import Moment, Scene

__all__ = ["axon"]

SLOWER: Final = 2000
STEP_MS: Final = 0.04
# Voltages are sent as whole tenths of a millivolt above this.
LOWEST_MV: Final = -150.0
PER_MV: Final = 10.0
TOP_MV: Final = 50.0
BOTTOM_MV: Final = -100.0
STILL: Final = 0.4
"""Share of the nodes that the spike has passed in the still picture."""


def axon(run: CableRun, stretches: Sequence[Stretch] = ()) -> Scene:
    """Return the scene of a spike on its way along an axon.

    The curve is the voltage inside the axon at every node and halfway between nodes.

    Parameters
    ----------
    run : CableRun
        The run.
    stretches : sequence of Stretch
        The stretches to mark, which differ from the rest of the axon.

    Examples
    --------
    >>> from twitchlib.physiology import cable
    >>> scene = axon(cable.simulate(cable.MyelinatedAxon(), [cable.Injection()], 2))
    >>> scene.moments[-1].words
    'At 23.0 mm it reaches this end: 23.0 mm in 0.39 ms.'
    """
    every = max(1, round(STEP_MS / float(run.time_ms[1] - run.time_ms[0])))
    parts = (run.place_mm.size - 1) // (run.node_mm.size - 1)
    # Every node, and the part in the middle of each internode.
    shown = np.sort(
        np.concatenate((
            np.arange(0, run.place_mm.size, parts), np.arange(parts // 2, run.place_mm.size, parts)
        ))
    )  # fmt: skip
    mv = run.potential_mv[::every, shown]
    tenths = np.clip(np.round((mv - LOWEST_MV) * PER_MV), 0, 65_535).astype(np.uint16)
    bare = np.zeros(run.node_mm.size - 1)
    salts = np.zeros(run.node_mm.size)
    for each in stretches:
        if each.myelin < 1:
            bare[each.first_node : each.last_node] = 1
        if each.gating_shift_mv or each.potassium_ratio != 1:
            salts[each.first_node : each.last_node + 1] = 1
    arrived = run.arrival_ms[np.isfinite(run.arrival_ms)]
    still_ms = float(np.quantile(arrived, STILL)) if arrived.size else 0.0
    return Scene(
        drawing="axon",
        title=_("An axon in its myelin, and the voltage along it"),
        description=_description(run),
        duration_s=float(run.time_ms[-1]) / 1000,
        series={
            "mv": tenths.ravel(), "place_mm": run.place_mm[shown], "node_mm": run.node_mm,
            "bare": bare, "salts": salts,
        },
        numbers={
            "places": shown.size, "frame_hz": 1000 / (every * float(run.time_ms[1])),
            "lowest_mv": LOWEST_MV, "per_mv": PER_MV, "top_mv": TOP_MV, "bottom_mv": BOTTOM_MV,
        },
        words={
            "cord": _("spinal cord"), "muscle": _("muscle"), "mv": "mV",
            "place": _("place along the axon (mm)"),
            "bare": _("little myelin"), "salts": _("other salts"),
        },
        moments=tuple(dict.fromkeys(_moments(run))),
        notes=(
            _("The voltage is the model's own. Along the axon the drawing is to scale, across it "
              "is not."),
        ),
        slower=SLOWER,
        still_s=still_ms / 1000,
    )  # fmt: skip


def _description(run: CableRun) -> str:
    if not run.starts:
        return _("No spike: the voltage stirs in one place and sinks back.")
    if len(run.starts) > 1:
        return _("Two spikes run towards each other.")
    if all(run.reached_ends):
        return _("A spike passes over the whole axon, from node to node.")
    return _("A spike passes over part of the axon and stops.")


def _moments(run: CableRun) -> Iterator[Moment]:
    arrival, place_mm = run.arrival_ms, run.node_mm
    for start in run.starts:
        begun_ms = float(arrival[start])
        yield Moment(
            begun_ms / 1000,
            _("A spike starts at {mm:.1f} mm, after {ms:.2f} ms.", mm=place_mm[start], ms=begun_ms),
        )
        yield from (_end(run, start, way) for way in (-1, 1) if 0 <= start + way < place_mm.size)


def _end(run: CableRun, start: int, way: int) -> Moment:
    """Return where and how a spike ends in one direction."""
    arrival, place_mm = run.arrival_ms, run.node_mm
    end = place_mm.size - 1 if way > 0 else 0
    rest = [node for node in range(start + way, end + way, way) if np.isfinite(arrival[node])]
    alone = len(run.starts) == 1
    rises = [*((np.diff(np.round(arrival[[start, *rest]], 4)) >= 0) | alone), True]
    at, met = start, False
    for node, (later, next_later) in zip(rest, pairwise(rises), strict=True):
        # Beyond silent nodes, times that fall again belong to another spike, coming this way.
        beside = node == at + way
        if not (later and (beside or next_later)):
            met = beside
            break
        at = node
    mm, ms = place_mm[at], float(arrival[at])
    if met:
        words = _("At {mm:.1f} mm it meets another, and both end.", mm=run.meeting_mm)
    elif at == end:
        words = _(
            "At {mm:.1f} mm it reaches this end: {far:.1f} mm in {taken:.2f} ms.",
            mm=mm, far=abs(mm - place_mm[start]), taken=ms - arrival[start],
        )  # fmt: skip
    else:
        words = _("At {mm:.1f} mm it stops: the next node gets too little current.", mm=mm)
    return Moment(round(ms, 4) / 1000, words)
