"""A recording to listen to: sound is made only on request, and only the latest is sent."""

import io
import wave
from typing import Any

import pytest

from twitchlib import twitches
from twitchlib.figures.twitches import transcript
from twitchlib.twitches import Recording
from twitchlib.widgets.sound import Sound


def recorded(kind: str) -> Recording:
    return twitches.simulate(kind, seed=1, duration_s=2, sample_hz=1000)


Sent = list[tuple[dict[str, Any], list[bytes]]]


@pytest.fixture
def sent() -> Sent:
    return []


@pytest.fixture
def kinds() -> list[str]:
    """Return the kinds that were recorded, the last of which is to be heard."""
    return ["clonus"]


@pytest.fixture
def sound(sent: Sent, kinds: list[str], monkeypatch: pytest.MonkeyPatch) -> Sound:
    made = Sound(lambda: recorded(kinds[-1]))
    monkeypatch.setattr(made, "send", lambda content, buffers: sent.append((content, buffers)))
    return made


def test_it_starts_softly_and_with_its_words(sound: Sound, sent: Sent) -> None:
    assert sound._clip["words"] == transcript(recorded("clonus"))
    assert sound._clip["seconds"] == 2
    assert 0 < sound._clip["loudness"] <= 0.3
    assert sent == []


def test_a_request_gets_a_sound_file(sound: Sound, sent: Sent) -> None:
    sound._receive(sound, {"wanted": sound._clip["version"]}, [])
    ((content, buffers),) = sent
    assert content == {"sound": sound._clip["version"]}
    with wave.open(io.BytesIO(buffers[0])) as file:
        assert file.getnframes() / file.getframerate() == 2


def test_a_new_recording_replaces_it_and_old_requests_are_ignored(
    sound: Sound, kinds: list[str], sent: Sent
) -> None:
    old = sound._clip["version"]
    kinds.append("spasm")
    sound.offer()
    assert "rattle" in sound._clip["words"]
    sound._receive(sound, {"wanted": old}, [])
    assert sent == []


@pytest.mark.parametrize("content", [{}, {"wanted": "0"}, {"wanted": None}, {"sound": 0}])
def test_other_messages_are_ignored(sound: Sound, sent: Sent, content: dict[str, object]) -> None:
    sound._receive(sound, content, [])
    assert sent == []
