"""The card of the fibre under the needle, and the values that its checks compute."""

from __future__ import annotations

from twitchlib.messages import gettext as _
from twitchlib.physiology.model_card import Check, ModelCard
from twitchlib.physiology.muscle_fibre import FibrePotential, MuscleFibre, Needle, simulate

__all__ = ["CARD"]

_MARCH = "doi:10.1016/j.clinph.2021.10.021"
_GATH = "Gath & Stålberg 1977, doi:10.1016/0013-4694(77)90202-4"
_SPIKE = _("Kushlaf & Davalos 2023, Abnormal spontaneous electromyographic activity, StatPearls")
_LONG_MS = 60.0


def _at(
    along_mm: float, across_mm: float = 0.2, fibre: MuscleFibre | None = None
) -> FibrePotential:
    needle = Needle(across_mm=across_mm, along_mm=along_mm)
    return simulate(fibre or MuscleFibre(), needle, _LONG_MS)


def _lasts_ms(potential: FibrePotential) -> float:
    """Return how long the potential exceeds a twentieth of its height."""
    large = potential.time_ms[abs(potential.potential_uv) > 0.05 * potential.height_uv]
    return float(large[-1] - large[0])


CARD = ModelCard(
    name="muscle_fibre",
    title=_("A muscle fibre under the needle"),
    holds=(
        _("One fibre with a spike that runs both ways from where it starts, to the fibre's ends."),
        _("The potential beside it, in muscle that conducts better along its fibres than across."),
    ),
    omits=(
        _("The size of the needle's tip, which is treated as a point, and its metal."),
        _("The end-plate potential itself, and the slow end of the spike, which makes measured "
          "potentials last longer."),
        _("Neighbouring fibres as single cells: muscle is treated as uniform, which is right from "
          "about 0.3 mm on."),
    ),
    valid=_("The needle at least 0.05 mm from the fibre's axis and a few millimetres from either "
            "tendon, unless the end itself is of interest. The speed does not follow from the "
            "diameter here. In muscle, 76 µm of tissue reduce a potential to {measured} of its "
            "height on average; here they reduce it less, as in most models.", measured="0.55"),
    parts=(MuscleFibre, Needle),
    checks=(
        Check(_("Over the start: phases"), "", _("2, negative first"), _MARCH, 2, 2,
              lambda: float(_at(0).phases)),
        Check(_("Over the start: begins negative (1 is yes)"), "", _("yes"), _MARCH, 1, 1,
              lambda: float(_at(0).begins_negative)),
        Check(_("5 mm from the start: phases"), "", "3", _MARCH, 3, 3,
              lambda: float(_at(5).phases)),
        Check(_("Over the start, height relative to 1.5 mm away"), "", _("highest at the start"),
              _MARCH, 1.2, 3, lambda: _at(0).height_uv / _at(1.5).height_uv),
        Check(_("50 mm from the start, height relative to 5 mm"), "", _("nearly constant"),
              _MARCH, 0.95, 1.05, lambda: _at(50).height_uv / _at(5).height_uv),
        Check(_("Over the tendon: phases"), "", _("2, like a positive sharp wave"), _MARCH, 2, 2,
              lambda: float(_at(100).phases)),
        Check(_("Fraction of the height left by 76 µm more tissue, near the fibre"), "",
              _("0.55 on average"), _GATH, 0.45, 0.7,
              lambda: _at(20, 0.176).height_uv / _at(20, 0.1).height_uv),
        Check(_("How long a passing spike exceeds a twentieth of its height"), "ms",
              _("1–5 (fibrillation potential)"), _SPIKE, 1, 5, lambda: _lasts_ms(_at(20))),
    ),
)  # fmt: skip
