"""A cup that drinks fill and the body empties: a day of caffeine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.caffeine import ADULT, Caffeine, Dose, absorbed_mg_per_h, body_load
from twitchlib.quantity import describe
from twitchlib.scenes._scene import Moment, Scene, Track

__all__ = ["cup"]

STEP_H: Final = 1 / 12
TOP_MG: Final = 200
HOUR_S: Final = 3600
DAY_LASTS_S: Final = 24
"""Seconds that playing a day takes: one for each hour."""


def cup(
    doses: Sequence[Dose],
    *,
    begins_h: float = 6,
    ends_h: float = 30,
    bedtime_h: float = 23,
    caffeine: Caffeine = ADULT,
) -> Scene:
    """Return the scene of a day's caffeine.

    Parameters
    ----------
    doses : sequence of Dose
        The drinks, with ``time_h`` in hours after midnight.
    begins_h, ends_h : float
        Both ends of the day, in hours after midnight.
    bedtime_h : float
        Bedtime, in hours after midnight, going on beyond 24.
    caffeine : Caffeine
        The body.

    Examples
    --------
    >>> cup([Dose(8, 90)]).moments[-1].words
    'Bedtime: 12 mg is left.'
    """
    times_h = np.arange(begins_h, ends_h + STEP_H / 2, STEP_H)
    left_mg = body_load(caffeine, doses, times_h).caffeine_mg
    # Scaled for the slowest body, as in the figure, so that another half-life moves no tick.
    slowest = caffeine.replace(half_life_h=describe(Caffeine)["half_life_h"].high)
    most_mg = float(body_load(slowest, doses, times_h).caffeine_mg.max())
    hz = 1 / (STEP_H * HOUR_S)
    late_mg = float(body_load(caffeine, doses, [bedtime_h]).caffeine_mg[0])
    peak = int(np.argmax(left_mg))
    moments = [
        Moment(
            (dose.time_h - begins_h) * HOUR_S,
            _("A drink with {dose_mg:g} mg of caffeine.", dose_mg=dose.dose_mg),
        )
        for dose in doses
        if begins_h <= dose.time_h <= ends_h
    ]
    if doses:
        moments += [
            Moment(
                peak / hz, _("The body holds the most: {left_mg:.0f} mg.", left_mg=left_mg[peak])
            ),
            Moment(
                (bedtime_h - begins_h) * HOUR_S,
                _("Bedtime: {left_mg:.0f} mg is left.", left_mg=late_mg),
            ),
        ]
    return Scene(
        drawing="cup",
        title=_("The caffeine in the body, as a cup"),
        description=(
            ngettext(
                "{n} drink fills the cup, and {left_mg:.0f} mg is left in it at bedtime.",
                "{n} drinks fill the cup, and {left_mg:.0f} mg is left in it at bedtime.",
                len(doses), left_mg=late_mg,
            ) if doses else _("No drink with caffeine: the cup stays empty.")
        ),
        duration_s=(ends_h - begins_h) * HOUR_S,
        tracks={
            "left_mg": Track(left_mg, hz),
            "flow": Track(absorbed_mg_per_h(caffeine, doses, times_h), hz),
        },
        series={"drink_h": np.array([dose.time_h for dose in doses])},
        numbers={
            "begins_h": begins_h, "ends_h": ends_h, "bedtime_h": bedtime_h,
            "top_mg": max(TOP_MG, TOP_MG * float(np.ceil(most_mg * 1.05 / TOP_MG))),
        },
        words={"unit": "mg", "bedtime": _("bedtime")},
        moments=tuple(moments),
        notes=(
            _("The cup is the body: it holds what has been absorbed and not yet removed. The "
              "faster the absorption, the wider the stream."),
        ),
        slower=DAY_LASTS_S / (24 * HOUR_S),
        begins_h=begins_h,
        still_s=(bedtime_h - begins_h) * HOUR_S,
    )  # fmt: skip
