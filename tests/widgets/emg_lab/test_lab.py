"""The lab, the comparison and the hidden recording, driven as a reader drives them."""

import base64
import socket
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.widgets.parts import button, copied, reproduced, said, send
from twitchlib.quantity import choices, describe
from twitchlib.widgets.emg_lab import CompareRecordings, EmgLab, HiddenRecording
from twitchlib.widgets.emg_lab.settings import Settings
from twitchlib.widgets.emg_lab.signal_file import MOST_BYTES, SignalFile
from twitchlib.widgets.emg_lab.sources import Wanted

pytestmark = pytest.mark.usefixtures("nothing_fails_silently")


@pytest.fixture(autouse=True)
def no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture
def lab() -> EmgLab:
    return EmgLab()


def own_file(rows: int = 2000, column: str = "emg_mv") -> dict[str, bytes]:
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"time_s": np.arange(rows) / 1000, column: rng.normal(0, 0.01, rows)})
    return {"mine.csv": table.to_csv(index=False).encode()}


class TestLab:
    def test_every_recording_can_be_chosen(self, lab: EmgLab) -> None:
        for source in choices(Wanted)["source"].options:
            lab.wanted.set(source=source)
            assert said(lab._figure)
            assert "By these rules" in lab._result.html or "Nothing was found" in lab._result.html
            # Offline, a real one is replaced, and both facts are reported.
            real = source.startswith("physionet")
            assert ("tw-problem" in lab._source_note.html) == real
            assert lab.signal.synthetic
            assert "ynthetic" in lab._source_note.html

    def test_every_control_at_its_ends_and_default(self, lab: EmgLab) -> None:
        start = said(lab._figure)
        for name, quantity in describe(Settings).items():
            for value in (quantity.low, quantity.high, quantity.default):
                lab.settings.set(**{name: value})
                assert said(lab._figure)
        assert said(lab._figure) == start

    def test_an_impossible_corner_is_explained_beside_the_controls(self, lab: EmgLab) -> None:
        before = said(lab._figure)
        lab.settings.set(high_hz=1900)
        assert "less than half the sampling rate, 1000 Hz" in lab._problem.html
        assert said(lab._figure) == before
        lab.settings.set(high_hz=450)
        assert lab._problem.html == ""

    def test_the_readers_file_is_shown_until_another_recording_is_chosen(self, lab: EmgLab) -> None:
        lab.file.load(own_file())
        assert lab.signal.name == "mine"
        assert "Read from mine.csv" in lab._source_note.html
        assert "emg.read" in lab._code.html
        lab.wanted.set(source="spasm")
        assert lab.signal.name == "spasm"

    def test_the_shown_code_makes_the_same_figure(
        self, lab: EmgLab, capsys: pytest.CaptureFixture[str]
    ) -> None:
        drawn = reproduced(copied(lab._code))
        assert drawn["layout.meta"]["description"] == said(lab._figure)
        assert "By these rules" in capsys.readouterr().out

    def test_names_from_outside_stay_text(self, lab: EmgLab) -> None:
        (content,) = own_file().values()
        lab.file.load({"<img onerror=x>.csv": content})
        assert "<img" not in lab._source_note.html


