"""What the stops of lesson 02 share: a recording to see, to hear and to take along as code."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

import ipywidgets

from twitchlib.figures.twitches import plot_recording
from twitchlib.quantity import Quantities
from twitchlib.twitches import Recording, simulate
from twitchlib.widgets.controls import Preset
from twitchlib.widgets.prose import Prose, text
from twitchlib.widgets.sound import Sound
from twitchlib.widgets.stop import Stop

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["SAMPLE_HZ", "RecordingStop"]

Q = TypeVar("Q", bound=Quantities)

SAMPLE_HZ: Final = 1000
"""Enough for the potentials of this course, and half the work of the usual rate."""


class RecordingStop(Stop[Q, Recording]):
    """A stop whose model makes a recording.

    A subclass gives `_asked`: the kind and what else `twitches.simulate` is to be called with. It
    may give `_until`, where only a beginning is shown, and `_look`, how that is drawn.

    Parameters
    ----------
    settings_cls, presets, hints
        As for `Stop`.
    """

    def __init__(
        self,
        settings_cls: type[Q],
        *,
        presets: Sequence[Preset[Q]] = (),
        hints: Mapping[str, str] | None = None,
    ) -> None:
        self._sound: Sound | None = None
        super().__init__(settings_cls, presets=presets, hints=hints)
        self.on_change(self._offer)

    def _asked(self, settings: Q) -> tuple[str, dict[str, Any]]:
        raise NotImplementedError

    def _until(self, _settings: Q) -> float | None:
        """Return the end of what is shown, in seconds, where it is not all."""
        return None

    def _look(self, _settings: Q) -> dict[str, Any]:
        """Return what `plot_recording` is to be called with, apart from the recording."""
        return {}

    def _run(self, settings: Q) -> Recording:
        kind, asked = self._asked(settings)
        recording = simulate(kind, sample_hz=SAMPLE_HZ, **asked)
        end_s = self._until(settings)
        return recording if end_s is None else recording.until(end_s)

    def _figures(self, result: Recording, before: Recording | None) -> "Sequence[Figure]":
        return [plot_recording(result, before, **self._look(self.controls.value))]

    def _beneath(self) -> Sequence[ipywidgets.Widget]:
        self._sound = Sound(self.result)
        return (self._sound, Prose(f'<p class="tw-small">{text(self.result.note)}</p>'))

    def _offer(self) -> None:
        if self._sound is not None:
            self._sound.offer(self.result)

    def _shown_code(self, settings: Q) -> str:
        kind, asked = self._asked(settings)
        end_s = self._until(settings)
        until = "" if end_s is None else f".until({end_s:g})"
        return (
            "from twitchlib import figures, twitches\n\n"
            f'recording = twitches.simulate("{kind}", sample_hz={SAMPLE_HZ}, '
            f"{_named(asked)}){until}\n"
            f"figures.twitches.plot_recording(recording, {_named(self._look(settings))})"
        )


def _named(values: Mapping[str, object]) -> str:
    """Return keyword arguments as code spells them."""
    return ", ".join(f"{name}={value!r}" for name, value in values.items())
