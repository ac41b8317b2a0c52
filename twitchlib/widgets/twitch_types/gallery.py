"""The gallery: the four kinds below each other on one time axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from twitchlib.figures.twitches import plot_gallery
from twitchlib.figures.twitches.plots import SIGNALS
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.twitches import Recording, kinds, simulate
from twitchlib.twitches.recording import SYNTHETIC_NOTE
from twitchlib.widgets.prose import Prose, text
from twitchlib.widgets.stop import Stop
from twitchlib.widgets.twitch_types.recording_stop import SAMPLE_HZ

if TYPE_CHECKING:
    import ipywidgets
    from plotly.graph_objects import Figure

__all__ = ["Gallery", "GalleryStop"]

LENGTH_S: Final = 12

_FOUR: Final = [kind for kind in kinds().values() if not kind.look_alike]


@dataclass(frozen=True)
class Gallery(Quantities):
    """What of the four is shown, and how."""

    signal: str = choice("units", _("What you look at"), SIGNALS)
    scale: str = choice("own", _("Scale"), {"own": _("Each its own"), "same": _("One for all")})
    gallery_s: float = quantity(
        6, _("Time shown"), unit="s", low=1, high=LENGTH_S, step=0.5,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip


@cache
def _examples() -> dict[str, Recording]:
    return {
        kind.title: simulate(kind.name, LENGTH_S, sample_hz=SAMPLE_HZ, **kind.example)
        for kind in _FOUR
    }


class GalleryStop(Stop[Gallery, dict[str, Recording]]):
    """Compare the four kinds, one signal at a time."""

    _compares = False

    def __init__(self) -> None:
        super().__init__(Gallery)

    def _run(self, settings: Gallery) -> dict[str, Recording]:
        return {name: one.until(settings.gallery_s) for name, one in _examples().items()}

    def _figures(
        self, result: dict[str, Recording], _before: dict[str, Recording] | None
    ) -> "Sequence[Figure]":
        settings = self.controls.value
        return [plot_gallery(result, show=settings.signal, same_scale=settings.scale == "same")]

    def _beneath(self) -> "Sequence[ipywidgets.Widget]":
        return (Prose(f'<p class="tw-small">{text(SYNTHETIC_NOTE)}</p>'),)

    def _shown_code(self, settings: Gallery) -> str:
        made = "".join(
            f'    "{kind.title}": twitches.simulate("{kind.name}", '
            f"{', '.join(f'{name}={value!r}' for name, value in kind.example.items())}, **common)"
            f".until({settings.gallery_s:g}),\n"
            for kind in _FOUR
        )
        return (
            "from twitchlib import figures, twitches\n\n"
            f'common = {{"duration_s": {LENGTH_S}, "sample_hz": {SAMPLE_HZ}}}\n'
            f"examples = {{\n{made}}}\n"
            f'figures.twitches.plot_gallery(examples, show="{settings.signal}", '
            f"same_scale={settings.scale == 'same'})"
        )
