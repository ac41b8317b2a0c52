"""An ankle that is stretched and answers: foot, calf, and the message that runs up and back."""

from __future__ import annotations

from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.scenes._scene import Moment, Scene, Track, sampled
from twitchlib.twitches import Recording
from twitchlib.twitches.clonus import CLONUS, KICK_S

__all__ = ["ankle"]

SMOOTH_HZ: Final = 200.0
VOLLEY_S: Final = 0.01


def ankle(recording: Recording) -> Scene:
    """Return the scene of a recording of clonus or of a stretch reflex.

    The foot turns by the model's angle. The calf bulges with the force of the units that fire. A
    volley runs up the nerve and back: it left the calf one reflex delay before the units fire.

    Parameters
    ----------
    recording : Recording
        A recording of the kind "clonus".

    Raises
    ------
    ValueError
        If no joint moves in it.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> scene = ankle(twitches.simulate("clonus", 5, seed=1))
    >>> scene.moments[1].words
    'The calf pulls: beat 1.'
    """
    if recording.angle_deg is None:
        raise ValueError("recording.angle_deg is None")  # untranslated: for authors
    delay_s = recording.parameters["delay_ms"] / 1000
    beats = recording.events
    if not beats:
        description = _("The foot is stretched and swings, and the calf does not answer.")
    elif beats[0].label == CLONUS.label:
        description = _("Each pull of the calf sets off the next: the foot beats on.")
    else:
        description = _("The calf answers the stretch, and the swing dies out.")
    peak = int(np.argmax(recording.angle_deg))
    return Scene(
        drawing="ankle",
        title=_("An ankle, its calf, and the path of the message"),
        description=description,
        duration_s=recording.duration_s,
        tracks={
            "angle_deg": sampled(recording.angle_deg, recording.sample_hz, SMOOTH_HZ),
            "pull": sampled(
                recording.force_n / maximal_force_n(POOL), recording.sample_hz, SMOOTH_HZ
            ),
            "volley": volley(recording.discharges, recording.duration_s),
        },
        numbers={"delay_s": delay_s, "stretch_s": KICK_S},
        words={
            "cord": _("spinal cord"), "calf": _("calf"), "up": _("“stretched!”"),
            "back": _("“pull!”"), "drag": _("Drag the foot up"),
        },
        moments=(
            Moment(KICK_S, _("The foot is stretched upwards.")),
            *(
                Moment(beat.onset_s, _("The calf pulls: beat {n}.", n=number))
                for number, beat in enumerate(beats, 1)
            ),
        ),
        notes=(_("The angle is the model's own. Calf and nerve are sketched."),),
        still_s=peak / recording.sample_hz,
        asks=_("Drag the foot upwards, as fast as you like, and let go."),
    )  # fmt: skip


def volley(discharges: Discharges, duration_s: float) -> Track:
    """Return the fraction of a muscle's units that fire within 10 ms, 200 times a second.

    Examples
    --------
    >>> all_at_once = Discharges.of(range(1, 121), [0.5] * 120)
    >>> volley(all_at_once, 1).values.max()
    np.float64(1.0)
    """
    half = VOLLEY_S / 2
    times = np.arange(round(duration_s * SMOOTH_HZ) + 1) / SMOOTH_HZ
    fired = np.sort(discharges.time_s)
    inside = np.searchsorted(fired, times + half) - np.searchsorted(fired, times - half)
    return Track(np.minimum(inside / POOL.units, 1.0), SMOOTH_HZ)
