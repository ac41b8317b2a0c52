"""What the stops of lesson 02 share: a recording to see, to hear and to reproduce with code."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import ipywidgets

from twitchlib.figures.twitches import plot_recording
from twitchlib.markup import Markup, html
from twitchlib.quantity import Quantities
from twitchlib.scenes import Scene
from twitchlib.twitches import Recording, simulate
from twitchlib.widgets._known import first
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.dashboard import Dashboard, side_by_side
from twitchlib.widgets.prose import Prose
from twitchlib.widgets.sound import Sound

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["SAMPLE_HZ", "recording_stop"]

Q = TypeVar("Q", bound=Quantities)

SAMPLE_HZ: Final = 1000
"""Enough for the potentials of this course, and half the work of the usual rate."""


def recording_stop(
    settings_cls: type[Q],
    kind: Callable[[Q], str],
    arguments: Callable[[Q], dict[str, Any]],
    *,
    until_s: Callable[[Q], float] | None = None,
    options: Callable[[Q], dict[str, Any]] = lambda _settings: {},
    others: Callable[[Q, Recording], Sequence["Figure"]] = lambda _settings, _recording: (),
    scene: Callable[[Q, Recording], Scene] | None = None,
    names: Sequence[str] = (),
    words: Callable[[Q, Recording], str] | None = None,
    presets: Sequence[Preset[Q]] = (),
    hints: Mapping[str, str] | None = None,
    compares: bool = True,
) -> Dashboard[Q, Recording]:
    """Return a dashboard whose model makes a recording.

    Parameters
    ----------
    settings_cls, names, scene, words, presets, hints, compares
        As for `Dashboard`.
    kind, arguments : callable
        Arguments for `twitches.simulate`: the kind, and the others by name.
    until_s : callable, optional
        End of the part to show, in seconds; by default everything is shown.
    options : callable
        Keyword arguments for `plot_recording`.
    others : callable
        Further figures below the recording.
    """

    def run(settings: Q) -> Recording:
        recording = simulate(kind(settings), sample_hz=SAMPLE_HZ, **arguments(settings))
        return recording.until(until_s(settings)) if until_s else recording

    def figures(settings: Q, result: Recording, before: Recording | None) -> "list[Figure]":
        shown = plot_recording(result, before, **options(settings))
        return [shown, *others(settings, result)]

    def _shown_code(settings: Q) -> str:
        until = f".until({until_s(settings):g})" if until_s else ""
        return (
            "from twitchlib import figures, twitches\n\n"
            f'recording = twitches.simulate("{kind(settings)}", sample_hz={SAMPLE_HZ}, '
            f"{_named(arguments(settings))}){until}\n"
            f"figures.twitches.plot_recording(recording, {_named(options(settings))})"
        )

    return Dashboard(
        settings_cls,
        run=run,
        figures=figures,
        scene=scene,
        names=names,
        words=words,
        code=_shown_code,
        presets=presets,
        hints=hints,
        compares=compares,
        arrange=_with_sound,
    )


def _with_sound(dashboard: Dashboard[Any, Recording]) -> list[ipywidgets.Widget]:
    sound = Sound(lambda: dashboard.result, clock=dashboard.clock)
    dashboard.on_change(sound.offer)
    note = Prose(first(lambda: html('<p class="tw-small">{}</p>', dashboard.result.note), Markup()))
    return side_by_side(dashboard, [note], controls=[sound])


def _named(values: Mapping[str, object]) -> str:
    """Return keyword arguments as source code."""
    return ", ".join(f"{name}={value!r}" for name, value in values.items())
