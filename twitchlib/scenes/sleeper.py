"""Somebody falls asleep, and a leg kicks: a jerk that nearly everybody knows."""

from __future__ import annotations

from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.scenes._scene import Moment, Scene, Track, sampled
from twitchlib.twitches import Recording

__all__ = ["sleeper"]

SMOOTH_HZ: Final = 200.0
# Illustrative, as the note says: how far the muscle's full force would swing the leg.
KICK_DEG: Final = 230.0


def sleeper(recording: Recording) -> Scene:
    """Return the scene of somebody whose leg moves under a blanket by the force of a recording.

    Parameters
    ----------
    recording : Recording
        A recording of the kind "myoclonus", best with one jerk.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> sleeper(twitches.simulate("myoclonus", 3, seed=5)).description
    'The leg of somebody who is falling asleep kicks once.'
    """
    force = sampled(recording.force_n, recording.sample_hz, SMOOTH_HZ)
    kick_deg = KICK_DEG * force.values / maximal_force_n(POOL)
    jerks = recording.events
    return Scene(
        drawing="sleeper",
        title=_("Somebody asleep under a blanket"),
        description=ngettext(
            "The leg of somebody who is falling asleep kicks once.",
            "The leg of somebody who is falling asleep kicks {n} times.",
            len(jerks),
        )
        if jerks
        else _("Somebody is falling asleep, and nothing moves."),
        duration_s=recording.duration_s,
        tracks={"kick_deg": Track(kick_deg, force.sample_hz)},
        moments=tuple(
            Moment(
                jerk.onset_s,
                _(
                    "One volley, {ms} ms long, and the leg kicks.",
                    ms=round(1000 * (jerk.offset_s - jerk.onset_s)),
                ),
            )
            for jerk in jerks
        ),
        notes=(_("The leg swings by the force of one muscle; how far is illustrative."),),
        still_s=int(np.argmax(recording.force_n)) / recording.sample_hz,
    )
