"""A calf whose surface ripples: each patch is a motor unit, raised by the force of its twitches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.physiology.motor_units import POOL, maximal_force_n, units
from twitchlib.scenes._patches import TICKS, Patches, patches, places
from twitchlib.scenes._scene import Moment, Scene, Track, sampled
from twitchlib.twitches import Event, Recording
from twitchlib.twitches.myoclonus import LAPSE

__all__ = ["calf", "calves"]

SMOOTH_HZ: Final = 100.0
MOST_SAMPLES: Final = 1200
MOST_MOMENTS: Final = 60
LONG_S: Final = 0.5
FEW_UNITS: Final = 20
# Illustrative, as the notes say: how far the muscle's full force would turn the foot, and how far
# and how fast somebody pulls it up.
PULLED_DEG: Final = -90.0
STRETCHED_DEG: Final = 28.0
STRETCHING_S: Final = 0.3


def calf(recording: Recording) -> Scene:
    """Return the scene of a calf in which the units of a recording fire.

    Each patch is one motor unit. Its area grows with the force of its twitches, which have the
    model's shape and contraction time and add up. The calf bulges by the force of the recording;
    the foot turns by the recorded angle or, if no joint moves, by the force.

    Parameters
    ----------
    recording : Recording
        A recording of any kind.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> scene = calf(twitches.simulate("spasm", 6, seed=1, units=8, stretch_s=4))
    >>> [moment.words for moment in scene.moments]
    ['8 motor units begin to fire.', 'The foot is pulled up.', 'They have stopped.']
    """
    raised = patches(recording)
    return Scene(
        drawing="calf",
        title=_("A calf, and what moves in it"),
        description=_description(recording),
        duration_s=recording.duration_s,
        tracks=_tracks(recording),
        series=_pool_series() | _series(raised),
        numbers={
            **_numbers(recording, raised, raised.full_n),
            "stretch_s": min(_stretched_s(recording), recording.duration_s),
        },
        words={"stretch": _("pulled up")},
        moments=tuple(_moments(recording, MOST_MOMENTS)),
        notes=(
            _(
                "A patch is one motor unit, its area the force of its twitches: a full patch is "
                "{force}.",
                force=_millinewtons(raised.full_n),
            ),
            _illustrative([recording]),
        ),
        still_s=_liveliest_s([recording]),
    )


def calves(
    recordings: Mapping[str, Recording], *, same_scale: bool = False, from_outside: bool = False
) -> Scene:
    """Return the scene of several calves side by side, on one clock.

    Parameters
    ----------
    recordings : Mapping of str to Recording
        Up to four recordings, by name.
    same_scale : bool
        Whether a full patch is the same force in all; otherwise each calf has a scale of its own.
    from_outside : bool
        Whether to draw and describe only what an onlooker would see: how the calf bulges and the
        foot moves, and patches only where few units fire, each lifting a spot of skin.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> kinds = ("clonus", "spasm")
    >>> calves({kind: twitches.simulate(kind, 4, seed=1) for kind in kinds}).words
    {'0': 'clonus', '1': 'spasm'}
    """
    everything = list(recordings.values())
    raised = [patches(one) for one in everything]
    if from_outside:
        raised = [_on_the_skin(one) for one in raised]
    most_n = max(one.full_n for one in raised)
    tracks: dict[str, Track] = {}
    series = _pool_series()
    numbers: dict[str, float] = {}
    for place, (one, patch) in enumerate(zip(everything, raised, strict=True)):
        tracks |= _tracks(one, str(place), len(raised))
        series |= _series(patch, str(place))
        full_n = most_n if same_scale else patch.full_n
        numbers |= _numbers(one, patch, full_n, str(place))
        if same_scale:
            numbers["few" + str(place)] = 0
    return Scene(
        drawing="calves",
        title=_("Calves side by side"),
        description=" ".join(
            _(
                "{name}: {what}",
                name=name,
                what=_seen(one) if from_outside else _description(one),
            )
            for name, one in recordings.items()
        ),
        duration_s=max(one.duration_s for one in everything),
        tracks=tracks,
        series=series,
        numbers=numbers,
        words={str(place): name for place, name in enumerate(recordings)},
        moments=tuple(
            Moment(moment.time_s, _("{name}: {what}", name=name, what=moment.words))
            for name, one in recordings.items()
            for moment in _moments(one, MOST_MOMENTS // len(raised), from_outside)
        ),
        notes=(
            _("Only what shows from outside is drawn. A patch is a spot of skin that is lifted."),
            _illustrative(everything),
        )
        if from_outside
        else (
            _("A patch is one motor unit, its area the force of its twitches."),
            _("A full patch is {force} in every calf.", force=_millinewtons(most_n))
            if same_scale
            else _(
                "A full patch is {forces}, in this order.",
                forces=", ".join(_millinewtons(one.full_n) for one in raised),
            ),
            _illustrative(everything),
        ),
        still_s=_liveliest_s(everything),
    )


def _pool_series() -> dict[str, np.ndarray]:
    """Return where each unit's patch lies, and what its twitch is like."""
    x, y = places()
    unit = units(POOL)
    return {"x": x, "y": y, "contraction_s": unit.contraction_ms / 1000, "twitch_n": unit.twitch_n}


def _series(raised: Patches, tag: str = "") -> dict[str, np.ndarray]:
    return {"fired" + tag: raised.fired, "counts" + tag: raised.counts}


