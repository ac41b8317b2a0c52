"""Every kind of twitch, and how to make a recording of it."""

from __future__ import annotations

import dataclasses
from importlib import import_module

import numpy as np

from twitchlib.arrays import checked_number, checked_seed
from twitchlib.named import Named
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL
from twitchlib.twitches._course import DRIVE_HZ
from twitchlib.twitches._kind import EventType, Kind
from twitchlib.twitches.recording import Recording, events_until

__all__ = ["event_type", "kinds", "simulate"]

LONGEST_S = 600.0
NOISE_UV = 5.0

# A kind is a module with its record, `KIND`; the look-alikes come last.
_MODULES = (
    "fasciculation", "clonus", "spasm", "myoclonus",
    "myokymia", "neuromyotonia", "tremor", "shivering", "voluntary",
)  # fmt: skip
_KINDS: Named[Kind] = Named(
    "kind", {name: import_module(f".{name}", __package__).KIND for name in _MODULES}
)
_EVENT_TYPES = {event.label: event for kind in _KINDS.values() for event in kind.events}


def kinds() -> Named[Kind]:
    """Return every kind of twitch and look-alike by name.

    Examples
    --------
    >>> kinds()["clonus"].usual
    'spastic'
    """
    return _KINDS


def event_type(label: str) -> EventType:
    """Return the type of events with a label; a file may hold unknown labels."""
    return _EVENT_TYPES.get(label) or EventType(label, label)


def simulate(
    kind: str,
    /,
    duration_s: float,
    *,
    seed: int,
    preset: str | None = None,
    sample_hz: float = 2000.0,
    noise_uv: float = NOISE_UV,
    **parameters: float,
) -> Recording:
    """Make a recording of a kind of twitch.

    Parameters
    ----------
    kind : str
        One of `kinds`.
    duration_s : float
        How long to record, 0.5 to 600 s and at most two million samples.
    seed : int
        Reproduces the recording, 0 to 2³² − 1.
    preset : str, optional
        Version of the kind; by default its first one.
    sample_hz : float
        Samples per second of EMG and force, 500 to 10 000.
    noise_uv : float
        Standard deviation of the noise of the EMG, 0 to 1000 µV; the default is illustrative.
    **parameters : float
        Parameters to change, from those listed by ``kinds()[kind].parameters``.

    Returns
    -------
    Recording
        EMG, force and (clonus) angle, spikes, and the true events. Synthetic.

    Raises
    ------
    UnknownNameError
        If there is no such kind or preset.
    NotAllowedError
        If a value is not allowed.

    Examples
    --------
    >>> simulate("clonus", 3, seed=1, gain_s=0.1).events[-1].label
    'stretch reflex'
    """
    wanted = kinds()[kind]
    version = wanted.usual if preset is None else preset
    base = Named("preset", wanted.presets)[version]
    chosen = type(base)(**dataclasses.asdict(base) | parameters)
    duration = checked_number("duration_s", duration_s, low=0.5, high=LONGEST_S, unit="s")
    rate_hz = checked_number("sample_hz", sample_hz, low=500, high=10_000, unit="Hz")
    noise = checked_number("noise_uv", noise_uv, low=0, high=1000, unit="µV")
    seed = checked_seed(seed)

    # Two streams, so that the noise does not affect the events.
    for_course, for_noise = np.random.default_rng(seed).spawn(2)
    duration = round(duration * rate_hz) / rate_hz
    course = wanted.course(chosen, duration, for_course)
    discharges = _recorded(course.discharges, duration)
    emg_mv = motor_pool.emg(POOL, discharges, 1000 * duration, sample_hz=rate_hz)
    emg_mv += for_noise.normal(0, noise / 1000, emg_mv.size)
    angle_deg = course.angle_deg
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
        events=events_until(course.events, duration),
        seed=seed,
        parameters=dataclasses.asdict(chosen) | {"noise_uv": noise},
        angle_deg=angle_deg,
    )


def _recorded(discharges: Discharges, duration_s: float) -> Discharges:
    """Return the spikes within a recording, in order of time."""
    inside = (discharges.time_s >= 0) & (discharges.time_s < duration_s)
    unit, time_s = discharges.unit[inside], discharges.time_s[inside]
    order = np.argsort(time_s, kind="stable")
    return Discharges(unit[order], time_s[order])
