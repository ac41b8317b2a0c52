"""Where the recordings of the lab come from."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from twitchlib import emg, twitches
from twitchlib.emg import EXAMPLES, Signal
from twitchlib.messages import gettext as _
from twitchlib.messages import inside
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.controls import setting

__all__ = ["HINT", "Wanted", "code", "instead", "load"]

HINT = _("All are synthetic but the real ones, which come from PhysioNet over the internet.")

_PHYSIONET = "physionet "
_STANDIN = "standin "
_OPENHDEMG = "openhdemg"
_KIND_S = 20.0
_KINDS = {
    "fasciculation": _("Fasciculation"),
    "clonus": _("Clonus"),
    "spasm": _("Spasm"),
    "myoclonus": _("Myoclonus"),
    "myokymia": _("Myokymia"),
    "neuromyotonia": _("Neuromyotonia"),
    "tremor": _("Tremor"),
    "shivering": _("Shivering"),
    "voluntary": _("Voluntary"),
}


def _options() -> dict[str, str]:
    """Return the recordings that can be asked for, by name."""
    options = {name: _KINDS[name] for name in twitches.KINDS}
    for name in EXAMPLES:
        options[_STANDIN + name] = _("Needle, model: {what}", what=inside(EXAMPLES[name].label))
    for name in EXAMPLES:
        options[_PHYSIONET + name] = _("Needle, real: {what}", what=inside(EXAMPLES[name].label))
    if find_spec("openhdemg"):
        options[_OPENHDEMG] = _("Grid on the skin, real")
    return options


@dataclass(frozen=True)
class Wanted(Quantities):
    """Which recording to look at."""

    source: str = choice("clonus", _("Recording"), _options())
    seed: int = setting(1, _("Which one of many (seed)"), low=1, high=1000, integer=True)


def load(wanted: Wanted, tell: Callable[[str], object]) -> Signal:
    """Make, fetch or read a recording.

    Raises
    ------
    SignalError
        If it cannot be had.
    """
    name = wanted.source.partition(" ")[2]
    if wanted.source == _OPENHDEMG:
        return emg.openhdemg_sample()
    if wanted.source.startswith(_PHYSIONET):
        return emg.fetch(name, tell)
    return instead(wanted)


def instead(wanted: Wanted) -> Signal:
    """Return a synthetic recording: the one asked for, or what stands in for a real one."""
    name = wanted.source.partition(" ")[2]
    if name:
        return emg.standin(name, seed=wanted.seed)
    kind = "voluntary" if wanted.source == _OPENHDEMG else wanted.source
    made = twitches.simulate(kind, seed=wanted.seed, duration_s=_KIND_S)
    return Signal(kind, made.emg_mv, made.sample_hz, made.note, synthetic=True)


def code(wanted: Wanted) -> str:
    """Return code that makes or fetches the recording."""
    name = wanted.source.partition(" ")[2]
    if wanted.source == _OPENHDEMG:
        return "signal = emg.openhdemg_sample()"
    if wanted.source.startswith(_PHYSIONET):
        return f"signal = emg.fetch({name!r})"  # untranslated: code
    if name:
        return f"signal = emg.standin({name!r}, seed={wanted.seed})"  # untranslated: code
    asked = f"{wanted.source!r}, seed={wanted.seed}, duration_s={_KIND_S:g}"
    return f"signal = twitches.simulate({asked})"  # untranslated: code