def _on_the_skin(raised: Patches) -> Patches:
    """Leave out the patches if so many units fire that no single one can be seen."""
    if np.count_nonzero(raised.counts) <= FEW_UNITS:
        return raised
    return Patches(raised.fired[:0], np.zeros_like(raised.counts), raised.full_n)


def _numbers(
    recording: Recording, raised: Patches, full_n: float, tag: str = ""
) -> dict[str, float]:
    return {
        "tick_s" + tag: recording.duration_s / TICKS,
        "full_n" + tag: full_n,
        "few" + tag: float(np.count_nonzero(raised.counts) <= FEW_UNITS),
    }


def _tracks(recording: Recording, tag: str = "", n_calves: int = 1) -> dict[str, Track]:
    """Return the force as a fraction of the muscle's maximum, and the angle of the foot."""
    hz = min(SMOOTH_HZ, MOST_SAMPLES / n_calves / recording.duration_s)
    force_n = sampled(recording.force_n, recording.sample_hz, hz)
    pull = force_n.values / maximal_force_n(POOL)
    if recording.angle_deg is None:
        foot_deg = PULLED_DEG * pull
    else:
        foot_deg = sampled(recording.angle_deg, recording.sample_hz, hz).values
    since_s = np.arange(pull.size) / force_n.sample_hz - _stretched_s(recording)
    foot_deg = foot_deg + STRETCHED_DEG * np.clip(since_s / STRETCHING_S, 0, 1)
    return {
        "pull" + tag: Track(pull, force_n.sample_hz),
        "foot_deg" + tag: Track(foot_deg, force_n.sample_hz),
    }


def _stretched_s(recording: Recording) -> float:
    """Return when somebody pulls the foot up; infinity if nobody does."""
    at_s = recording.parameters.get("stretch_s", math.inf)
    return at_s if at_s < recording.duration_s else math.inf


def _description(recording: Recording) -> str:
    fired = np.unique(recording.discharges.unit).size
    if not fired:
        return _("No motor unit fires.")
    return ngettext(
        "{n} of {all} motor units fires.", "{n} of {all} motor units fire.", fired, all=POOL.units
    )


def _seen(recording: Recording) -> str:
    """Return how often a twitch can be seen from outside."""
    n = len(recording.events)
    return ngettext("it twitches once.", "it twitches {n} times.", n) if n else _("it keeps still.")


def _moments(recording: Recording, most: int, from_outside: bool = False) -> Iterator[Moment]:
    """Yield what happens: the first events, and how many more there are."""
    describe = _event_from_outside if from_outside else _event
    stretched_s = _stretched_s(recording)
    if math.isfinite(stretched_s):
        yield Moment(stretched_s, _("The foot is pulled up."))
    events = recording.events
    # Leave room for the end of an event, for the stretch, and for the number of further events.
    shown = events if len(events) < most - 2 else events[: most - 3]
    for event in shown:
        yield Moment(event.onset_s, describe(event, recording))
        lasts = event.offset_s - event.onset_s >= LONG_S
        if lasts and event.offset_s < recording.duration_s - LONG_S:
            stopped = _("It has gone soft.") if from_outside else _("They have stopped.")
            yield Moment(event.offset_s, stopped)
    if rest := len(events) - len(shown):
        at_s = events[len(shown)].onset_s
        yield Moment(at_s, ngettext("{n} more follows.", "{n} more follow.", rest))


def _event(event: Event, recording: Recording) -> str:
    """Return an event in words."""
    ms = round(1000 * (event.offset_s - event.onset_s))
    if event.label == LAPSE.label:
        return _("The muscle is silent for {ms} ms.", ms=ms)
    unit, time_s = recording.discharges.unit, recording.discharges.time_s
    fired = unit[(time_s >= event.onset_s) & (time_s <= event.offset_s)]
    if event.unit:
        times = int(np.count_nonzero(fired == event.unit))
        return ngettext(
            "Motor unit {unit} fires once.", "Motor unit {unit} fires {n} times.", times,
            unit=event.unit,
        )  # fmt: skip
    n = np.unique(fired).size
    if ms >= 1000 * LONG_S:
        return ngettext("{n} motor unit begins to fire.", "{n} motor units begin to fire.", n)
    return ngettext(
        "{n} motor unit fires within {ms} ms.", "{n} motor units fire within {ms} ms.", n, ms=ms
    )


def _event_from_outside(event: Event, _recording: Recording) -> str:
    """Return in words what an onlooker would see of an event."""
    if event.unit:
        return _("A spot of skin flickers.")
    if event.offset_s - event.onset_s >= LONG_S:
        return _("The calf goes hard.")
    return _("The foot sags.") if event.label == LAPSE.label else _("The foot jerks.")


def _liveliest_s(recordings: Sequence[Recording]) -> float:
    """Return the moment at which there is most to see, each recording on its own scale."""
    rate_hz = min(one.sample_hz for one in recordings)
    size = min(one.force_n.size for one in recordings)
    seen = np.zeros(size)
    for one in recordings:
        top = float(one.force_n.max())
        if top > 0:
            seen += np.sqrt(np.maximum(one.force_n[:size], 0) / top)
    return int(np.argmax(seen)) / rate_hz


def _millinewtons(force_n: float) -> str:
    return _("{force:g} mN", force=float(f"{1000 * force_n:.2g}"))


def _illustrative(recordings: Sequence[Recording]) -> str:
    if all(one.angle_deg is not None for one in recordings):
        return _("Places and bulge are illustrative.")
    return _("Places, bulge and the foot's turn are illustrative.")
