"""The dashboard of lesson 03 about tiredness: a muscle that is worked until it gives out."""

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.fatigue import Hold
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.nervous_system.fatigue import Held, fatigue_stop

__all__ = ["TiredMuscle"]


def TiredMuscle() -> Dashboard[Held, Hold]:
    """Return a muscle to tire, with a count of its spikes, each of which was ordered.

    Examples
    --------
    >>> tired = TiredMuscle()
    >>> tired.controls.apply_preset("light-load")
    >>> int(tired.result.endurance_s)
    511
    """
    return fatigue_stop(words=_counted)


def _counted(_held: Held, hold: Hold) -> str:
    """Return how many spikes there were, and that each was ordered."""
    spikes = float(np.trapezoid(hold.rate_hz.sum(axis=1), hold.time_s))
    return _(
        "{units} made about {spikes:,.0f} spikes. Each of them was ordered, and none came by "
        "itself: in this model a spike has no other way to start.",
        units=ngettext("{n} motor unit", "{n} motor units", int(hold.working.max())),
        spikes=round(spikes, -2),
    )
