"""A recording as a sound, as it is listened to in clinics, and the same sound in words."""

import io
import wave
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import numpy as np

from twitchlib.figures.theme import joined
from twitchlib.figures.twitches.words import rhythm_hz
from twitchlib.physiology._arrays import FloatArray
from twitchlib.twitches import Event, Recording

__all__ = ["SOUND_HZ", "transcript", "wav"]

SOUND_HZ: Final = 8000
"""Samples per second of the sound: the fewest that every browser plays."""

_LOUDEST: Final = 0.5
_QUIET_MV: Final = 0.1
_OVERDRIVE: Final = 2.0
_MOST_LISTED: Final = 6

# What one event sounds like, and many; the words tell nothing but what is heard.
_SOUNDS: Final = {
    "fasciculation": ("a dull single knock", "dull single knocks"),
    "clonus": ("a short rasp", "short rasps"),
    "stretch reflex": ("a short rasp", "short rasps"),
    "spasm": ("an uneven rattle", "uneven rattles"),
    "brief contraction": ("a rattle that stops at once", "rattles that stop at once"),
    "myoclonus": ("a hard thump", "hard thumps"),
    "negative myoclonus": ("a gap in a steady roar", "gaps in a steady roar"),
    "myokymia": ("a quick roll of knocks", "quick rolls of knocks"),
    "neuromyotonia": ("a buzz", "buzzes"),
    "tremor": ("a roar that throbs fast", "roars that throb fast"),
    "shivering": ("a fast throb that swells and fades", "fast throbs that swell and fade"),
    "voluntary contraction": ("a roar that swells and fades", "roars that swell and fade"),
}
_ANYTHING: Final = ("a noise", "noises")


def wav(emg_mv: FloatArray, sample_hz: float) -> bytes:
    """Return an EMG as a sound file: one channel of 16 bits, `SOUND_HZ` samples a second.

    Loud and soft recordings are brought to about the same loudness, as an examiner turns the
    gain. Peaks are rounded off as by a small loudspeaker: the overtones that this adds are what
    such a loudspeaker can play of so low a sound.

    Parameters
    ----------
    emg_mv : ndarray, shape (n,)
        The EMG.
    sample_hz : float
        Its samples per second.

    Examples
    --------
    >>> import numpy as np
    >>> wav(np.zeros(2000), sample_hz=2000)[:4]
    b'RIFF'
    """
    wanted = round(emg_mv.size / sample_hz * SOUND_HZ)
    spectrum = np.fft.rfft(emg_mv)
    # More samples in the same time: the same spectrum, with nothing above it.
    louder = np.fft.irfft(spectrum, wanted) * (wanted / emg_mv.size)
    # A recording of noise alone stays a soft hiss.
    top = max(float(np.abs(louder).max(initial=0)), _QUIET_MV)
    rounded = np.tanh(_OVERDRIVE * louder / top) / np.tanh(_OVERDRIVE)
    samples = np.round(_LOUDEST * 32767 * rounded).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SOUND_HZ)
        sound.writeframes(samples.tobytes())
    return file.getvalue()


def transcript(recording: Recording) -> str:
    """Return what the sound of a recording is like, for those who cannot hear it.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> transcript(twitches.simulate("myoclonus", seed=2, duration_s=4))
    'A soft hiss, and at 3.1 s a hard thump.'
    """
    if not recording.events:
        quiet = "a steady roar" if recording.discharges.unit.size else "a soft hiss"
        return f"Nothing but {quiet} for {recording.duration_s:g} s."
    labels = groupby(sorted(recording.events, key=_label), key=_label)
    heard = [_heard(sorted(events), label) for label, events in labels]
    return f"A soft hiss, and {joined(heard)}."


def _label(event: Event) -> str:
    return event.label


def _heard(events: Sequence[Event], label: str) -> str:
    one, many = _SOUNDS.get(label, _ANYTHING)
    first, last = events[0], events[-1]
    if len(events) > _MOST_LISTED:
        rhythm = rhythm_hz(events)
        pace = f", {rhythm:.1f} a second" if rhythm else ", in no rhythm"
        return f"from {first.onset_s:.1f} to {last.offset_s:.1f} s {len(events)} {many}{pace}"
    if all(event.offset_s - event.onset_s >= 0.5 for event in events):
        spans = joined([f"{event.onset_s:.1f} to {event.offset_s:.1f} s" for event in events])
        return f"from {spans} {one}"
    times = joined([f"{event.onset_s:.1f}" for event in events])
    return f"at {times} s {one}"
