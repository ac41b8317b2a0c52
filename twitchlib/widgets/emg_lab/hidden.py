"""A hidden recording: set the detector to find its fasciculations, then see how well it did."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from twitchlib import emg, twitches
from twitchlib.emg import Detection, Match, Signal
from twitchlib.emg.detector import Detector
from twitchlib.figures import emg as figures
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities
from twitchlib.widgets.controls import setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.layout import button, buttons, facing, stack, stage

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["HiddenRecording", "Search", "hidden_recording"]

LENGTH_S = 40.0
NOISE_UV = 90.0


@dataclass(frozen=True)
class Search(Quantities):
    """How to search."""

    evidence: float = setting(6, _("How sure to be"), low=5, high=50, step=1)
    shortest_ms: float = setting(
        3, _("Leave out anything shorter than"), unit="ms", low=0, high=60, step=1
    )
    merge_ms: float = setting(
        Detector().merge_ms, _("Join events closer than"), unit="ms", low=0, high=250, step=5
    )


class Found(NamedTuple):
    """What a search finds, and how that compares with what really happened."""

    detection: Detection
    match: Match


def HiddenRecording() -> Dashboard[Search, Found]:
    """Return a search for single potentials in heavy noise, whose true times only the model knows.

    Examples
    --------
    >>> hidden = HiddenRecording()
    >>> hidden.controls.set(evidence=15)
    >>> hidden.result.match.f1 > 0.8
    True
    """
    seed, revealed = 1, False

    def run(search: Search) -> Found:
        made, clean = hidden_recording(seed)
        detection = emg.detect(clean, **asdict(search))
        return Found(detection, Match(detection.onset_s, [e.onset_s for e in made.events]))

    def draw(_search: Search, found: Found, _before: Found | None) -> "list[Figure]":
        if revealed:
            return [figures.plot_match(*found, start_s=0, shown_s=LENGTH_S)]
        return [figures.plot_detection(found.detection, start_s=0, shown_s=LENGTH_S)]

    def words(_search: Search, found: Found) -> Markup:
        said = found.match.sentence if revealed else _("The truth is still hidden.")
        return html(
            '<div aria-live="polite"><p><strong>{}</strong></p></div><p>{}</p>',
            said,
            hidden_recording(seed)[0].note,
        )

    def reveal() -> None:
        nonlocal revealed
        revealed = True
        hidden.redraw()

    def another() -> None:
        nonlocal seed, revealed
        seed, revealed = seed + 1, False
        hidden.refresh()

    row = buttons(button(_("How well did I do?"), reveal), button(_("Another recording"), another))
    hidden = Dashboard(
        Search,
        run=run,
        figures=draw,
        words=words,
        arrange=lambda hidden: [
            facing(stack(hidden.controls, row), stage(hidden.views), hidden.words)
        ],
    )
    return hidden


@lru_cache(maxsize=2)
def hidden_recording(seed: int) -> tuple[twitches.Recording, Signal]:
    """Return a recording, and its band-passed EMG."""
    made = twitches.simulate(
        "fasciculation", seed=seed, duration_s=LENGTH_S, preset="disease_strong", noise_uv=NOISE_UV
    )
    return made, emg.bandpass(made)
