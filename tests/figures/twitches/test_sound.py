"""The sound of a recording: a file that plays, never too loud, and its words."""

import io
import wave

import numpy as np
import pytest

from twitchlib import twitches
from twitchlib.arrays import FloatArray
from twitchlib.figures.twitches import transcript, wav
from twitchlib.figures.twitches.sound import SOUND_HZ
from twitchlib.twitches import Event, kinds

ALL = [(name, preset) for name, known in kinds().items() for preset in known.presets]


def played(file: bytes) -> FloatArray:
    """Check the header of a sound file, and return its samples, from -1 to 1."""
    with wave.open(io.BytesIO(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getframerate() == SOUND_HZ
        data = sound.readframes(sound.getnframes())
        assert len(data) == 2 * sound.getnframes()
    return np.frombuffer(data, dtype="<i2") / 32768


@pytest.mark.parametrize("sample_hz", [500, 1000, 2000, 8000, 10_000])
def test_it_is_as_long_as_the_recording(sample_hz: float) -> None:
    made = twitches.simulate("clonus", seed=1, duration_s=2.5, sample_hz=sample_hz)
    assert played(wav(made.emg_mv, sample_hz)).size == 2.5 * SOUND_HZ


@pytest.mark.parametrize(("kind", "preset"), ALL)
def test_it_is_never_louder_than_half(kind: str, preset: str) -> None:
    made = twitches.simulate(kind, seed=2, duration_s=3, preset=preset)
    samples = played(wav(made.emg_mv, made.sample_hz))
    assert np.abs(samples).max() <= 0.5
    if made.discharges.unit.size:
        assert np.abs(samples).max() == pytest.approx(0.5, abs=0.01)


def test_noise_alone_stays_soft() -> None:
    quiet = twitches.simulate("fasciculation", seed=1, duration_s=2, rate_per_min=0)
    samples = played(wav(quiet.emg_mv, quiet.sample_hz))
    # 5 µV, where 100 µV would be the loudest, doubled by the rounding of peaks.
    assert 0.02 < samples.std() < 0.1


def test_silence_and_nothing_at_all_make_a_file() -> None:
    for emg_mv in (np.zeros(100), np.zeros(1)):
        samples = played(wav(emg_mv, 1000))
        assert not samples.any()


def test_a_knock_is_where_the_spike_is() -> None:
    made = twitches.simulate("fasciculation", seed=6, duration_s=2, preset="healthy_sole")
    samples = played(wav(made.emg_mv, made.sample_hz))
    loudest_s = np.argmax(np.abs(samples)) / SOUND_HZ
    event = made.events[0]
    assert event.onset_s < loudest_s < event.offset_s


@pytest.mark.parametrize(("kind", "preset"), ALL)
def test_every_sound_has_words_that_do_not_name_it(kind: str, preset: str) -> None:
    made = twitches.simulate(kind, seed=3, duration_s=8, preset=preset)
    words = transcript(made)
    assert words.startswith(("A soft hiss, and ", "Nothing but a soft hiss"))
    assert "noise" not in words
    for label in {kind, *(event.label for event in made.events)}:
        assert label not in words


def test_few_events_are_listed_and_many_are_counted() -> None:
    few = twitches.simulate("myoclonus", seed=36, duration_s=6)
    times = [f"{event.onset_s:.1f}" for event in few.events]
    assert (
        transcript(few)
        == f"A soft hiss, and at {times[0]}, {times[1]} and {times[2]} s a hard thump."
    )
    many = twitches.simulate("clonus", seed=1, duration_s=5)
    assert f"{len(many.events)} short rasps, 5." in transcript(many)


def test_a_long_sound_has_a_beginning_and_an_end() -> None:
    spasm = twitches.simulate("spasm", seed=1, duration_s=6, units=4)
    assert transcript(spasm) == "A soft hiss, and from 1.0 to 6.0 s an uneven rattle."


def test_an_unknown_event_is_called_a_noise() -> None:
    made = twitches.simulate("fasciculation", seed=6, duration_s=2, preset="healthy_sole")
    object.__setattr__(made, "events", (Event(0.5, 0.51, "something else"),))
    assert transcript(made) == "A soft hiss, and at 0.5 s a noise."