class TestFile:
    def opened(self, file: SignalFile, files: dict[str, bytes], **typed: str) -> dict[str, Any]:
        data = {name: base64.b64encode(content).decode() for name, content in files.items()}
        return send(file, {"files": data, **typed})

    def test_a_file_is_opened_and_reported(self) -> None:
        file = SignalFile()
        shown = self.opened(file, own_file())
        assert shown["opened"] == "“mine” is open."
        assert file.value is not None
        assert file._files == {}

    def test_missing_details_of_a_file_can_be_added_afterwards(self) -> None:
        file = SignalFile()
        bare = {"bare.csv": b"emg\n" + b"0.5\n" * 900}
        assert "its unit is not stated" in self.opened(file, bare)["problem"]
        shown = send(file, {"unit": "mV", "sample_hz": "1,000"})
        assert shown["opened"] == "“bare” is open."
        assert file.value is not None
        assert file.value.sample_hz == 1000

    @pytest.mark.parametrize(
        ("files", "typed", "problem"),
        [
            ({"a.csv": b"x"}, {}, "could not be opened"),
            ({"a.doc": b"\1"}, {}, "a.doc has none of the formats"),
            ({"a.csv": b"PK\3\4"}, {}, "a.csv is a zip archive or a spreadsheet"),
            ({"a.csv": b"x"}, {"sample_hz": "fast"}, "“fast” is not a number"),
        ],
    )
    def test_a_bad_file_is_explained_and_the_last_one_stays(
        self, files: dict[str, bytes], typed: dict[str, str], problem: str
    ) -> None:
        file = SignalFile()
        self.opened(file, own_file())
        before = file.value
        shown = self.opened(file, files, **typed)
        assert problem in shown["problem"]
        assert "“mine” stays open" in shown["problem"]
        assert file.value is before

    @pytest.mark.parametrize("data", [{"a.csv": "%%"}, {"a.csv": 7}, {"a.csv": "A" * 9_000_000}])
    def test_a_page_cannot_send_nonsense_or_too_much(self, data: dict[str, Any]) -> None:
        file = SignalFile()
        assert "could not be opened" in send(file, {"files": data})["problem"]
        assert file.value is None

    @pytest.mark.parametrize(
        "data", [{"a.csv": "%%"}, {"a.csv": 7}, {"a.csv": "é"}, {"a.csv": "A"}]
    )
    def test_an_incomplete_upload_is_explained(self, data: dict[str, Any]) -> None:
        file = SignalFile()
        problem = "“a.csv” could not be opened. It did not arrive whole. Choose it again."
        assert send(file, {"files": data})["problem"] == problem

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ({"mine.edf": b"0       " + b" " * 248}, "number of signals"),
            (
                {"mine.hea": b"mine 1 1000\nmine.dat 16 1\n", "mine.dat": b"1"},
                "“mine.hea, mine.dat”",
            ),
            ({"mine.csv": b"emg_mv\n" + b"1e300\n" * 900}, "within 500 mV"),
        ],
    )
    def test_a_problem_names_no_package_and_no_folder(
        self, files: dict[str, bytes], words: str
    ) -> None:
        file = SignalFile()
        self.opened(file, own_file())
        before = file.value
        problem = self.opened(file, files, sample_hz="1000")["problem"]
        assert words in problem
        assert "/tmp" not in problem  # noqa: S108 - not a file, but a text searched for
        assert "None" not in problem
        assert problem.endswith("“mine” stays open.")
        assert file.value is before

    def test_what_may_be_sent_fits_into_a_message(self) -> None:
        # The server accepts at most ten mebibytes at once.
        assert MOST_BYTES * 4 / 3 < 10 * 2**20


class TestComparison:
    def test_stand_ins_stay_if_the_real_ones_cannot_be_reached(self) -> None:
        compared = CompareRecordings()
        before = [said(view) for view in compared._views]
        compared.fetch()
        assert "cannot be reached" in compared._note.html
        assert [said(view) for view in compared._views] == before
        compared.stand_in()
        assert "tw-problem" not in compared._note.html
        assert all(signal.synthetic for signal in compared.signals)


class TestHidden:
    def test_the_truth_is_hidden_until_it_is_asked_for(self) -> None:
        hidden = HiddenRecording()
        first = hidden.result
        assert "hidden" in hidden.words.html
        button(hidden, "How well did I do?").click()
        assert "were found" in hidden.words.html
        assert "really there" in str(hidden.views[0]._leaves["layout.annotations"])
        button(hidden, "Another recording").click()
        assert "hidden" in hidden.words.html
        assert list(hidden.result.detection.onset_s) != list(first.detection.onset_s)

    def test_every_control_at_its_ends(self) -> None:
        hidden = HiddenRecording()
        button(hidden, "How well did I do?").click()
        for name, quantity in describe(type(hidden.controls.value)).items():
            for value in (quantity.low, quantity.high, quantity.default):
                hidden.controls.set(**{name: value})
                assert said(hidden.views[0])

    def test_a_medium_setting_scores_best(self) -> None:
        hidden = HiddenRecording()
        score = {}
        for evidence in (5, 15, 50):
            hidden.controls.set(evidence=evidence)
            score[evidence] = hidden.result.match.f1
        assert score[15] > 0.8
        assert score[15] > score[5]
        assert score[15] >= score[50]


def test_a_link_restores_recording_and_settings_and_is_kept_up_to_date() -> None:
    lab = EmgLab()
    lab.address.take_query("?source=tremor&evidence=20&low_hz=5000&cake=1")
    assert lab.wanted.value.source == "tremor"
    assert lab.settings.value.evidence == 20
    assert lab.address.link._written == "source=tremor&evidence=20"
    assert "Nothing slower than (low_hz in the link) cannot be “5000”" in lab.address.problems.html
    assert lab.address.problems.html.count("“cake”") == 1
    lab.settings.reset()
    assert lab.address.link._written == "source=tremor"
