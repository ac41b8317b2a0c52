"""An eye whose lower lid flutters, because one motor unit fires by itself."""

from __future__ import annotations

from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.scenes._scene import Moment, Scene, sampled
from twitchlib.twitches import Recording

__all__ = ["eyelid"]

SMOOTH_HZ: Final = 200.0
MOST_MOMENTS: Final = 60


def eyelid(recording: Recording) -> Scene:
    """Return the scene of a recording of fasciculation or of myokymia.

    The lid is lifted by the force of the units that fire, relative to the greatest in the
    recording. How far that moves it is illustrative.

    Parameters
    ----------
    recording : Recording
        A recording in which units fire by themselves.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> eyelid(twitches.simulate("myokymia", 4, seed=1)).moments[0].words
    'Flutter 1: the unit fires 3 times.'
    """
    strongest_n = float(recording.force_n.max())
    count = len(recording.events)
    moments = [_flutter(recording, n) for n in range(min(count, MOST_MOMENTS))]
    if count > MOST_MOMENTS:
        more = ngettext("{n} more flutter.", "{n} more flutters.", count - MOST_MOMENTS)
        moments.append(Moment(recording.events[MOST_MOMENTS].onset_s, more))
    return Scene(
        drawing="eyelid",
        title=_("An eye, its lower lid, and a nerve fibre to it"),
        description=ngettext(
            "The lower lid flutters once in {duration_s:g} s. Nobody gave an order.",
            "The lower lid flutters {n} times in {duration_s:g} s. Nobody gave an order.",
            count, duration_s=recording.duration_s,
        )
        if count
        else _("The lid is still: no unit fires."),
        duration_s=recording.duration_s,
        tracks={
            "lift": sampled(
                recording.force_n / (strongest_n or 1), recording.sample_hz, SMOOTH_HZ
            )
        },
        series={"fired_s": np.sort(recording.discharges.time_s)},
        words={"nerve": _("nerve fibre"), "lid": _("lower lid")},
        moments=tuple(moments),
        notes=(
            _("When the unit fires and pulls comes from a model of a limb. How far the lid moves "
              "is illustrative."),
        ),
        still_s=float(np.argmax(recording.force_n)) / recording.sample_hz,
    )  # fmt: skip


def _flutter(recording: Recording, index: int) -> Moment:
    event, fired = recording.events[index], recording.discharges
    within = (fired.time_s >= event.onset_s) & (fired.time_s <= event.offset_s)
    words = ngettext(
        "Flutter {number}: the unit fires once.",
        "Flutter {number}: the unit fires {n} times.",
        int((within & (fired.unit == event.unit)).sum()), number=index + 1,
    )  # fmt: skip
    return Moment(event.onset_s, words)
