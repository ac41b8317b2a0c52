"""Recordings in words: any recording can be described, named or not."""

import re

import numpy as np
import pytest

from twitchlib import twitches
from twitchlib.arrays import FloatArray
from twitchlib.figures.twitches.words import (
    counted,
    describe,
    events_table,
    headline,
    rhythm_hz,
    summary,
)
from twitchlib.twitches import Event, Recording, kinds

ALL = [(name, preset) for name, known in kinds().items() for preset in known.presets]


def recorded(kind: str, seed: int = 1, duration_s: float = 6, **known: object) -> Recording:
    return twitches.simulate(
        kind, seed=seed, duration_s=duration_s, sample_hz=1000, **known  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "preset"), ALL)
def test_the_description_agrees_with_the_recording(kind: str, preset: str) -> None:
    made = recorded(kind, seed=3, preset=preset)
    described = describe(made)
    if not made.events:
        assert described.startswith("Nothing happens in 6 s")
        return
    assert described.startswith("One " if len(made.events) == 1 else f"{len(made.events)} ")
    assert f"at {made.events[0].onset_s:.1f} s" in described
    assert f"; {len(made.spikes_s)} of 120 motor units take" in described
    assert f"the EMG spans {np.ptp(made.emg_mv):.1f} mV." in described


@pytest.mark.parametrize(("kind", "preset"), ALL)
def test_without_a_name_nothing_gives_it_away(kind: str, preset: str) -> None:
    made = recorded(kind, seed=3, preset=preset)
    hidden = f"{describe(made, named=False)} {events_table(made.events, named=False)}"
    for label in {event.label for event in made.events} | {kind, "take", "foot", "reflex"}:
        assert label not in hidden


def test_a_lapse_is_called_a_silence_even_without_its_name() -> None:
    assert "silence" in counted(recorded("myoclonus", preset="negative"), named=False)


def test_the_words_agree_with_the_number() -> None:
    several = recorded("fasciculation", rate_per_min=60, sites=1, doublet_part=0)
    one = several.until(several.events[0].offset_s)
    assert headline(one) == "One fasciculation"
    assert re.fullmatch(r"\d fasciculations", headline(several))
    assert "1 of 120 motor units takes part" in describe(one)
    assert summary(one, "units").endswith("1 of 120 units fires")


def test_a_silent_recording_is_called_silent() -> None:
    silent = recorded("fasciculation", rate_per_min=0)
    assert headline(silent) == "Nothing yet, after 6 s"
    assert describe(silent) == "Nothing happens in 6 s: no motor unit fires."
    assert summary(silent, "units") == "nothing happens in 6 s; 0 of 120 units fire"


def test_headlines_of_a_swing_that_lasts_and_of_one_that_dies_out() -> None:
    assert re.fullmatch(r"\d+ beats of clonus, 5\.\d a second", headline(recorded("clonus")))
    dying = recorded("clonus", preset="healthy")
    assert headline(dying) == f"The swing dies out after {len(dying.events)} beats"


@pytest.mark.parametrize(
    ("onsets", "hz"),
    [(np.arange(5) / 2, None), (np.arange(6) / 2, 2), (np.arange(6) ** 2, None)],
)
def test_a_rhythm_takes_six_even_events(onsets: FloatArray, hz: float | None) -> None:
    events = [Event(float(at), float(at) + 0.01, "x") for at in onsets]
    assert rhythm_hz(events) == (None if hz is None else pytest.approx(hz))
