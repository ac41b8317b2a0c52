"""A recording read back equals the one written, and anything else is refused with a message."""

import io
import json
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib import twitches
from twitchlib.errors import UnreadableError
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.twitches import Event, Recording

numbers = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")))
times = st.floats(0, 1e4)
events = st.builds(
    lambda onset, length, label, unit: Event(onset, onset + length, label, unit),
    times, times, words, st.integers(0, 500),
)  # fmt: skip


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    size = draw(st.integers(1, 8))
    trace = st.lists(numbers, min_size=size, max_size=size).map(np.array)
    spikes = draw(st.lists(st.tuples(st.integers(1, 500), times), max_size=8))
    return Recording(
        kind=draw(words),
        preset=draw(words),
        sample_hz=draw(st.floats(1, 1e5)),
        emg_mv=draw(trace),
        force_n=draw(trace),
        angle_deg=draw(st.none() | trace),
        discharges=Discharges.of([unit for unit, _ in spikes], [time for _, time in spikes]),
        events=tuple(draw(st.lists(events, max_size=5))),
        seed=draw(st.integers(0, 2**32 - 1)),
        parameters=draw(st.dictionaries(words, numbers, max_size=4)),
        synthetic=draw(st.booleans()),
        note=draw(words),
    )


@given(recordings())
def test_a_recording_read_equals_the_one_written(recording: Recording) -> None:
    file = io.BytesIO()
    twitches.write(recording, file)
    again = twitches.read(file)
    for name in ("kind", "preset", "sample_hz", "events", "seed", "synthetic", "note"):
        assert getattr(again, name) == getattr(recording, name)
    assert dict(again.parameters) == dict(recording.parameters)
    assert again.traces.keys() == recording.traces.keys()
    for name, trace in recording.traces.items():
        np.testing.assert_array_equal(again.traces[name], trace)
    np.testing.assert_array_equal(again.discharges.unit, recording.discharges.unit)
    np.testing.assert_array_equal(again.discharges.time_s, recording.discharges.time_s)


def test_any_program_can_open_it(tmp_path: Path) -> None:
    path = tmp_path / "clonus.zip"
    recording = twitches.simulate("clonus", seed=1, duration_s=2)
    twitches.write(recording, path)
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("recording.json"))
        heads = {
            name: archive.read(name).decode().splitlines()[0]
            for name in archive.namelist()
            if name.endswith(".csv")
        }
    assert heads == {
        "signals.csv": "time_s,emg_mv,force_n,angle_deg",
        "spikes.csv": "unit,time_s",
        "events.csv": "onset_s,offset_s,label,unit",
    }
    assert about["synthetic"] is True
    assert "recorded from nobody" in about["note"]
    assert about["parameters"]["gain_s"] == 0.5


def test_equal_recordings_make_equal_files() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    for file in (one, other):
        twitches.write(twitches.simulate("fasciculation", seed=3, duration_s=5), file)
    assert one.getvalue() == other.getvalue()


@cache
def good() -> bytes:
    """Return a recording's file."""
    file = io.BytesIO()
    twitches.write(twitches.simulate("tremor", seed=1, duration_s=0.5), file)
    return file.getvalue()


def archive(**changes: object) -> io.BytesIO:
    """Return a recording's file with parts replaced (or, for None, left out)."""
    with zipfile.ZipFile(io.BytesIO(good())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, part in parts.items():
            change = changes.get(name.partition(".")[0], part)
            if isinstance(change, dict):
                change = json.dumps(json.loads(part) | change).encode()
            if isinstance(change, str | bytes):
                new.writestr(name, change)
    return file


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"recording": {"format": "something else"}}, "does not describe"),
        ({"recording": {"version": 2}}, "version 2"),
        ({"recording": {"kind": 7}}, "kind"),
        ({"recording": {"sample_hz": "fast"}}, "sample_hz"),
        ({"recording": {"seed": -1}}, "seed"),
        ({"recording": b"{"}, "no recording"),
        ({"recording": b"\xff\xff"}, "no recording"),
        ({"recording": None}, "recording.json"),
        ({"spikes": None}, "spikes.csv"),
        ({"signals": "time_s,emg_mv\n0,1\n"}, "force_n"),
        ({"signals": "time_s,emg_mv,force_n\n0,1,word\n"}, "force_n"),
        ({"signals": "time_s,emg_mv,force_n\n"}, "samples"),
        ({"signals": b""}, "signals.csv"),
        ({"spikes": "unit,time_s\n0,1\n"}, "unit"),
        ({"spikes": "unit,time_s\n1.5,1\n"}, "unit"),
        ({"events": "onset_s,offset_s,label,unit\n2,1,x,0\n"}, "offset_s"),
    ],
)
def test_refuses_what_is_not_a_recording(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        twitches.read(archive(**changes))


def test_refuses_what_is_not_an_archive() -> None:
    with pytest.raises(UnreadableError, match="no recording"):
        twitches.read(io.BytesIO(b"time_s,emg_mv\n0,0\n"))


@given(st.data())
def test_a_damaged_recording_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(good()[: data.draw(st.integers(1, len(good())))])
    places = st.integers(0, len(damaged) - 1)
    for place in data.draw(st.lists(places, max_size=4)):
        damaged[place] = data.draw(st.integers(0, 255))
    with suppress(UnreadableError):
        twitches.read(io.BytesIO(damaged))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_refuses_other_compressions(compression: int) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(archive()) as whole, zipfile.ZipFile(other, "w", compression) as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name))
    with pytest.raises(UnreadableError, match="other than deflate"):
        twitches.read(other)
