"""The button that has the browser save a file."""

import pytest

from twitchlib.widgets.download import Download


def answered(button: Download) -> list[tuple[object, object]]:
    calls: list[tuple[object, object]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            button, "send", lambda content, buffers=None: calls.append((content, buffers))
        )
        button._receive(button, {"file": "wanted"}, [])
        button._receive(button, "something else", [])
    return calls


def test_a_file_is_made_when_it_is_asked_for() -> None:
    button = Download("Save", "a.csv", "text/csv", lambda: b"1")
    assert answered(button) == [({"file": "here"}, [b"1"])]


def test_a_file_that_cannot_be_made_is_reported_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> bytes:
        raise OSError

    assert answered(Download("Save", "a.csv", "text/csv", fail)) == [({"file": "failed"}, None)]
    assert "could not be made" in caplog.text
