"""A moving drawing, driven by a model's numbers and nothing else.

A `Scene` is sent as a whole; while it plays, no message reaches the kernel.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import traitlets

from twitchlib.scenes import Scene
from twitchlib.widgets._known import first
from twitchlib.widgets._panel import Scripted, style

__all__ = ["BodyView"]

# Whole numbers are sent as they are, half as long as floats.
_WHOLE: Final = np.dtype("<u2")


def _drawings() -> list[str]:
    folder = Path(__file__).parent / "js" / "scenes"
    return sorted(f"scenes/{path.name}" for path in folder.glob("*.js") if path.stem != "draw")


class BodyView(Scripted):
    """Show a scene: play, pause, play slowly, step from event to event, move through time.

    Nothing moves until the reader asks. Figures whose ``layout.meta`` holds a ``clock`` follow, and
    so does the sound, if they are given this view's `clock`.

    Parameters
    ----------
    scene : Scene or callable
        The scene to show first, or a callable that makes it unless the page already shows it.

    Attributes
    ----------
    clock : str
        Name of this view's clock, for whatever is to show the same moment.

    Examples
    --------
    >>> from twitchlib import scenes, twitches
    >>> view = BodyView(scenes.ankle(twitches.simulate("clonus", 5, seed=1)))
    >>> view.show(scenes.ankle(twitches.simulate("clonus", 5, seed=1, gain_s=0.2)))
    """

    _css = style("controls.css", "lab.css", "body_view.css")
    _scripts = (
        "clock.js", "place_notes.js", "lab_start.js", "scenes/draw.js", *_drawings(), "body_view.js"
    )  # fmt: skip
    _scene = traitlets.Dict().tag(sync=True)
    clock = traitlets.Unicode().tag(sync=True)

    def __init__(self, scene: Scene | Callable[[], Scene]) -> None:
        self._listeners: list[Callable[[float], object]] = []
        make = scene if callable(scene) else lambda: scene
        nothing: dict[str, Any] = {}
        super().__init__(**first(lambda: {"_scene": packed(make())}, nothing))
        self.clock = str(self.model_id)

    def show(self, scene: Scene) -> None:
        """Replace the scene; the moment shown stays, if the new scene is long enough."""
        self._scene = packed(scene)

    def on_ask(self, listener: Callable[[float], object]) -> None:
        """Call `listener` with what the reader has done to the drawing, as one number."""
        self._listeners.append(listener)

    def _hear(self, request: Mapping[str, Any]) -> None:
        if np.isfinite(request["done"]):
            for listener in self._listeners:
                listener(float(request["done"]))


def packed(scene: Scene) -> dict[str, Any]:
    """Return a scene in the form the page gets."""
    return {
        "drawing": scene.drawing, "title": scene.title, "description": scene.description,
        "duration_s": scene.duration_s, "slower": scene.slower, "still_s": scene.still_s,
        "asks": scene.asks, "notes": list(scene.notes), "counts": scene.counts,
        **({} if scene.begins_h is None else {"begins_h": scene.begins_h}),
        "numbers": dict(scene.numbers), "words": dict(scene.words),
        "moments": [asdict(moment) for moment in scene.moments],
        "tracks": {
            name: {"sample_hz": track.sample_hz, "values": _sent(_drawn(track.values))}
            for name, track in scene.tracks.items()
        },
        "series": {n: _sent(v) for n, v in scene.series.items() if v.dtype != _WHOLE},
        "whole": {n: v.tobytes() for n, v in scene.series.items() if v.dtype == _WHOLE},
    }  # fmt: skip


def _drawn(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Round values to one part in 4096: finer than any drawing, and half as long to send."""
    bits = np.ascontiguousarray(values, dtype="<f4").view(np.uint32)
    return ((bits + 0x400) & 0xFFFFF800).view("<f4")


def _sent(values: npt.NDArray[Any]) -> bytes:
    return np.ascontiguousarray(values, dtype="<f4").tobytes()
