"""The stop at the look-alikes: what is taken for a twitch, and is none of the four."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import ipywidgets

from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice, quantity
from twitchlib.twitches import kinds
from twitchlib.widgets.prose import Prose, text
from twitchlib.widgets.twitch_types.recording_stop import RecordingStop

__all__ = ["LookAlike", "LookAlikesStop"]

LENGTH_S: Final = 12
LOOK_ALIKES: Final = {name: kind.title for name, kind in kinds().items() if kind.look_alike}


@dataclass(frozen=True)
class LookAlike(Quantities):
    """Which of them, and how much of it."""

    look_alike: str = choice("myokymia", _("What you look at"), LOOK_ALIKES)
    shown_s: float = quantity(
        6, _("Time shown"), unit="s", low=1, high=LENGTH_S, step=0.5,
        source=_("Chosen by the reader"), illustrative=True,
    )  # fmt: skip


class LookAlikesStop(RecordingStop[LookAlike]):
    """Look at what is taken for a twitch."""

    _compares = False

    def __init__(self) -> None:
        self._fault = Prose()
        super().__init__(LookAlike)
        self.on_change(self._tell)
        self._tell()

    def _asked(self, settings: LookAlike) -> tuple[str, dict[str, Any]]:
        return settings.look_alike, {"seed": 1, "duration_s": LENGTH_S}

    def _until(self, settings: LookAlike) -> float:
        return settings.shown_s

    def _beneath(self) -> Sequence[ipywidgets.Widget]:
        return (self._fault, *super()._beneath())

    def _tell(self) -> None:
        name = self.controls.value.look_alike
        self._fault.html = (
            f'<p role="status"><strong>{text(LOOK_ALIKES[name])}.</strong> '
            f"{text(kinds()[name].fault)}</p>"
        )
