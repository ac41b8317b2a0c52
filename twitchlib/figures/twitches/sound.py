"""A recording as sound, as clinicians listen to it, and the same sound in words."""

import io
import wave
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.figures.theme import joined
from twitchlib.figures.twitches.words import rhythm_hz
from twitchlib.messages import gettext as _
from twitchlib.twitches import Event, Recording
from twitchlib.twitches.simulation import event_type

__all__ = ["SOUND_HZ", "transcript", "wav"]

SOUND_HZ: Final = 8000
"""Samples per second of the sound: the lowest rate that every browser plays."""

_LOUDEST: Final = 0.5
_QUIET_MV: Final = 0.1
_OVERDRIVE: Final = 2.0
_MOST_LISTED: Final = 6


def wav(emg_mv: FloatArray, sample_hz: float) -> bytes:
    """Return an EMG as a sound file: one channel of 16 bits, 8000 samples per second.

    Loud and soft recordings are brought to about the same loudness, as an examiner would adjust the
    gain. Peaks are rounded off as by a small loudspeaker. That adds overtones, the only part of so
    low a sound that such a loudspeaker can play.

    Parameters
    ----------
    emg_mv : ndarray, shape (n,)
        The EMG.
    sample_hz : float
        Its sampling rate.

    Examples
    --------
    >>> import numpy as np
    >>> wav(np.zeros(2000), sample_hz=2000)[:4]
    b'RIFF'
    """
    wanted = round(emg_mv.size / sample_hz * SOUND_HZ)
    # Missing samples are silent.
    spectrum = np.fft.rfft(np.nan_to_num(emg_mv, nan=0.0))
    # More samples in the same time: the same spectrum, padded with zeros.
    louder = np.fft.irfft(spectrum, wanted) * (wanted / emg_mv.size)
    # A recording of only noise remains a soft hiss.
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
    """Describe the sound of a recording, for those who cannot hear it.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> transcript(twitches.simulate("myoclonus", seed=2, duration_s=4))
    'A soft hiss, and at 3.1 s a hard thump.'
    """
    if not recording.events:
        duration_s = recording.duration_s
        if recording.discharges.unit.size:
            return _("Nothing but a steady roar for {duration_s:g} s.", duration_s=duration_s)
        return _("Nothing but a soft hiss for {duration_s:g} s.", duration_s=duration_s)
    label = attrgetter("label")
    alike = groupby(sorted(recording.events, key=label), key=label)
    heard = joined([_sound(sorted(events), name) for name, events in alike])
    return _("A soft hiss, and {heard}.", heard=heard)


def _sound(events: Sequence[Event], label: str) -> str:
    known = event_type(label)
    if len(events) > _MOST_LISTED:
        return _many_sounds(events, known.sounds(len(events)))
    if all(event.offset_s - event.onset_s >= 0.5 for event in events):
        spans = [
            _("{start_s:.1f} to {end_s:.1f} s", start_s=event.onset_s, end_s=event.offset_s)
            for event in events
        ]
        return _("from {spans} {sound}", spans=joined(spans), sound=known.sound)
    times = joined([f"{event.onset_s:.1f}" for event in events])
    return _("at {times} s {sound}", times=times, sound=known.sound)


def _many_sounds(events: Sequence[Event], sounds: str) -> str:
    known = {"start_s": events[0].onset_s, "end_s": events[-1].offset_s, "sounds": sounds}
    if rhythm := rhythm_hz(events):
        return _(
            "from {start_s:.1f} to {end_s:.1f} s {sounds}, {rhythm_hz:.1f} a second",
            rhythm_hz=rhythm,
            **known,
        )
    return _("from {start_s:.1f} to {end_s:.1f} s {sounds}, in no rhythm", **known)
