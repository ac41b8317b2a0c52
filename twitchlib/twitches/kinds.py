"""Every kind of twitch, and how to make a recording of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from twitchlib.arrays import checked_number
from twitchlib.errors import UnknownNameError
from twitchlib.messages import beginning
from twitchlib.messages import gettext as _
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.quantity import Quantities, Quantity, describe
from twitchlib.twitches import (
    clonus,
    fasciculation,
    myoclonus,
    myokymia,
    neuromyotonia,
    shivering,
    spasm,
    tremor,
    voluntary,
)
from twitchlib.twitches._course import DRIVE_HZ, Course
from twitchlib.twitches.recording import LARGEST_SEED, Recording, events_until

__all__ = ["FAULTS", "KINDS", "Kind", "kind", "simulate"]

LONGEST_S = 600.0
NOISE_UV = 5.0


@dataclass(frozen=True)
class Kind:
    """One kind of twitch, or a look-alike.

    Attributes
    ----------
    name : str
        Its name.
    fault : str
        The part of the path from brain to muscle that makes it, and how.
    presets : mapping from str to Quantities
        Its versions, the usual one first.
    course : callable
        Parameters, duration in seconds and random generator → which unit fires when.
    look_alike : bool
        Whether it is there because it is taken for a twitch.
    """

    name: str
    fault: str
    presets: Mapping[str, Quantities]
    course: Callable[[Any, float, np.random.Generator], Course]
    look_alike: bool = False

    @property
    def usual(self) -> str:
        """Name of the preset that is used where none is named."""
        return next(iter(self.presets))

    @property
    def parameters(self) -> dict[str, Quantity]:
        """What can be changed, by name."""
        return describe(type(self.presets[self.usual]))


FAULTS: Mapping[str, tuple[str, str]] = {
    "fasciculation": (_("axon or motoneuron"), _("one motor unit fires by itself")),
    "clonus": (
        _("reflex loop"),
        _("each stretch calls a contraction that makes the next stretch"),
    ),
    "spasm": (_("motoneurons"), _("a current of their own keeps them firing")),
    "myoclonus": (
        _("brain or spinal cord"),
        _("one brief volley to many units, or one brief gap"),
    ),
    "myokymia": (_("axon"), _("one motor unit fires in groups that keep coming back")),
    "neuromyotonia": (_("axon"), _("one motor unit fires in very fast groups at odd times")),
    "tremor": (_("none"), _("the drive of a healthy contraction rises and falls")),
    "shivering": (
        _("none"),
        _("to make heat, the brain drives many units in a rhythm that swells"),
    ),
    "voluntary": (_("none"), _("a contraction on purpose")),
}
"""The part at fault and how it makes each kind, as they stand within a sentence."""


def _known(
    name: str,
    presets: Mapping[str, Quantities],
    course: Callable[[Any, float, np.random.Generator], Course],
    *,
    look_alike: bool = False,
) -> Kind:
    part, how = FAULTS[name]
    fault = _("{part}: {how}.", part=beginning(part), how=how)
    return Kind(name, fault, presets, course, look_alike)


KINDS: Mapping[str, Kind] = {
    known.name: known
    for known in (
        _known("fasciculation", fasciculation.PRESETS, fasciculation.course),
        _known("clonus", clonus.PRESETS, clonus.course),
        _known("spasm", spasm.PRESETS, spasm.course),
        _known("myoclonus", myoclonus.PRESETS, myoclonus.course),
        _known("myokymia", myokymia.PRESETS, myokymia.course, look_alike=True),
        _known("neuromyotonia", neuromyotonia.PRESETS, neuromyotonia.course, look_alike=True),
        _known("tremor", tremor.PRESETS, tremor.course, look_alike=True),
        _known("shivering", shivering.PRESETS, shivering.course, look_alike=True),
        _known("voluntary", voluntary.PRESETS, voluntary.course, look_alike=True),
    )
}


def kind(name: str) -> Kind:
    """Return a kind by its name.

    Raises
    ------
    NotAllowedError
        If there is none of that name.

    Examples
    --------
    >>> kind("clonus").usual
    'spastic'
    """
    if name not in KINDS:
        raise UnknownNameError("kind", name, KINDS)
    return KINDS[name]


def simulate(
    name: str,
    /,
    *,
    seed: int,
    duration_s: float,
    preset: str | None = None,
    sample_hz: float = 2000.0,
    noise_uv: float = NOISE_UV,
    **parameters: float,
) -> Recording:
    """Make a recording of a kind of twitch.

    Parameters
    ----------
    name : str
        One of `KINDS`.
    seed : int
        Makes the same recording again.
    duration_s : float
        How long to record, 0.5 to 600 s and at most two million samples.
    preset : str, optional
        Version of the kind; its first one unless given.
    sample_hz : float
        Samples per second of EMG and force, 500 to 10 000.
    noise_uv : float
        Standard deviation of the noise of the EMG, 0 to 1000 µV; the default is illustrative.
    **parameters : float
        Parameters of the kind to change, as ``kind(name).parameters`` lists them.

    Returns
    -------
    Recording
        EMG, force and (clonus) angle, spikes, and what really happened. Synthetic.

    Raises
    ------
    NotAllowedError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> simulate("clonus", seed=1, duration_s=3, gain_s=0.1).events[-1].label
    'stretch reflex'
    """
    wanted = kind(name)
    version = wanted.usual if preset is None else preset
    if version not in wanted.presets:
        raise UnknownNameError("preset", preset, wanted.presets)
    base = wanted.presets[version]
    known = type(base)(**dataclasses.asdict(base) | parameters)
    duration = checked_number("duration_s", duration_s, low=0.5, high=LONGEST_S, unit="s")
    rate_hz = checked_number("sample_hz", sample_hz, low=500, high=10_000, unit="Hz")
    noise = checked_number("noise_uv", noise_uv, low=0, high=1000, unit="µV")
    start = int(checked_number("seed", seed, low=0, high=LARGEST_SEED, integer=True))

    # Two streams, so that more noise changes nothing of what happens.
    for_course, for_noise = np.random.default_rng(start).spawn(2)
    duration = round(duration * rate_hz) / rate_hz
    happened = wanted.course(known, duration, for_course)
    discharges = _recorded(happened.discharges, duration)
    emg_mv = motor_pool.emg(POOL, discharges, 1000 * duration, sample_hz=rate_hz)
    emg_mv += for_noise.normal(0, noise / 1000, emg_mv.size)
    angle_deg = happened.angle_deg
    if angle_deg is not None:
        drawn_s = np.arange(angle_deg.size) / DRIVE_HZ
        angle_deg = np.interp(np.arange(emg_mv.size) / rate_hz, drawn_s, angle_deg)
    return Recording(
        kind=wanted.name,
        preset=version,
        sample_hz=rate_hz,
        emg_mv=emg_mv,
        force_n=motor_pool.force(POOL, discharges, 1000 * duration, sample_hz=rate_hz),
        discharges=discharges,
        events=events_until(happened.events, duration),
        seed=start,
        parameters=dataclasses.asdict(known) | {"noise_uv": noise},
        angle_deg=angle_deg,
    )


def _recorded(discharges: Discharges, duration_s: float) -> Discharges:
    """Return the spikes within a recording, in order of time."""
    inside = (discharges.time_s >= 0) & (discharges.time_s < duration_s)
    unit, time_s = discharges.unit[inside], discharges.time_s[inside]
    order = np.argsort(time_s, kind="stable")
    return Discharges(unit[order], time_s[order])
