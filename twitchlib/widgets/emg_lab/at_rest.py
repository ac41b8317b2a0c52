"""A needle in a muscle at rest: choose a discharge, see it, hear it, and learn to recognise it."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import ipywidgets

from twitchlib import emg, needle
from twitchlib.figures.needle import plot_needle, transcript
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.needle import NeedleRecording, discharges
from twitchlib.needle.recording import FURTHEST_MM, NEAREST_MM, NOTE
from twitchlib.quantity import Quantities, choice, choices, describe
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard, side_by_side
from twitchlib.widgets.emg_lab import result
from twitchlib.widgets.emg_lab.settings import Settings
from twitchlib.widgets.emg_lab.sources import Wanted
from twitchlib.widgets.page_link import Address
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.sound import Sound

__all__ = ["AtRest", "NeedleAtRest"]

LENGTH_S: Final = 6.0
# Names in a link that the lab on the same page reads.
LAB: Final = frozenset({*describe(Settings), *describe(Wanted), *choices(Wanted)})


@dataclass(frozen=True)
class AtRest(Quantities):
    """What the needle picks up, and from where."""

    discharge: str = choice(
        "fibrillation", _("Discharge"), {name: one.title for name, one in discharges().items()}
    )
    distance_mm: float = setting(
        0.2, _("Needle to the nearest fibre"), unit="mm", low=NEAREST_MM, high=FURTHEST_MM,
        step=0.05,
    )  # fmt: skip
    needle_seed: float = setting(1, _("Which one of many (seed)"), low=1, high=1000, integer=True)


class Picked(NamedTuple):
    """What the needle picks up, what was measured in it, and what the rules call it."""

    recording: NeedleRecording
    features: emg.NeedleFeatures
    named: emg.Classification


def NeedleAtRest() -> Dashboard[AtRest, Picked]:
    """Return ten discharges of a muscle at rest, by eye and by ear.

    Examples
    --------
    >>> rest = NeedleAtRest()
    >>> rest.controls.set(discharge="endplate-spikes")
    >>> rest.views[0].title
    'End-plate spikes, 37 a second, in no rhythm'
    """
    return Dashboard(
        AtRest,
        run=_run,
        figures=lambda _settings, picked, _before: [plot_needle(picked.recording, picked.features)],
        words=lambda _settings, picked: _words(picked.recording.kind),
        details=lambda _settings, picked: result.markup(picked.named),
        code=_shown_code,
        groups={"": ["discharge", "distance_mm", "needle_seed"]},
        hints={
            "discharge": _("The first three belong to healthy muscle."),
            "distance_mm": _("Half a millimetre away hardly anything is left."),
            "needle_seed": _("Another number gives another recording of the same kind."),
        },
        address=Address(elsewhere=LAB),
        arrange=_arranged,
    )


def _run(settings: AtRest) -> Picked:
    recording = needle.simulate(
        settings.discharge, LENGTH_S, seed=int(settings.needle_seed),
        distance_mm=settings.distance_mm,
    )  # fmt: skip
    features = emg.measure_needle(recording)
    return Picked(recording, features, emg.classify(features))


def _words(kind: str) -> Markup:
    known = discharges()[kind]
    return html(
        '<p aria-live="polite"><strong>{fires}</strong> {pattern}. {shape}.</p>'
        "<p>{tells}</p><p>{sound}</p><p>{seen}</p>",
        fires=_("What fires: {source}.", source=known.comes_from),
        pattern=known.pattern,
        shape=known.shape,
        tells=_("How to recognise it: {words}", words=known.tells_apart),
        sound=_("It is said to sound like {words}.", words=known.sound),
        seen=_(
            "Where the literature reports it: {words} It is not a diagnosis.", words=known.seen_in
        ),
    )


def _arranged(dashboard: Dashboard[Any, Picked]) -> list[ipywidgets.Widget]:
    sound = Sound(
        lambda: dashboard.result.recording, clock=dashboard.clock,
        words=lambda recording: transcript(recording, dashboard.result.features),
    )  # fmt: skip
    dashboard.on_change(sound.offer)
    note = Prose(html('<p class="tw-small">{}</p>', NOTE))
    return side_by_side(dashboard, [note], controls=[sound])


def _shown_code(settings: AtRest) -> str:
    return (
        "from twitchlib import emg, figures, needle\n\n"
        f'recording = needle.simulate("{settings.discharge}", {LENGTH_S:g}, '
        f"seed={int(settings.needle_seed)}, distance_mm={settings.distance_mm:g})\n"
        "emg.classify(emg.measure_needle(recording)).sentence\n"
        "figures.needle.plot_needle(recording)"
    )
