"""The gallery: the four kinds below each other on one time axis."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from twitchlib import guide
from twitchlib.figures.twitches import SIGNALS, plot_gallery
from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.twitches import SYNTHETIC_NOTE, Recording, simulate
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import SAMPLE_HZ

__all__ = ["Gallery", "gallery_stop"]

LENGTH_S: Final = 12

# One recording of each, picked so that something happens early in it.
EXAMPLES: Final[Mapping[str, dict[str, Any]]] = {
    "fasciculation": {"seed": 6, "preset": "healthy_sole"},
    "clonus": {"seed": 1},
    "spasm": {"seed": 1, "units": 8},
    "myoclonus": {"seed": 36},
}


@dataclass(frozen=True)
class Gallery(Quantities):
    """What of the four is shown, and how."""

    signal: str = choice("units", _("What you look at"), SIGNALS)
    scale: str = choice("own", _("Scale"), {"own": _("Each its own"), "same": _("One for all")})
    gallery_s: float = setting(6, _("Time shown"), unit="s", low=1, high=LENGTH_S, step=0.5)


@cache
def _examples() -> dict[str, Recording]:
    return {
        guide.rows("twitch_types")[kind]["name"]: simulate(
            kind, duration_s=LENGTH_S, sample_hz=SAMPLE_HZ, **asked
        )
        for kind, asked in EXAMPLES.items()
    }


def gallery_stop() -> Dashboard[Gallery, dict[str, Recording]]:
    """Compare the four kinds, one signal at a time."""
    return Dashboard(
        Gallery,
        run=lambda gallery: {
            name: one.until(gallery.gallery_s) for name, one in _examples().items()
        },
        figures=lambda gallery, examples, _before: [
            plot_gallery(examples, show=gallery.signal, same_scale=gallery.scale == "same")
        ],
        words=lambda _gallery, _examples: html('<p class="tw-small">{}</p>', SYNTHETIC_NOTE),
        code=_shown_code,
    )


def _shown_code(settings: Gallery) -> str:
    made = "".join(
        f'    "{guide.rows("twitch_types")[kind]["name"]}": twitches.simulate("{kind}", '
        f"{', '.join(f'{name}={value!r}' for name, value in asked.items())}, **common)"
        f".until({settings.gallery_s:g}),\n"
        for kind, asked in EXAMPLES.items()
    )
    return (
        "from twitchlib import figures, twitches\n\n"
        f'common = {{"duration_s": {LENGTH_S}, "sample_hz": {SAMPLE_HZ}}}\n'
        f"examples = {{\n{made}}}\n"
        f'figures.twitches.plot_gallery(examples, show="{settings.signal}", '
        f"same_scale={settings.scale == 'same'})"
    )
