"""A recording as a sound, as it is listened to in clinics, and the same sound in words."""

import io
import wave
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.figures.theme import joined
from twitchlib.figures.twitches.words import rhythm_hz
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.twitches import Event, Recording, labels

__all__ = ["SOUND_HZ", "transcript", "wav"]

SOUND_HZ: Final = 8000
"""Samples per second of the sound: the fewest that every browser plays."""

_LOUDEST: Final = 0.5
_QUIET_MV: Final = 0.1
_OVERDRIVE: Final = 2.0
_MOST_LISTED: Final = 6

# What an event sounds like, and many of them; the words tell nothing but what is heard.
_SOUNDS: Final[Mapping[str, str]] = {
    labels.FASCICULATION: _("a dull single knock"),
    labels.CLONUS: _("a short rasp"),
    labels.STRETCH_REFLEX: _("a short rasp"),
    labels.SPASM: _("an uneven rattle"),
    labels.BRIEF_CONTRACTION: _("a rattle that stops at once"),
    labels.MYOCLONUS: _("a hard thump"),
    labels.NEGATIVE_MYOCLONUS: _("a gap in a steady roar"),
    labels.MYOKYMIA: _("a quick roll of knocks"),
    labels.NEUROMYOTONIA: _("a buzz"),
    labels.TREMOR: _("a roar that throbs fast"),
    labels.SHIVERING: _("a fast throb that swells and fades"),
    labels.VOLUNTARY: _("a roar that swells and fades"),
}
_NUMBERED: Final[Mapping[str, Callable[[int], str]]] = {
    labels.FASCICULATION: lambda n: ngettext("{n} dull single knock", "{n} dull single knocks", n),
    labels.CLONUS: lambda n: ngettext("{n} short rasp", "{n} short rasps", n),
    labels.STRETCH_REFLEX: lambda n: ngettext("{n} short rasp", "{n} short rasps", n),
    labels.SPASM: lambda n: ngettext("{n} uneven rattle", "{n} uneven rattles", n),
    labels.BRIEF_CONTRACTION: lambda n: ngettext(
        "{n} rattle that stops at once", "{n} rattles that stop at once", n
    ),
    labels.MYOCLONUS: lambda n: ngettext("{n} hard thump", "{n} hard thumps", n),
    labels.NEGATIVE_MYOCLONUS: lambda n: ngettext(
        "{n} gap in a steady roar", "{n} gaps in a steady roar", n
    ),
    labels.MYOKYMIA: lambda n: ngettext("{n} quick roll of knocks", "{n} quick rolls of knocks", n),
    labels.NEUROMYOTONIA: lambda n: ngettext("{n} buzz", "{n} buzzes", n),
    labels.TREMOR: lambda n: ngettext("{n} roar that throbs fast", "{n} roars that throb fast", n),
    labels.SHIVERING: lambda n: ngettext(
        "{n} fast throb that swells and fades", "{n} fast throbs that swell and fade", n
    ),
    labels.VOLUNTARY: lambda n: ngettext(
        "{n} roar that swells and fades", "{n} roars that swell and fade", n
    ),
}


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
        duration_s = recording.duration_s
        if recording.discharges.unit.size:
            return _("Nothing but a steady roar for {duration_s:g} s.", duration_s=duration_s)
        return _("Nothing but a soft hiss for {duration_s:g} s.", duration_s=duration_s)
    alike = groupby(sorted(recording.events, key=_label), key=_label)
    heard = joined([_heard(sorted(events), label) for label, events in alike])
    return _("A soft hiss, and {heard}.", heard=heard)


def _label(event: Event) -> str:
    return event.label


def _heard(events: Sequence[Event], label: str) -> str:
    if len(events) > _MOST_LISTED:
        return _many_heard(events, _NUMBERED.get(label, _noises)(len(events)))
    sound = _SOUNDS.get(label) or _("a noise")
    if all(event.offset_s - event.onset_s >= 0.5 for event in events):
        spans = [
            _("{start_s:.1f} to {end_s:.1f} s", start_s=event.onset_s, end_s=event.offset_s)
            for event in events
        ]
        return _("from {spans} {sound}", spans=joined(spans), sound=sound)
    times = joined([f"{event.onset_s:.1f}" for event in events])
    return _("at {times} s {sound}", times=times, sound=sound)


def _many_heard(events: Sequence[Event], sounds: str) -> str:
    known = {"start_s": events[0].onset_s, "end_s": events[-1].offset_s, "sounds": sounds}
    if rhythm := rhythm_hz(events):
        return _(
            "from {start_s:.1f} to {end_s:.1f} s {sounds}, {rhythm_hz:.1f} a second",
            rhythm_hz=rhythm,
            **known,
        )
    return _("from {start_s:.1f} to {end_s:.1f} s {sounds}, in no rhythm", **known)


def _noises(count: int) -> str:
    return ngettext("{n} noise", "{n} noises", count)
