"""The gallery: the kinds of twitch stacked on one time axis."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from twitchlib.figures.twitches import plot_gallery
from twitchlib.figures.twitches.plots import SIGNALS
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.scenes import calves
from twitchlib.twitches import Recording, kinds, simulate
from twitchlib.twitches.recording import SYNTHETIC_NOTE
from twitchlib.widgets._known import later
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import SAMPLE_HZ

__all__ = ["Gallery", "examples", "gallery_stop"]

LENGTH_S: Final = 12

_TWITCHES: Final = [kind for kind in kinds().values() if not kind.look_alike]


@dataclass(frozen=True)
class Gallery(Quantities):
    """Which signal of the twitches to show, and how."""

    signal: str = choice("units", _("What you look at"), SIGNALS)
    scale: str = choice("own", _("Scale"), {"own": _("Each its own"), "same": _("One for all")})
    gallery_s: float = setting(6, _("Time shown"), unit="s", low=1, high=LENGTH_S, step=0.5)


@cache
def _example(kind: str) -> Recording:
    return simulate(kind, LENGTH_S, sample_hz=SAMPLE_HZ, **kinds()[kind].example)


def examples() -> dict[str, Recording]:
    """Return the gallery's recording of each kind, by the kind's title."""
    return {kind.title: _example(kind.name) for kind in _TWITCHES}


def gallery_stop() -> Dashboard[Gallery, dict[str, Recording]]:
    """Compare the kinds of twitch, one signal at a time."""
    for kind in _TWITCHES:
        later(partial(_example, kind.name))
    return Dashboard(
        Gallery,
        run=lambda gallery: {
            name: one.until(gallery.gallery_s) for name, one in examples().items()
        },
        figures=lambda gallery, shown, _before: [
            plot_gallery(shown, show=gallery.signal, same_scale=gallery.scale == "same")
        ],
        scene=lambda gallery, shown: calves(shown, same_scale=gallery.scale == "same"),
        words=lambda _gallery, _shown: html('<p class="tw-small">{}</p>', SYNTHETIC_NOTE),
        code=_shown_code,
    )


def _shown_code(settings: Gallery) -> str:
    made = "".join(
        f'    "{kind.title}": twitches.simulate("{kind.name}", '
        f"{', '.join(f'{name}={value!r}' for name, value in kind.example.items())}, **common)"
        f".until({settings.gallery_s:g}),\n"
        for kind in _TWITCHES
    )
    return (
        "from twitchlib import figures, twitches\n\n"
        f'common = {{"duration_s": {LENGTH_S}, "sample_hz": {SAMPLE_HZ}}}\n'
        f"examples = {{\n{made}}}\n"
        f'figures.twitches.plot_gallery(examples, show="{settings.signal}", '
        f"same_scale={settings.scale == 'same'})"
    )
