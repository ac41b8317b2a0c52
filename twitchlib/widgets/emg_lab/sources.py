"""Where the recordings of the lab come from."""

from collections.abc import Callable
from dataclasses import dataclass

from twitchlib import emg, twitches
from twitchlib.emg import Signal
from twitchlib.messages import beginning, inside
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.controls import setting

__all__ = ["HINT", "Wanted", "code", "load", "synthetic"]

HINT = _("All are synthetic except the real ones, which are fetched from PhysioNet.")

_PHYSIONET = "physionet "
_STANDIN = "standin "
_KIND_S = 20.0


def _options() -> dict[str, str]:
    """Return the available recordings, by name."""
    examples = emg.examples()
    options = {name: beginning(kind.word) for name, kind in twitches.kinds().items()}
    for name, example in examples.items():
        options[_STANDIN + name] = _("Needle, model: {what}", what=inside(example.label))
    for name, example in examples.items():
        options[_PHYSIONET + name] = _("Needle, real: {what}", what=inside(example.label))
    return options


@dataclass(frozen=True)
class Wanted(Quantities):
    """The choice of recording."""

    source: str = choice("clonus", _("Recording"), _options())
    seed: int = setting(1, _("Which one of many (seed)"), low=1, high=1000, integer=True)


def load(wanted: Wanted, report: Callable[[str], object]) -> Signal:
    """Make or fetch a recording.

    Raises
    ------
    UnreadableError
        If it cannot be fetched.
    """
    if wanted.source.startswith(_PHYSIONET):
        return emg.examples()[wanted.source.removeprefix(_PHYSIONET)].fetch(report)
    return synthetic(wanted)


def synthetic(wanted: Wanted) -> Signal:
    """Return a synthetic recording: the one chosen, or the stand-in for a real one."""
    if example := wanted.source.partition(" ")[2]:
        return emg.examples()[example].simulate(seed=wanted.seed)
    return Signal.of(twitches.simulate(wanted.source, seed=wanted.seed, duration_s=_KIND_S))


def code(wanted: Wanted) -> str:
    """Return code that makes or fetches the recording."""
    example = f"emg.examples()[{wanted.source.partition(' ')[2]!r}]"  # untranslated: code
    if wanted.source.startswith(_PHYSIONET):
        return f"signal = {example}.fetch()"  # untranslated: code
    if wanted.source.startswith(_STANDIN):
        return f"signal = {example}.simulate(seed={wanted.seed})"  # untranslated: code
    asked = f"{wanted.source!r}, seed={wanted.seed}, duration_s={_KIND_S:g}"
    return f"signal = twitches.simulate({asked})"  # untranslated: code
