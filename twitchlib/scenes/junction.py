"""A nerve ending above a muscle fibre: packets cross, and the end plate reaches its threshold."""

from __future__ import annotations

import math
from typing import Final

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.junction import HUMAN, Junction, JunctionRun
from twitchlib.scenes._scene import Moment, Scene

__all__ = ["junction"]

MOST_DOTS: Final = 88
"""Number of dots for which the nerve ending has room."""

SHOWN_S: Final = 0.45
"""How long an impulse is still shown after its peak, in impulses."""

TOP_MV: Final = 40
GROWTH_MV: Final = 20
PER_SECOND: Final = 2
MOST_MOMENTS: Final = 60


def junction(run: JunctionRun, *, junction: Junction = HUMAN) -> Scene:
    """Return the scene of impulses that reach a junction, one after another.

    Its time is counted in impulses: impulse 3 has its peak at 3. As many packets cross as the run
    released, and the gauge shows the end-plate potential of those that have arrived.

    Parameters
    ----------
    run : JunctionRun
        The impulses, and what they did.
    junction : Junction
        The junction of the run.

    Examples
    --------
    >>> from twitchlib.physiology import junction as model
    >>> junction(model.simulate(HUMAN, 40, seed=1)).moments[0].words
    '17 packets make 14.0 mV: the fibre fires.'
    """
    total = run.impulse.size
    passed = int(run.transmitted.sum())
    most = int(run.quanta.max())
    per_dot = max(1, math.ceil(most / MOST_DOTS))
    top_mv = max(TOP_MV, GROWTH_MV * math.ceil(float(run.epp_mv.max()) / GROWTH_MV))
    # The rarer outcome makes the more telling still picture.
    rare = run.transmitted if 2 * passed < total else ~run.transmitted
    notes = [
        _("Packets and voltages are the model's own. The shapes, and how one impulse runs its "
          "course, are sketched and not to scale in time.")
    ]  # fmt: skip
    if per_dot > 1:
        notes.append(_("One dot stands for {n} packets.", n=per_dot))
    return Scene(
        drawing="junction",
        title=_("A nerve ending and the muscle fibre beneath it"),
        description=ngettext(
            "{n} of {impulses} impulses makes the muscle fibre fire.",
            "{n} of {impulses} impulses make the muscle fibre fire.",
            passed, impulses=total,
        ),
        duration_s=total + SHOWN_S,
        series={"quanta": run.quanta},
        numbers={
            "threshold_mv": junction.threshold_mv, "top_mv": top_mv, "per_dot": per_dot,
            "quantum_mv": junction.quantum_mv, "driving_mv": junction.driving_mv,
            "step_mv": GROWTH_MV,
        },
        words={
            "nerve": _("nerve ending"), "muscle": _("muscle fibre"), "unit": "mV",
            "threshold": _("threshold"), "fires": _("fires"), "fails": _("stays silent"),
        },
        moments=tuple(
            Moment(float(number), _words(int(quanta), float(mv), fired=bool(fired)))
            for number, quanta, mv, fired in zip(
                run.impulse[:MOST_MOMENTS], run.quanta, run.epp_mv, run.transmitted, strict=False
            )
        ),
        notes=tuple(notes),
        slower=1 / PER_SECOND,
        counts=_("impulse"),
        still_s=float(run.impulse[rare][0]) if rare.any() else 1.0,
    )  # fmt: skip


def _words(quanta: int, mv: float, *, fired: bool) -> str:
    if fired:
        return ngettext(
            "{n} packet makes {mv:.1f} mV: the fibre fires.",
            "{n} packets make {mv:.1f} mV: the fibre fires.",
            quanta, mv=mv,
        )  # fmt: skip
    return ngettext(
        "{n} packet makes {mv:.1f} mV: the fibre stays silent.",
        "{n} packets make {mv:.1f} mV: the fibre stays silent.",
        quanta, mv=mv,
    )  # fmt: skip
