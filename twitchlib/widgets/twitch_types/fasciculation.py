"""The stop at fasciculation: wait for one, and see how it came about."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from twitchlib.figures.cable import plot_run
from twitchlib.messages import gettext as _
from twitchlib.physiology import cable
from twitchlib.physiology.cable import CableRun, MyelinatedAxon, Stretch
from twitchlib.physiology.ions import Plasma, gating_shift_mv
from twitchlib.quantity import Quantities, describe, quantity
from twitchlib.scenes import calf
from twitchlib.twitches import Recording
from twitchlib.twitches.fasciculation import PRESETS as MUSCLES
from twitchlib.twitches.fasciculation import Fasciculation
from twitchlib.widgets.controls import Preset, setting
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.twitch_types.recording_stop import recording_stop

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Watch", "fasciculation_stop"]

LONGEST_S: Final = 120

# The stretch of the unit's axon that is shown, for how long, and the salts at the site that fires
# by itself: little enough calcium for it to fire, once.
AXON: Final = MyelinatedAxon(nodes=32)
SHOWN_MS: Final = 4.0
SITE: Final = Plasma(calcium_mm=0.57)
EDGE_NODES: Final = 5

_FASCICULATION: Final = describe(Fasciculation)


@dataclass(frozen=True)
class Watch(Quantities):
    """A muscle at rest, and how long it is watched."""

    watched_s: float = setting(20, _("Watched for"), unit="s", low=1, high=LONGEST_S, step=1)
    twitches_per_min: float = quantity(
        3, _("Fasciculations, on average"), unit="/min", low=0, high=60, step=0.5,
        source=_FASCICULATION["rate_per_min"].source, illustrative=True,
    )  # fmt: skip
    places: float = quantity(
        3, _("Motor units that twitch"), unit="", low=1, high=20,
        source=_FASCICULATION["sites"].source, illustrative=True, integer=True,
    )  # fmt: skip
    # With this number, the first twitch has just come when the page opens.
    muscle: float = setting(1, _("Another muscle (number)"), low=1, high=50, integer=True)


PRESETS: Final = [
    Preset(
        "healthy-shin",
        _("A healthy shin"),
        _(
            "In two minutes of rest, no healthy shin in one study had more than three a minute. "
            "This one has {rate:g} a minute on average.",
            rate=MUSCLES["healthy_shin"].rate_per_min,
        ),
        Watch(watched_s=60, twitches_per_min=MUSCLES["healthy_shin"].rate_per_min, muscle=7),
    ),
    Preset(
        "healthy-sole",
        _("A healthy sole"),
        _(
            "A small muscle of the foot is far busier: about {rate:g} a minute here. In healthy "
            "young people it sometimes passed a hundred a minute, more than this scale goes up to.",
            rate=MUSCLES["healthy_sole"].rate_per_min,
        ),
        Watch(watched_s=60, twitches_per_min=MUSCLES["healthy_sole"].rate_per_min),
    ),
    Preset(
        "busy-muscle",
        _("A muscle in a nerve disease"),
        _(
            "More of them, from more units: the order of magnitude in strong arm muscles of people "
            "with ALS. A healthy sole can be as busy, so a count alone tells nobody's future."
        ),
        Watch(
            watched_s=60,
            twitches_per_min=MUSCLES["disease_strong"].rate_per_min,
            places=MUSCLES["disease_strong"].sites,
        ),
    ),
]


def fasciculation_stop() -> Dashboard[Watch, Recording]:
    """Watch a muscle at rest until it twitches."""
    return recording_stop(
        Watch,
        lambda _watch: "fasciculation",
        lambda watch: {
            "seed": watch.muscle,
            "duration_s": LONGEST_S,
            "rate_per_min": watch.twitches_per_min,
            "sites": watch.places,
        },
        until_s=lambda watch: watch.watched_s,
        options=lambda watch: {
            "ranges": {"emg": (-1, 1), "force": (-0.001, 0.04)},
            "until_s": LONGEST_S,
            "marks": {_("watched until here"): watch.watched_s},
        },
        others=lambda _watch, recording: [_origin(recording)],
        scene=lambda _watch, recording: calf(recording),
        names=[_("Recording"), _("Its axon")],
        presets=PRESETS,
        hints={"muscle": _("The same rate at other moments: chance decides.")},
    )


_NONE_YET: Final = _("No fasciculation has come yet.")


def _origin(recording: Recording) -> "Figure":
    """Draw how the spike of the last fasciculation ran along its axon."""
    if not recording.events:
        return plot_run(cable.simulate(AXON, [], SHOWN_MS), about=_NONE_YET, clocked=False)
    last = recording.events[-1]
    node = site_node(recording.seed, last.unit)
    about = _("The last one, of unit {unit} after {at_s:.1f} s.", unit=last.unit, at_s=last.onset_s)
    return plot_run(_spontaneous(node), stretches=[_site(node)], about=about, clocked=False)


def site_node(seed: int, unit: int) -> int:
    """Return the node of the stretch at which a unit fires by itself, the same every time.

    Where such sites lie is disputed, so any place is as good as another.
    """
    rng = np.random.default_rng([seed, unit])
    return int(rng.integers(EDGE_NODES, AXON.nodes - EDGE_NODES))


def _site(node: int) -> Stretch:
    shift_mv = gating_shift_mv(SITE)
    return Stretch(first_node=node - 1, last_node=node + 1, gating_shift_mv=shift_mv)


@lru_cache(maxsize=AXON.nodes)
def _spontaneous(node: int) -> CableRun:
    return cable.simulate(AXON, [], SHOWN_MS, stretches=[_site(node)])
