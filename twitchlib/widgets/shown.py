"""The figure above a quiz question: recordings, or what a detector made of one.

A recording without a seed is drawn when it is first shown, and by then each page has its own copy
of the kernel: two visitors get two recordings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from twitchlib import emg, needle, twitches
from twitchlib.figures import emg as signal_figures
from twitchlib.figures.needle import plot_needle
from twitchlib.figures.quiz import describe, plot_settings, plot_unnamed
from twitchlib.figures.twitches import plot_gallery
from twitchlib.messages import gettext as _
from twitchlib.widgets.emg_lab.hidden import hidden_recording
from twitchlib.widgets.emg_lab.settings import NEEDLE, analysed

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from twitchlib.guide import Row

__all__ = ["KINDS", "SETTINGS", "Shown", "at_rest", "recording", "settings_tried", "show"]

SETTINGS: Final = (6, 8, 10, 12, 15, 20, 30)
"""The settings of the detector that a question compares: how sure it has to be."""

KINDS: Final = {
    "myoclonus": "cortical", "fasciculation": "disease_strong", "clonus": "spastic",
    "spasm": "cramp",
}  # fmt: skip
"""The kinds that a question shows one below the other, each with its preset."""


@dataclass(frozen=True)
class Shown:
    """A figure, and the order of the parts that its options stand for.

    Attributes
    ----------
    figure : Figure
        The figure.
    order : tuple of int
        Index of the option for each part, from top to bottom; empty if the options stand for
        nothing in the figure.
    """

    figure: Figure
    order: tuple[int, ...] = ()


def show(trace: Row) -> Shown:
    """Draw what a row of the table ``traces`` describes, anew if it has no seed."""
    rng = np.random.default_rng(trace["seed"])
    if trace["kind"] == "needles":
        return _needles(rng, trace["duration_s"])
    if trace["kind"] == "kinds":
        return Shown(_kinds(rng, trace["duration_s"]))
    if trace["kind"] == "at-rest":
        return Shown(plot_needle(at_rest(trace, rng), named=False))
    if trace["kind"] == "settings":
        return Shown(plot_settings(settings_tried(trace["seed"])))
    return Shown(plot_unnamed(recording(trace, rng)))


def recording(trace: Row, rng: np.random.Generator) -> twitches.Recording:
    """Return a recording of a twitch; if drawn anew, one that the rules name correctly."""
    while True:
        fresh = trace["seed"] is None
        seed = int(rng.integers(1 << 31)) if fresh else trace["seed"]
        made = twitches.simulate(
            trace["kind"], preset=trace["preset"], seed=seed, duration_s=trace["duration_s"]
        )
        if not fresh or emg.analyse(made).classification.kind == trace["kind"]:
            return made


def at_rest(trace: Row, rng: np.random.Generator) -> needle.NeedleRecording:
    """Return a recording of a needle at rest; if drawn anew, one that the rules name correctly."""
    while True:
        fresh = trace["seed"] is None
        seed = int(rng.integers(1 << 31)) if fresh else trace["seed"]
        made = needle.simulate(trace["preset"], trace["duration_s"], seed=seed)
        if not fresh or emg.classify(emg.measure_needle(made)).kind == trace["preset"]:
            return made


def settings_tried(seed: int) -> dict[int, emg.Match]:
    """Return how well each setting of the detector does on a hidden recording of the lesson."""
    made, clean = hidden_recording(seed)
    true_s = [event.onset_s for event in made.events]
    return {
        setting: emg.Match(emg.detect(clean, evidence=setting, shortest_ms=3).onset_s, true_s)
        for setting in SETTINGS
    }


def _kinds(rng: np.random.Generator, duration_s: float) -> Figure:
    """Draw one recording of each kind, without its name and always in the same order."""
    fresh = {"seed": None, "duration_s": duration_s}
    made = [recording({"kind": k, "preset": v, **fresh}, rng) for k, v in KINDS.items()]
    unnamed = {_("Trace {n}", n=n): one for n, one in enumerate(made, 1)}
    figure = plot_gallery(unnamed)
    said = [_("{name}: {what}", name=name, what=describe(one)) for name, one in unnamed.items()]
    figure.layout.meta = {**figure.layout.meta, "description": " ".join(said)}
    return figure


def _needles(rng: np.random.Generator, duration_s: float) -> Shown:
    """Draw the three muscles under the needle in a random order, without their names."""
    muscles = list(emg.examples().values())
    order = tuple(int(place) for place in rng.permutation(len(muscles)))
    signals = [
        muscles[place].simulate(duration_s, seed=int(rng.integers(1 << 31))) for place in order
    ]
    unnamed = [replace(signal, name=_("Recording {n}", n=n)) for n, signal in enumerate(signals, 1)]
    analyses = [analysed(signal, NEEDLE) for signal in unnamed]
    return Shown(signal_figures.plot_signals(analyses, one_scale=False), order)
